"""The tables. Records stand whole in a JSONB column, beside the few columns that are searched and joined.

An article's current state is the (revision, fingerprint) that its row names; what older ones extracted stays, keyed by
(id, revision, fingerprint). ``migrations/`` makes these tables; a test compares the two.
"""

from typing import Any

from sqlalchemy import (
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from pipeline.store.account_tables import account, audit, session
from pipeline.store.actor_tables import (
    actor,
    actor_claim,
    actor_key,
    actor_link,
    actor_pair,
    actor_party,
    actor_role,
    actor_row,
    actor_todo,
)
from pipeline.store.article_tables import address, article, revision
from pipeline.store.columns import make_stamp, make_text, metadata
from pipeline.store.decision_tables import (
    attachment,
    decided_article,
    decision,
    judgement,
    own_agreement,
    reopened,
    standing,
    undone,
)
from pipeline.store.identity_tables import duplicate, overlap, sketch
from pipeline.store.link_tables import link, link_key, row_redirect
from pipeline.store.look_tables import last_look
from pipeline.store.operation_tables import upkeep
from pipeline.store.raw_tables import quarantine, raw_article
from pipeline.store.register_tables import register_row, row_party, row_status, row_summary
from pipeline.store.review_tables import review_item, review_tally
from pipeline.store.run_tables import run, run_extraction
from pipeline.store.search_tables import embedding, embedding_route, saved_search, saved_search_hit, search_entry
from pipeline.store.source_tables import source_document, source_item, source_state
from pipeline.store.theme_tables import (
    theme,
    theme_article,
    theme_event,
    theme_member,
    theme_route,
    theme_voter,
    theme_waiting,
)

__all__ = [  # with all tables below
    "account",
    "actor",
    "actor_claim",
    "actor_key",
    "actor_link",
    "actor_pair",
    "actor_party",
    "actor_role",
    "actor_row",
    "actor_todo",
    "address",
    "article",
    "attachment",
    "audit",
    "decided_article",
    "decision",
    "duplicate",
    "embedding",
    "embedding_route",
    "judgement",
    "last_look",
    "link",
    "link_key",
    "metadata",
    "overlap",
    "own_agreement",
    "quarantine",
    "raw_article",
    "register_row",
    "reopened",
    "review_item",
    "review_tally",
    "revision",
    "row_party",
    "row_redirect",
    "row_status",
    "row_summary",
    "run",
    "run_extraction",
    "saved_search",
    "saved_search_hit",
    "search_entry",
    "session",
    "sketch",
    "source_document",
    "source_item",
    "source_state",
    "standing",
    "theme",
    "theme_article",
    "theme_event",
    "theme_member",
    "theme_route",
    "theme_voter",
    "theme_waiting",
    "undone",
    "upkeep",
]


def _of_extraction(name: str, *columns: Column[Any]) -> Table:
    """A table of records: each belongs to one extraction and is keyed by its id within it."""
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        Column("revision", Integer, primary_key=True),
        Column("fingerprint", Text, primary_key=True),
        make_text("article_id"),
        Column("position", Integer, nullable=False),  # order in the article
        *columns,
        make_stamp("first_seen"),  # when this id came in first, at any revision
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


extraction = Table(
    "extraction",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    make_stamp("saved_at"),
    ForeignKeyConstraint(["article_id", "revision"], ["revision.article_id", "revision.revision"]),
)

entity = _of_extraction(
    "entity",
    make_text("type"),
    make_text("canonical"),
    Column("record", JSONB, nullable=False),
)
Index("ix_entity_canonical", entity.c.canonical)

agreement = _of_extraction(
    "agreement",
    Column("name", Text),
    make_text("label"),
    make_text("kind"),
    Column("status", Text),
    Column("record", JSONB, nullable=False),
    # What rows of the register are made of, so that a row of thousands of articles needs none of their records.
    Column("date", Text),
    Column("subject", Text),
    Column("confidence", Double, nullable=False, server_default=text("0")),
    Column("aliases", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
    Column("figures", JSONB, nullable=False, server_default=text("'[]'::jsonb")),  # [name, unit, value], ...
    Column("due", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
    Column("quote_start", Integer),  # where its best words begin
)
Index("ix_agreement_first_seen", agreement.c.first_seen)
# The label of an agreement without a name may be a whole sentence: an index entry holds 2,700 bytes.
Index("ix_agreement_label", func.left(agreement.c.label, 200))

party = _of_agreement(
    "party",
    make_text("entity"),
    Column("normal", Text, nullable=False, index=True),  # the entity's name as it is compared
    make_text("role"),
    make_stamp("first_seen"),
)
Index("ix_party_first_seen", party.c.first_seen)

act = _of_agreement(
    "act",
    make_text("act"),
    make_text("polarity"),
    Column("date", Text),
    Column("basis", Text, nullable=False, server_default=text("'stated'")),
)

claim = _of_extraction(
    "claim",
    make_text("type"),
    Column("speaker", Text),
    Column("speaker_normal", Text, index=True),
    make_text("content"),
    make_text("content_sha256"),
    Column("confidence", Double, nullable=False),
    Column("record", JSONB, nullable=False),
)
Index("ix_claim_first_seen", claim.c.first_seen)
Index("ix_claim_content_sha256", claim.c.content_sha256)

passage = _of_extraction(
    "passage",
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    make_text("text"),
    make_text("content_sha256"),
)
