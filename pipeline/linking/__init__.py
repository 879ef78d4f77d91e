"""Across articles: observations of one agreement become one row of the register."""
