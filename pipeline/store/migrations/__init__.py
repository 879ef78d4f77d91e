"""Alembic's migrations, run by :mod:`pipeline.store.migrate` on first use; each one is frozen once released."""
