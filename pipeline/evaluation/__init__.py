"""Scores and the gate: how right the pipeline is, measured on articles whose answers people marked."""
