"""The tables of articles, and of what each of their revisions said."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from pipeline.store.columns import UTC_TIME, make_stamp, make_text, metadata

article = Table(
    "article",
    metadata,
    Column("id", Text, primary_key=True),
    make_text("address"),  # the first one
    Column("revision", Integer, nullable=False),
    make_text("fingerprint"),
    make_stamp("first_seen"),
    make_stamp("saved_at"),
    Column("linked_revision", Integer),  # what of it stands in the register; NULL: nothing yet
    Column("linked_fingerprint", Text),
    # Who speaks in it, the most authoritative first: of the sources that its addresses came from (migration 0018).
    Column("authorities", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
    Column("compared_revision", Integer),  # whose text was compared with others; NULL: none yet
    Index("ix_article_first_seen", "first_seen"),
    Index("ix_article_saved_at", "saved_at"),
    Index(
        "ix_article_unlinked",
        "first_seen",
        "id",
        postgresql_where=text(
            "linked_revision IS DISTINCT FROM revision OR linked_fingerprint IS DISTINCT FROM fingerprint"
        ),
    ),
    Index(
        "ix_article_uncompared",
        "first_seen",
        "id",
        postgresql_where=text("compared_revision IS DISTINCT FROM revision"),
    ),
)

address = Table(
    "address",
    metadata,
    Column("address", Text, primary_key=True),
    Column("article_id", Text, ForeignKey("article.id"), nullable=False, index=True),
    make_text("raw_id"),  # what was read there last: raw, text and date
    make_text("sha256"),
    Column("published", Text),
    Column("is_alias", Boolean, nullable=False, server_default=text("false")),  # never read there, only said to be
    make_stamp("first_seen"),
    make_stamp("last_seen"),
)

revision = Table(
    "revision",
    metadata,
    Column("article_id", Text, ForeignKey("article.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    make_text("raw_id"),
    make_text("text"),
    Column("sha256", Text, nullable=False, index=True),
    Column("url", Text),
    Column("title", Text),
    Column("authors", JSONB, nullable=False),
    Column("published", Text),
    Column("publisher", Text),
    make_text("language"),
    Column("words", Integer, nullable=False),
    Column("provenance", JSONB, nullable=False, server_default=text("'{}'::jsonb")),  # how it was read
    make_stamp("saved_at"),
    Column("dropped_at", UTC_TIME),  # when all but its quotes was blanked; its digest stays that of the whole text
    Index("ix_revision_published", text("coalesce(published, ''::text) DESC"), "article_id"),
    Index("ix_revision_kept", "saved_at", "article_id", "revision", postgresql_where=text("dropped_at IS NULL")),
)
