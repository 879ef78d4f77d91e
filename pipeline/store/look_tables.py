"""The table of last looks: until when each visitor of the review page has seen what changed."""

from sqlalchemy import Column, Table, Text

from pipeline.store.columns import UTC_TIME, make_stamp, metadata

last_look = Table(
    "last_look",
    metadata,
    Column("visitor", Text, primary_key=True),  # a name, as decisions have it
    make_stamp("at"),
    Column("before", UTC_TIME),  # the look before that, to go back to
)
