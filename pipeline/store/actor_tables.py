"""The tables of actors: who and what is named, over all articles.

``actor_link`` says which actor each entity of an article is; all other tables follow from it and from the articles, and are
brought up to date with it. ``base_id`` is where linking put an entity, ``actor_id`` where it is shown: they differ where a
person said that two actors are one, so that this can be taken back.
"""

from sqlalchemy import Boolean, Column, Computed, Double, ForeignKey, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from pipeline.store.columns import UTC_TIME, make_stamp, make_text, metadata

actor = Table(
    "actor",
    metadata,
    Column("id", Text, primary_key=True),
    make_text("type"),
    make_text("found_type"),  # of the entity that founded it, whatever a person corrected
    make_text("canonical"),
    Column("iso", Text),
    Column("wikidata", Text),
    Column("aliases", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    make_text("words"),  # of all its names, as they are compared
    Column("search", TSVECTOR, Computed("to_tsvector('simple'::regconfig, words)", persisted=True)),
    Column("articles", Integer, nullable=False),  # 0: nobody names it now, and it is not shown
    Column("mentions", Integer, nullable=False),
    Column("first_published", Text),
    Column("last_published", Text),
    make_stamp("first_seen"),
    make_stamp("last_seen"),  # when its youngest article came in
    Column("joined_to", Text, ForeignKey("actor.id"), index=True),  # a person said that it is that one
    Column("is_rejected", Boolean, nullable=False, server_default=text("false")),  # a person says it is nothing
    Column("moved_to", Text),  # nobody is linked to it any more; the last one went there
    Index(
        "ix_actor_articles",
        text("articles DESC"),
        "canonical",
        "id",
        postgresql_where=text("articles > 0 AND joined_to IS NULL AND NOT is_rejected"),
    ),
    Index(
        "ix_actor_type",
        "type",
        text("articles DESC"),
        "canonical",
        "id",
        postgresql_where=text("articles > 0 AND joined_to IS NULL AND NOT is_rejected"),
    ),
    Index("ix_actor_search", "search", postgresql_using="gin"),
)

actor_key = Table(  # what an actor is found by: ids, names, aliases
    "actor_key",
    metadata,
    Column("key", Text, primary_key=True),
    Column("actor_id", Text, ForeignKey("actor.id"), primary_key=True, index=True),
    make_text("text"),  # as it was written
    Column("uses", Integer, nullable=False),  # by how many entities
    Index("ix_actor_key_uses", "key", text("uses DESC"), "actor_id"),
)

actor_link = Table(
    "actor_link",
    metadata,
    Column("entity_id", Text, primary_key=True),
    Column("article_id", Text, ForeignKey("article.id"), nullable=False, index=True),
    Column("base_id", Text, ForeignKey("actor.id"), nullable=False, index=True),
    Column("actor_id", Text, ForeignKey("actor.id"), nullable=False),
    Column("keys", ARRAY(Text), nullable=False),  # what it counts for in actor_key
    Column("traits", ARRAY(Text), nullable=False),  # what the article says of a person: "state:FR", "office:minister"
    Column("mentions", Integer, nullable=False),
    Column("published", Text),
    make_text("reason"),
    Column("score", Double, nullable=False),
    make_stamp("first_seen"),
    make_stamp("linked_at"),
    Index("ix_actor_link_actor_id", "actor_id", text("published DESC NULLS LAST"), "entity_id"),
)

actor_party = Table(
    "actor_party",
    metadata,
    Column("agreement_id", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("article_id", Text, ForeignKey("article.id"), nullable=False, index=True),
    Column("actor_id", Text, ForeignKey("actor.id"), nullable=False),
    Index("ix_actor_party_actor_id", "actor_id", "agreement_id", "role"),
    Index("ix_actor_party_agreement_id", "agreement_id", "actor_id"),
)

actor_claim = Table(
    "actor_claim",
    metadata,
    Column("claim_id", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    Column("side", Text, primary_key=True),  # by, about
    Column("article_id", Text, ForeignKey("article.id"), nullable=False, index=True),
    Column("actor_id", Text, ForeignKey("actor.id"), nullable=False),
    make_text("type"),
    Column("published", Text),
    Index("ix_actor_claim_type", "actor_id", "side", "type"),
    Index("ix_actor_claim_published", "actor_id", "side", text("published DESC NULLS LAST"), "claim_id"),
)

actor_row = Table(  # which rows of the register name an actor
    "actor_row",
    metadata,
    Column("actor_id", Text, ForeignKey("actor.id"), primary_key=True),
    Column("row_id", Text, ForeignKey("register_row.id"), primary_key=True, index=True),
    Column("roles", ARRAY(Text), nullable=False),
    Column("articles", Integer, nullable=False),  # that name it for the row
    Column("last_published", Text),  # of them
    Index("ix_actor_row_last_published", "actor_id", text("last_published DESC NULLS LAST"), "row_id"),
)

actor_role = Table(  # how many rows name an actor in each role; role empty: in any
    "actor_role",
    metadata,
    Column("actor_id", Text, ForeignKey("actor.id"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("agreements", Integer, nullable=False),
)

actor_pair = Table(  # how many rows name two actors; each pair stands in both orders
    "actor_pair",
    metadata,
    Column("actor_id", Text, ForeignKey("actor.id"), primary_key=True),
    Column("other_id", Text, ForeignKey("actor.id"), primary_key=True),
    Column("agreements", Integer, nullable=False),
    Index("ix_actor_pair_agreements", "actor_id", text("agreements DESC"), "other_id"),
)

actor_todo = (
    Table(  # articles to be linked, rows whose actors are to be counted, actors that a person said something of
        "actor_todo",
        metadata,
        Column("id", Text, primary_key=True),
        Column("added_at", UTC_TIME, nullable=False, server_default=text("now()"), index=True),
    )
)
