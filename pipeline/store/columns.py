"""What all tables are made with: the one set of tables, and columns of a kind that recurs."""

from typing import Any

from sqlalchemy import Column, DateTime, MetaData, Text

# Names that do not depend on the server's own habits, so that a later migration can name what it drops.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
UTC_TIME = DateTime(timezone=True)  #: a moment, wherever the server stands


def make_text(name: str) -> Column[Any]:
    """A column of text that is never NULL: ``make_text("address")``."""
    return Column(name, Text, nullable=False)


def make_stamp(name: str) -> Column[Any]:
    """A column for the moment of something that has happened: ``make_stamp("saved_at")``."""
    return Column(name, UTC_TIME, nullable=False)
