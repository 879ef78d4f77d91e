"""The tables by which linking finds its way: what rows are found by, and where merged rows went."""

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Identity, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from pipeline.store.columns import make_stamp, make_text, metadata

link = Table(
    "link",
    metadata,
    Column("agreement_id", Text, primary_key=True),
    Column("row_id", Text, ForeignKey("register_row.id"), nullable=False, index=True),
    make_text("reason"),
    Column("score", Double, nullable=False),
    make_stamp("linked_at"),
    Column("reasons", JSONB, nullable=False, server_default=text("'[]'::jsonb")),  # each with its words and weight
    Column("features", JSONB),  # what it was compared by; NULL: by an older version
)

# A key of a row is kept once, with the observation that brought it: a row of 5,000 articles is found by as few keys as
# one of ten, and a new article is compared with the observations that differ.
link_key = Table(
    "link_key",
    metadata,
    Column("row_id", Text, ForeignKey("register_row.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("agreement_id", Text, nullable=False, index=True),
    Column("number", BigInteger, Identity(always=True), nullable=False),  # the newest rows of a frequent key first
    Index("ix_link_key_key_number", "key", "number"),
)

row_redirect = Table(
    "row_redirect",
    metadata,
    Column("row_id", Text, ForeignKey("register_row.id"), primary_key=True),
    Column("to_id", Text, ForeignKey("register_row.id"), nullable=False, index=True),
    make_text("reason"),
    make_stamp("made_at"),
)
