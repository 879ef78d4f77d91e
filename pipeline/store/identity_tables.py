"""The tables of what repeats what: an article's sketch, the words two articles share, and what follows from them.

``overlap`` holds measured facts, of each pair once; ``duplicate`` holds the judgement and is made anew from them.
"""

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Index, Integer, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from pipeline.store.columns import make_stamp, make_text, metadata

sketch = Table(
    "sketch",
    metadata,
    Column("article_id", Text, ForeignKey("article.id"), primary_key=True),
    Column("revision", Integer, nullable=False),  # whose text it was made of
    Column("size", Integer, nullable=False),  # how many distinct runs of words the text has
    Column("hashes", ARRAY(BigInteger), nullable=False),  # a sample of them
    # Asked for each hash of a text by itself, so that nothing may wait to be sorted in.
    Index("ix_sketch_hashes", "hashes", postgresql_using="gin", postgresql_with={"fastupdate": False}),
)

overlap = Table(
    "overlap",
    metadata,
    Column("article_id", Text, ForeignKey("article.id"), primary_key=True),  # the smaller id of the two
    Column("other_id", Text, ForeignKey("article.id"), primary_key=True, index=True),
    Column("shared", Integer, nullable=False),  # runs of words that both have
)

duplicate = Table(
    "duplicate",
    metadata,
    Column("article_id", Text, ForeignKey("article.id"), primary_key=True),  # what repeats
    Column("other_id", Text, ForeignKey("article.id"), primary_key=True, index=True),  # what is repeated
    make_text("kind"),
    Column("score", Double, nullable=False),
    make_stamp("found_at"),
)
