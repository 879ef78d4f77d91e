"""The tables of the register as it is listed and filtered: all of them are made anew from observations and decisions.

What an article says stands in ``agreement``; these hold what follows from it, for rows that somebody touched, so that no
list and no filter ever puts a row together.
"""

from sqlalchemy import Boolean, Column, Date, Double, ForeignKey, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

from pipeline.store.columns import UTC_TIME, make_stamp, make_text, metadata

# Compared byte by byte: the order of a list must not hang on the server's language.
_PLAIN = Text(collation="C")
_NONE = text("'{}'::text[]")
_FALSE = text("false")

register_row = Table(
    "register_row",
    metadata,
    Column("id", Text, primary_key=True),
    make_stamp("first_seen"),
    Column("label", _PLAIN, nullable=False, server_default=text("''")),
    Column("name", Text),
    Column("aliases", ARRAY(Text), nullable=False, server_default=_NONE),
    Column("kind", Text),
    Column("status", Text),
    Column("status_date", _PLAIN),
    Column("date", Text),
    Column("subject", Text),
    Column("parties", ARRAY(Text), nullable=False, server_default=_NONE),  # normalised; without those few articles name
    Column("publishers", ARRAY(Text), nullable=False, server_default=_NONE),  # in lower case
    Column("authorities", ARRAY(Text), nullable=False, server_default=_NONE),
    Column("observations", Integer, nullable=False, server_default=text("0")),
    Column("independent", Integer, nullable=False, server_default=text("0")),
    Column("confidence", Double, nullable=False, server_default=text("0")),
    Column("first_published", _PLAIN, nullable=False, server_default=text("''")),  # empty: all are undated
    Column("last_published", _PLAIN, nullable=False, server_default=text("''")),
    Column("first_observed", UTC_TIME),  # when the oldest of its observations came in
    Column("last_seen", UTC_TIME),  # when the youngest did, or one of their parties
    Column("is_shown", Boolean, nullable=False, server_default=_FALSE),  # something is left in it
    Column("differs", Boolean, nullable=False, server_default=_FALSE),  # its articles contradict each other
    Column("review", Text),
    Column("words", TSVECTOR),  # of label, names, aliases and subject, as they are compared
    Column("record", JSONB),  # all that a list shows: a RegisterRow with the last of its observations
    Column("refreshed_at", UTC_TIME),  # NULL: never
    # Lists stand in the order of last_published; a filter of few values leads to them in that order.
    Index("ix_register_row_last_published", "last_published"),
    Index("ix_register_row_kind", "kind", "last_published"),
    Index("ix_register_row_status", "status", "last_published"),
    Index("ix_register_row_status_date", "status_date"),
    Index("ix_register_row_confidence", "confidence"),
    Index("ix_register_row_differs", "last_published", postgresql_where=text("differs")),
    Index("ix_register_row_first_observed", "first_observed"),
    Index("ix_register_row_last_seen", "last_seen"),
    Index("ix_register_row_review", "review", "last_published", postgresql_where=text("review IS NOT NULL")),
    Index("ix_register_row_parties", "parties", postgresql_using="gin"),
    Index("ix_register_row_publishers", "publishers", postgresql_using="gin"),
    Index("ix_register_row_authorities", "authorities", postgresql_using="gin"),  # of one that hardly any row has
    Index("ix_register_row_words", "words", postgresql_using="gin"),
    Index("ix_register_row_unrefreshed", "id", postgresql_where=text("refreshed_at IS NULL")),
)

row_party = Table(
    "row_party",
    metadata,
    Column("row_id", Text, ForeignKey("register_row.id"), primary_key=True),
    Column("normal", Text, primary_key=True),  # the actor's name as it is compared
    Column("role", Text, primary_key=True),
    make_text("entity"),
    Column("articles", Integer, nullable=False),  # independent ones that say so
    Column("is_minor", Boolean, nullable=False),  # named by few of many
    Column("is_past", Boolean, nullable=False),  # a later article says otherwise
    Index("ix_row_party_normal", "normal", "role"),
    Index("ix_row_party_role", "role", "row_id"),
)

# How a row stood on each day on which something of it was published, until the next such day.
row_status = Table(
    "row_status",
    metadata,
    Column("row_id", Text, ForeignKey("register_row.id"), primary_key=True),
    Column("from_day", Date, primary_key=True),
    Column("until_day", Date),  # the first day it does not hold any more; NULL: it holds
    Column("status", Text),
    Column("status_date", Text),
    Column("observations", Integer, nullable=False),
    Column("independent", Integer, nullable=False),
    Index("ix_row_status_from_day", "from_day"),
    Index("ix_row_status_status", "status", "from_day"),
)

# What a large row comes to, so that one more article is added to it without reading the others (store/summaries.py).
row_summary = Table(
    "row_summary",
    metadata,
    Column("row_id", Text, ForeignKey("register_row.id"), primary_key=True),
    Column("summary", JSONB, nullable=False),
)
