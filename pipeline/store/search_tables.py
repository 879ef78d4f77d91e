"""The tables of search: an entry for each current record that can be found, and searches that were given a name."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Sequence, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

from pipeline.store.columns import UTC_TIME, make_stamp, make_text, metadata
from pipeline.store.vector_type import QuickVector

search_number = Sequence("search_number", metadata=metadata)

# Filled by the functions index_article (migration 0018) and index_row (0009), which know how its words are made.
search_entry = Table(
    "search_entry",
    metadata,
    Column("record_id", Text, primary_key=True),
    make_text("kind"),  # article, passage, claim, agreement (an observation) or row (of the register)
    Column("article_id", Text, ForeignKey("article.id"), index=True),  # NULL for rows
    Column("number", BigInteger, nullable=False),  # larger for what came in later
    Column("day", Text),  # of publication
    make_stamp("first_seen"),  # of the record; of a row when something of it came in last
    Column("content_sha256", Text, index=True),  # the key of its vector
    Column("words", TSVECTOR, nullable=False),  # of a passage its facets only
    Index("ix_search_entry_number", "number", postgresql_where=text("content_sha256 IS NOT NULL")),
    Index(
        "ix_search_entry_words",
        "words",
        postgresql_using="gin",
        # Short: what waits there is read through by every search.
        postgresql_with={"gin_pending_list_limit": 1024},
    ),
    Index("ix_search_entry_day", "kind", text("day DESC NULLS LAST"), "article_id"),
)

embedding = Table(
    "embedding",
    metadata,
    Column("content_sha256", Text, primary_key=True),
    Column("route", Text, primary_key=True),  # model and way of computing: vectors of two routes are never compared
    Column("vector", QuickVector(), nullable=False),
    make_stamp("saved_at"),
)

embedding_route = Table(
    "embedding_route",
    metadata,
    Column("route", Text, primary_key=True),
    Column("seen_number", BigInteger, nullable=False),  # up to this number all entries have vectors of the route
)

saved_search = Table(
    "saved_search",
    metadata,
    Column("id", Text, primary_key=True),
    make_text("name"),
    Column("query", JSONB, nullable=False),
    make_text("who"),
    make_stamp("created_at"),
    Column("looked_at", UTC_TIME),  # when somebody last asked what is new
    Column("seen_number", BigInteger, nullable=False),  # the number of the newest entry there was then
    UniqueConstraint("name"),
)

saved_search_hit = Table(
    "saved_search_hit",
    metadata,
    Column("search_id", Text, ForeignKey("saved_search.id", ondelete="CASCADE"), primary_key=True),
    Column("record_id", Text, primary_key=True),
    make_stamp("found_at"),
)
