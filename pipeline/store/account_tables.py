"""The tables of people: who may sign in, who is signed in, and what was done. ``audit`` only grows; a trigger sees to it.

Names of people stand in decisions as they are, so an account that is removed leaves what it decided.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Identity, Index, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from pipeline.store.columns import UTC_TIME, make_stamp, make_text, metadata

account = Table(
    "account",
    metadata,
    Column("name", Text, primary_key=True),
    make_text("role"),
    Column("password", Text),  # its Argon2id hash; NULL: signed in by a proxy only
    make_stamp("made_at"),
    make_stamp("changed_at"),
)

session = Table(
    "session",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("digest", Text, nullable=False, unique=True),  # SHA-256 of the token, which the browser alone has
    Column("account", Text, ForeignKey("account.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("started_at", UTC_TIME, nullable=False, index=True),
    Column("seen_at", UTC_TIME, nullable=False, index=True),
    make_text("address"),
    make_text("agent"),  # what the browser calls itself
)

audit = Table(
    "audit",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    make_stamp("at"),
    Column("who", Text),  # NULL: nobody who is known
    make_text("what"),
    Column("subject", Text),  # on what: an account, a record, a file
    Column("address", Text),  # from where, in the network
    Column("detail", JSONB, nullable=False),
    Index("ix_audit_who", "who", "number"),
    Index("ix_audit_what", "what", "number"),
)
