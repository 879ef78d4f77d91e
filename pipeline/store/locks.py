"""Who waits for whom: every transaction takes its locks in one order, so that no two wait for each other.

1. the text of an article, 2. the article (both only where one is saved: :mod:`pipeline.store.articles`), 3. the register,
4. rows of tables, in whatever order.

The register is one lock for linking, decisions, imports and duplicates, and for an article that is saved anew: whoever changes
what stands in a row, or what is due to be looked at again, holds it until its transaction ends. They are short (to link an
article and refresh its rows took .07 CPU s among 1,000 generated articles; .6 among 20,000, where rows are far larger). Each
makes rows anew from what all others left, and they touch rows in orders of their own: with finer locks two of them could wait
for each other, or each make a row without what the other brought. A new article needs no turn; nothing of it is in the register
yet. Readers never wait.
"""

from sqlalchemy import Connection, bindparam, func, select

_WAIT = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)))


def lock_register(connection: Connection) -> None:
    """Have all others who change the register wait until this transaction ends; the first thing such a one does."""
    take_turns(connection, "register")


def take_turns(connection: Connection, name: str) -> None:
    """Have others who name the same wait until this transaction ends."""
    connection.execute(_WAIT, {"name": name})
