"""Texts to vectors, and the passages that are embedded."""
