"""What a decision touches in the register: the rows that show it are made anew at once."""

from collections.abc import Collection

from sqlalchemy import Connection, insert, select

from pipeline.store import schema
from pipeline.store.own import refresh_own
from pipeline.store.queries import is_one_of
from pipeline.store.refresh import refresh_rows


def refresh_touched(connection: Connection, record_ids: Collection[str]) -> None:
    """Make anew whatever shows what is in force about these records: rows of the register, and own observations."""
    refresh_own(connection, [each for each in record_ids if each.startswith("ow-")])
    mark_todo(connection, [each for each in record_ids if each.startswith("ac-")])
    rows = find_touched_rows(connection, record_ids)
    if rows:
        of_observations = find_touched_rows(connection, [each for each in record_ids if not each.startswith("rw-")])
        refresh_rows(connection, rows, added=dict.fromkeys(rows - of_observations))


def find_touched_rows(connection: Connection, record_ids: Collection[str]) -> set[str]:
    """The rows of the register that these records are, or stand in."""
    link = schema.link
    observations = [each for each in record_ids if each.startswith(("ag-", "ow-"))]
    rows = {each for each in record_ids if each.startswith("rw-")}
    if observations:
        query = select(link.c.row_id).where(is_one_of(link.c.agreement_id, observations))
        rows |= set(connection.execute(query).scalars())
    return rows


def mark_todo(connection: Connection, ids: Collection[str]) -> None:
    """Have the actors' linking look at these articles' entities, or at these actors, again."""
    todo = schema.actor_todo
    known = set(connection.execute(select(todo.c.id).where(is_one_of(todo.c.id, ids))).scalars())
    if rows := [{"id": each} for each in sorted(set(ids) - known)]:
        connection.execute(insert(todo), rows)
