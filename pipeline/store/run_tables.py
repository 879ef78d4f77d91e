"""The tables of runs: what each was given, what came of it, and which extractions it made.

``run_extraction`` is written in the transaction that saves the extraction, so that a run that was killed answers for
exactly what it saved.
"""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from pipeline.store.columns import UTC_TIME, make_text, metadata

run = Table(
    "run",
    metadata,
    Column("id", Text, primary_key=True),
    make_text("kind"),
    make_text("state"),
    Column("started_at", UTC_TIME, nullable=False, index=True),
    Column("finished_at", UTC_TIME),
    Column("settings", JSONB, nullable=False),
    Column("versions", JSONB, nullable=False),
    Column("counts", JSONB, nullable=False),
    Column("timings", JSONB, nullable=False, server_default=text("'[]'::jsonb")),  # seconds of each stage
    Column("message", Text),  # of the error that ended it
    Column("failures", JSONB, nullable=False, server_default=text("'[]'::jsonb")),  # of single articles, the first ones
    Column("beat_at", UTC_TIME),  # when it last noted something
    Index("ix_run_running", "started_at", postgresql_where=text("state = 'running'")),
)

run_extraction = Table(
    "run_extraction",
    metadata,
    Column("run_id", Text, ForeignKey("run.id"), primary_key=True),
    Column("article_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("old_revision", Integer),  # what stood before; NULL where the article was new
    Column("old_fingerprint", Text),
    ForeignKeyConstraint(
        ["article_id", "revision", "fingerprint"],
        ["extraction.article_id", "extraction.revision", "extraction.fingerprint"],
    ),
)
