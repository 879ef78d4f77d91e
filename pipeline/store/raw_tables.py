"""The tables of what was fetched: the bytes as they came, and what failed on the road with its reason."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB

from pipeline.store.columns import UTC_TIME, make_stamp, make_text, metadata

raw_article = Table(
    "raw_article",
    metadata,
    Column("id", Text, primary_key=True),
    make_text("address"),
    make_text("digest"),
    make_text("media_type"),
    Column("body", LargeBinary, nullable=False),
    Column("given", JSONB, nullable=False),
    make_stamp("fetched_at"),
    Column("aliases", JSONB, nullable=False, server_default=text("'[]'::jsonb")),  # where its redirects led through
    Column("source", Text),  # of the catalogue
    Column("listed", JSONB, nullable=False, server_default=text("'{}'::jsonb")),  # what the source says of it
    Column("article_id", Text),  # the article it was read into, once it was
    Column("dropped_at", UTC_TIME),  # when its bytes were let go; their digest stays
    UniqueConstraint("address", "digest"),
    Index("ix_raw_article_source", "source", postgresql_where=text("source IS NOT NULL")),
    Index("ix_raw_article_kept", "fetched_at", "id", postgresql_where=text("dropped_at IS NULL")),
    Index("ix_raw_article_unread", "fetched_at", "id", postgresql_where=text("article_id IS NULL")),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Text, primary_key=True),
    Column("address", Text, nullable=False, index=True),
    make_text("stage"),
    make_text("reason"),
    Column("raw_id", Text, index=True),
    Column("raw", LargeBinary),
    Column("times", Integer, nullable=False),
    make_stamp("first_at"),
    make_stamp("last_at"),
    Column("resolved_at", UTC_TIME),
    Column("given", JSONB, nullable=False, server_default=text("'{}'::jsonb")),  # for another fetch
    Column("next_try", UTC_TIME),  # NULL: not by itself
    Column("dropped_at", UTC_TIME),  # a person wants no more of it
    Column("source", Text),  # of the catalogue, where it is from one
)
# What stands in quarantine is listed by the page, the latest first.
Index(
    "ix_quarantine_open",
    quarantine.c.last_at.desc(),
    quarantine.c.id,
    postgresql_where=text("resolved_at IS NULL AND dropped_at IS NULL"),
)
