"""PostgreSQL: the one place where records are kept."""
