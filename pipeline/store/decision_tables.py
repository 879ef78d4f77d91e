"""The tables of what people decided: the log that only grows, what it comes to now, and what they know themselves.

``decision`` is the truth. All others but ``own_agreement`` are derived from it, and kept in the transaction of each
decision: readers ask what is in force and never replay the log.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Identity, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from pipeline.store.columns import make_stamp, make_text, metadata

decision = Table(
    "decision",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    make_text("who"),
    make_stamp("when"),
    Column("record_id", Text, nullable=False, index=True),
    Column("field", Text),
    make_text("action"),
    Column("before", JSONB(none_as_null=True)),  # as the person saw it
    Column("after", JSONB(none_as_null=True)),
    Column("quote", Text),
    Column("batch", Text, index=True),
    Column("extractor", Text),
    Column("undoes", BigInteger, ForeignKey("decision.number"), index=True),
    Column("article_id", Text),  # where the record stood
    Column("kind", Text),  # of what kind it was then
    Column("text_sha256", Text),  # of the article's text then
    Column("extracted", JSONB(none_as_null=True)),  # what the extractor said of it then, whatever was corrected before
    Index("ix_decision_who", "who", "number"),
    Index("ix_decision_article_id", "article_id", "number"),
)

undone = Table(
    "undone",
    metadata,
    Column("decision", BigInteger, ForeignKey("decision.number"), primary_key=True),
)

reopened = Table(
    "reopened",
    metadata,
    Column("decision", BigInteger, ForeignKey("decision.number"), primary_key=True),
)

decided_article = Table(
    "decided_article",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column(
        "is_stale", Boolean, nullable=False
    ),  # saved anew since its decisions were last looked at (a trigger says so)
    Index("ix_decided_article_stale", "article_id", postgresql_where=text("is_stale")),
)

attachment = Table(
    "attachment",
    metadata,
    Column("record_id", Text, primary_key=True),  # as it was decided on; current no more
    Column("now_id", Text, index=True),  # what it is now; NULL: not found, an orphan
    Column("article_id", Text),  # NULL: a row of the register, that was merged into another
    Index("ix_attachment_orphan", "record_id", postgresql_where=text("now_id IS NULL")),
)

standing = Table(
    "standing",
    metadata,
    Column("record_id", Text, primary_key=True),  # as it is now
    Column("field", Text, primary_key=True),  # empty: the record as a whole
    Column("action", Text, primary_key=True),
    Column("value", JSONB(none_as_null=True)),
    Column("decision", BigInteger, ForeignKey("decision.number"), nullable=False),
    Column("is_reopened", Boolean, nullable=False),
    Index("ix_standing_rejected", "record_id", postgresql_where=text("field = '' AND action = 'reject'")),
    Index("ix_standing_reopened", "record_id", postgresql_where=text("is_reopened")),
    Index("ix_standing_decision", "decision"),  # the newest of what holds
)

judgement = Table(
    "judgement",
    metadata,
    Column("one_id", Text, primary_key=True),  # the smaller id of the two, as they were decided on
    Column("other_id", Text, primary_key=True, index=True),
    Column("decision", BigInteger, ForeignKey("decision.number"), primary_key=True, index=True),
    Column("is_same", Boolean, nullable=False),
    Column("is_in_force", Boolean, nullable=False),  # the newest of its pair that is not undone
)

own_agreement = Table(
    "own_agreement",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", BigInteger, Identity(always=True), nullable=False),
    make_text("origin"),
    make_text("who"),
    make_stamp("entered_at"),
    Column("source", Text),
    Column("url", Text),
    Column("quote", Text),
    make_text("key"),  # what an import finds it by again
    Column("entered", JSONB, nullable=False),  # as it was entered
    Column("imported", JSONB(none_as_null=True)),  # as the last import has it
    Column("record", JSONB, nullable=False),  # with all corrections
    Column("is_withdrawn", Boolean, nullable=False),  # its creation was undone
    Column("is_linked", Boolean, nullable=False),  # nothing in it has changed since it was linked
    Index("ix_own_agreement_source", "source", "key"),
    Index("ix_own_agreement_unlinked", "number", postgresql_where=text("NOT is_linked")),
)
