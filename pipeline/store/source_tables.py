"""The tables of the sources' polling: how each does, what it was asked for last, and which items it has shown.

What is new in a source is what is not in its set of items: a time would miss what is published late with an old date.
"""

from sqlalchemy import Column, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from pipeline.store.columns import UTC_TIME, make_stamp, make_text, metadata

source_state = Table(
    "source_state",
    metadata,
    Column("source", Text, primary_key=True),  # its name in the catalogue
    Column("authority", Text),  # who speaks there, as the catalogue last said
    Column("polled_at", UTC_TIME),  # last, with or without success
    Column("changed_at", UTC_TIME),  # when it last had something new
    Column("failures", Integer, nullable=False),  # in a row, up to now
    Column("reason", Text),  # of the last of them
    Column("next_try", UTC_TIME),  # not to be asked before, because it keeps failing
)

source_document = Table(
    "source_document",
    metadata,
    Column("source", Text, primary_key=True),
    Column("address", Text, primary_key=True),  # of a feed, a sitemap, a sitemap below an index, a listed page
    Column("stamp", Text),  # of a sitemap below an index: when it was last changed, as the index says
    Column("etag", Text),
    Column("last_modified", Text),  # as the server wrote it: it is sent back, not compared
    make_text("digest"),  # SHA-256 of the bytes: many servers send the same ones anew, without validators
    make_stamp("fetched_at"),
)

source_item = Table(
    "source_item",
    metadata,
    Column("source", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("stamp", Text),  # when the source says it was last changed; where that differs, it is fetched again
    Column("given", JSONB, nullable=False),  # what the source says of it: title, day, authors
    make_stamp("first_seen"),
    Column("done_at", UTC_TIME),  # fetched or in quarantine; NULL while that is still to be done
    Index("ix_source_item_pending", "source", postgresql_where=text("done_at IS NULL")),
)
