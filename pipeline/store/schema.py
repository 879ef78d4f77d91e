"""The tables. Records stand whole in a JSONB column, beside the few columns that are searched and joined.

An article's current state is the (revision, fingerprint) that its row names; what older ones extracted stays, keyed by
(id, revision, fingerprint). ``migrations/`` makes these tables; a test compares the two.
"""

from typing import Any

from pgvector.sqlalchemy import VECTOR
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

# Names that do not depend on the server's own habits, so that a later migration can name what it drops.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
_UTC = DateTime(timezone=True)


def _text(name: str) -> Column[Any]:
    return Column(name, Text, nullable=False)


def _stamp(name: str) -> Column[Any]:
    return Column(name, _UTC, nullable=False)


def _of_extraction(name: str, *columns: Column[Any]) -> Table:
    """A table of records: each belongs to one extraction and is keyed by its id within it."""
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        Column("revision", Integer, primary_key=True),
        Column("fingerprint", Text, primary_key=True),
        _text("article_id"),
        Column("position", Integer, nullable=False),  # order in the article
        *columns,
        _stamp("first_seen"),  # when this id came in first, at any revision
        ForeignKeyConstraint(
            ["article_id", "revision", "fingerprint"],
            ["extraction.article_id", "extraction.revision", "extraction.fingerprint"],
        ),
        Index(f"ix_{name}_article_id", "article_id", "revision", "fingerprint"),
    )


def _of_agreement(name: str, *columns: Column[Any]) -> Table:
    """A table of an agreement's parts, to search by; the whole stands in the agreement's record."""
    return Table(
        name,
        metadata,
        Column("agreement_id", Text, primary_key=True),
        Column("revision", Integer, primary_key=True),
        Column("fingerprint", Text, primary_key=True),
        Column("position", Integer, primary_key=True),
        *columns,
        ForeignKeyConstraint(
            ["agreement_id", "revision", "fingerprint"], ["agreement.id", "agreement.revision", "agreement.fingerprint"]
        ),
    )


raw_article = Table(
    "raw_article",
    metadata,
    Column("id", Text, primary_key=True),
    _text("address"),
    _text("digest"),
    _text("media_type"),
    Column("body", LargeBinary, nullable=False),
    Column("given", JSONB, nullable=False),
    _stamp("fetched_at"),
    Column("article_id", Text),  # the article it was read into, once it was
    UniqueConstraint("address", "digest"),
)

article = Table(
    "article",
    metadata,
    Column("id", Text, primary_key=True),
    _text("address"),  # the first one
    Column("revision", Integer, nullable=False),
    _text("fingerprint"),
    _stamp("first_seen"),
    _stamp("saved_at"),
    Index("ix_article_first_seen", "first_seen"),
)

address = Table(
    "address",
    metadata,
    Column("address", Text, primary_key=True),
    Column("article_id", Text, ForeignKey("article.id"), nullable=False, index=True),
    _text("raw_id"),  # what was read there last: raw, text and date
    _text("sha256"),
    Column("published", Text),
    _stamp("first_seen"),
    _stamp("last_seen"),
)

revision = Table(
    "revision",
    metadata,
    Column("article_id", Text, ForeignKey("article.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    _text("raw_id"),
    _text("text"),
    Column("sha256", Text, nullable=False, index=True),
    Column("url", Text),
    Column("title", Text),
    Column("authors", JSONB, nullable=False),
    Column("published", Text),
    Column("publisher", Text),
    _text("language"),
    Column("words", Integer, nullable=False),
    _stamp("saved_at"),
)

extraction = Table(
    "extraction",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    _stamp("saved_at"),
    ForeignKeyConstraint(["article_id", "revision"], ["revision.article_id", "revision.revision"]),
)

entity = _of_extraction(
    "entity",
    _text("type"),
    _text("canonical"),
    Column("record", JSONB, nullable=False),
)

agreement = _of_extraction(
    "agreement",
    Column("name", Text),
    _text("label"),
    _text("kind"),
    Column("status", Text),
    Column("record", JSONB, nullable=False),
)

party = _of_agreement(
    "party",
    _text("entity"),
    Column("normal", Text, nullable=False, index=True),  # the entity's name as it is compared
    _text("role"),
    _stamp("first_seen"),
)

act = _of_agreement("act", _text("act"), _text("polarity"), Column("date", Text))

claim = _of_extraction(
    "claim",
    _text("type"),
    Column("speaker", Text),
    Column("speaker_normal", Text, index=True),
    _text("content"),
    _text("content_sha256"),
    Column("confidence", Double, nullable=False),
    Column("record", JSONB, nullable=False),
)

passage = _of_extraction(
    "passage",
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("text"),
    _text("content_sha256"),
)

embedding = Table(
    "embedding",
    metadata,
    Column("content_sha256", Text, primary_key=True),
    Column("route", Text, primary_key=True),  # model and way of computing: vectors of two routes are never compared
    Column("vector", VECTOR(), nullable=False),
    _stamp("saved_at"),
)

theme = Table(
    "theme",
    metadata,
    Column("id", Text, primary_key=True),
    _text("route"),
    _text("label"),
    Column("terms", JSONB, nullable=False),
    Column("exemplars", JSONB, nullable=False),
    Column("is_current", Boolean, nullable=False),  # themes that are gone stay, so that old briefs' ids resolve
    _stamp("first_seen"),
    _stamp("saved_at"),
)

theme_member = Table(
    "theme_member",
    metadata,
    Column("theme_id", Text, ForeignKey("theme.id"), primary_key=True),
    Column("member_id", Text, primary_key=True, index=True),
)

register_row = Table(
    "register_row",
    metadata,
    Column("id", Text, primary_key=True),
    _stamp("first_seen"),
)

link = Table(
    "link",
    metadata,
    Column("agreement_id", Text, primary_key=True),
    Column("row_id", Text, ForeignKey("register_row.id"), nullable=False, index=True),
    _text("reason"),
    Column("score", Double, nullable=False),
    _stamp("linked_at"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Text, primary_key=True),
    Column("address", Text, nullable=False, index=True),
    _text("stage"),
    _text("reason"),
    Column("raw_id", Text, index=True),
    Column("raw", LargeBinary),
    Column("times", Integer, nullable=False),
    _stamp("first_at"),
    _stamp("last_at"),
    Column("resolved_at", _UTC),
)

run = Table(
    "run",
    metadata,
    Column("id", Text, primary_key=True),
    _text("kind"),
    _text("state"),
    Column("started_at", _UTC, nullable=False, index=True),
    Column("finished_at", _UTC),
    Column("settings", JSONB, nullable=False),
    Column("versions", JSONB, nullable=False),
    Column("counts", JSONB, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    _text("who"),
    _stamp("when"),
    Column("record_id", Text, nullable=False, index=True),
    Column("field", Text),
    _text("action"),
    Column("before", JSONB(none_as_null=True)),
    Column("after", JSONB(none_as_null=True)),
    Column("quote", Text),
    Column("batch", Text),
    Column("extractor", Text),
)
