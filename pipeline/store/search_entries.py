"""Keeping the entries of search: made anew, in the same transaction, for an article or a row of the register that changed.

The functions of the database that do it (migrations 0009 and 0018) know how words are cut and which facets an entry has.
"""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import array

# Put together once: an article is saved in 30 ms, of which each statement that is not takes a quarter of one.
_INDEX = select(func.index_article(bindparam("article_id")))
_SETTLE = select(func.settle_authorities(bindparam("article_id")))


def index_article(connection: Connection, article_id: str) -> None:
    """Make the entries of an article, its passages, claims and agreements anew, as they stand now."""
    connection.execute(_INDEX, {"article_id": article_id})


def settle_authorities(connection: Connection, article_id: str) -> None:
    """Have an article say who speaks in it, after its addresses changed; where that is news its rows are due to be linked."""
    connection.execute(_SETTLE, {"article_id": article_id})


def index_rows(connection: Connection, row_ids: Collection[str]) -> None:
    """Make the entries of these rows of the register anew; one that is not shown any more has none."""
    if row_ids:
        given = func.unnest(array(sorted(row_ids))).column_valued("row_id")
        connection.execute(select(func.count(func.index_row(given))))


def load_newest_number(connection: Connection) -> int:
    """The number of what came in last: numbers go up with each article or row that changes; some belong to nothing."""
    return int(connection.execute(text("SELECT last_value FROM search_number")).scalar_one())
