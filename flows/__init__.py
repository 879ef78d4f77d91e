"""Prefect flows: retries, schedules, limits. No logic."""
