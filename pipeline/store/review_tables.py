"""The tables of what is left to review, and of how much each person decided each day.

Both follow from other tables, in the transaction that changes those: triggers of migration 0016 see to it, by whatever way an
article is saved or a decision made. So a queue is read off an index, and nobody counts the log.
"""

from sqlalchemy import Boolean, Column, Date, Double, Index, Integer, Table, Text, text

from pipeline.store.columns import make_text, metadata

# Compared byte by byte: the order of a list must not hang on the server's language.
_PLAIN = Text(collation="C")
_IS_OPEN = text("review IS NULL")

review_item = Table(
    "review_item",
    metadata,
    Column("record_id", _PLAIN, primary_key=True),
    make_text("kind"),  # agreement, claim, or row: one whose articles contradict each other
    Column("article_id", Text, index=True),  # NULL for rows
    # What comes first: how far the confidence is from TRUSTED (pipeline/records.py); of rows, how few articles tell of it.
    Column("rank", Double, nullable=False),
    Column("publisher", Text),
    Column("source", Text),  # of the catalogue
    Column("review", Text),  # of the record as a whole; NULL: nobody decided, or it is to be looked at again
    Column("is_reopened", Boolean, nullable=False, server_default=text("false")),
    Index("ix_review_item_open", "kind", "rank", "record_id", postgresql_where=_IS_OPEN),
    Index("ix_review_item_publisher", "publisher", "kind", "rank", "record_id", postgresql_where=_IS_OPEN),
    Index(
        "ix_review_item_source",
        "source",
        "kind",
        "rank",
        "record_id",
        postgresql_where=text("review IS NULL AND source IS NOT NULL"),
    ),
    Index("ix_review_item_review", "review", "kind", "rank", "record_id", postgresql_where=text("review IS NOT NULL")),
    Index("ix_review_item_reopened", "kind", "rank", "record_id", postgresql_where=text("is_reopened")),
)

review_tally = Table(
    "review_tally",
    metadata,
    Column("day", Date, primary_key=True),  # UTC
    Column("who", Text, primary_key=True),
    Column("action", Text, primary_key=True),
    Column("decisions", Integer, nullable=False),
)
