"""The tables of themes: what they are, who is in them, what newcomers meet, and what became of each.

A theme's row never goes: ids are not given twice, and an old brief's id still leads somewhere. Vectors of the voters are those of
their texts in ``embedding``, which stay when an article changes, so that a theme does not move under its members.
"""

from sqlalchemy import BigInteger, Boolean, Column, Double, ForeignKey, Identity, Index, Integer, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from pipeline.store.columns import make_stamp, make_text, metadata
from pipeline.store.vector_type import QuickVector

theme = Table(
    "theme",
    metadata,
    Column("id", Text, primary_key=True),
    make_text("route"),
    make_text("label"),
    Column("terms", JSONB, nullable=False),
    Column("exemplars", JSONB, nullable=False),
    Column("is_current", Boolean, nullable=False),  # themes that are gone stay, so that old briefs' ids resolve
    make_stamp("first_seen"),
    make_stamp("saved_at"),
    Column("broad_id", Text),  # the theme that leads its broad group; NULL: it stands for itself
    # What newcomers meet; NULL in what an older version saved, where all is clustered once more.
    Column("center", QuickVector()),
    Column("floor", Double),
    Column("founders", Integer, nullable=False, server_default=text("0")),
    Column("size", Integer, nullable=False, server_default=text("0")),  # members that ever joined
)

theme_member = Table(
    "theme_member",
    metadata,
    Column("theme_id", Text, ForeignKey("theme.id"), primary_key=True),
    Column("member_id", Text, primary_key=True, index=True),
)

theme_voter = Table(
    "theme_voter",
    metadata,
    Column("theme_id", Text, ForeignKey("theme.id"), primary_key=True),
    Column("content_sha256", Text, primary_key=True),
)

theme_waiting = Table(
    "theme_waiting",
    metadata,
    Column("member_id", Text, primary_key=True),
    make_stamp("since"),
    Index("ix_theme_waiting_since", "since", "member_id"),
)

theme_event = Table(
    "theme_event",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    make_stamp("at"),
    make_text("fate"),
    Column("theme_id", Text, ForeignKey("theme.id"), nullable=False, index=True),
    Column("other_id", Text, ForeignKey("theme.id"), index=True),
    Column("members", Integer, nullable=False),
    make_text("reason"),
)

theme_route = Table(
    "theme_route",
    metadata,
    Column("route", Text, primary_key=True),
    Column("seen_number", BigInteger, nullable=False),  # up to this number all entries were looked at
    Column("version", BigInteger, nullable=False),  # one more each time that themes are saved
)

theme_article = Table(
    "theme_article",
    metadata,
    Column("article_id", Text, ForeignKey("article.id"), primary_key=True),
    Column("theme_id", Text, ForeignKey("theme.id"), index=True),  # of most of its passages; NULL: of none
    Column("day", Text, index=True),  # of publication
)
