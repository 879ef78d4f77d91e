"""The table of what looks after the store: when each of these was done last, and what came of it."""

from sqlalchemy import Column, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from pipeline.store.columns import make_stamp, metadata

upkeep = Table(
    "upkeep",
    metadata,
    Column("name", Text, primary_key=True),  # backup, retention
    make_stamp("at"),
    Column("facts", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
)
