"""Rows of the register that stand empty because all that stood in them stands elsewhere: where they lead, and their way back.

An id that a brief, a note or a decision names goes on to mean something. Rows that linking merges (two names of one agreement)
are redirected for good; one that became empty leads on until something stands in it again, as after a merge is undone.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from pipeline.store import schema
from pipeline.store.attachments import attach_rows
from pipeline.store.queries import is_one_of
from pipeline.store.store import now

EMPTIED = "emptied"  #: the reason of a redirect that is taken back when something stands in the row again


def redirect_emptied(connection: Connection, moved: Mapping[str, str], *, by_person: Collection[str] = ()) -> None:
    """Have those of these rows in which nothing stands any more lead to where the last of it went.

    Args:
        connection: of the caller's transaction.
        moved: rows that something left -> the row it stands in now.
        by_person: those of which a person said so: what was decided on the row as a whole goes along. What linking alone
            moves takes no decision with it: a rejected row must not reject the one that it is found to belong in.
    """
    link, redirect = schema.link, schema.row_redirect
    held = set(connection.execute(select(link.c.row_id).where(is_one_of(link.c.row_id, moved))).scalars())
    for row_id, to_id in sorted(moved.items()):
        if row_id not in held and row_id != to_id:
            # What led here goes on with it, so that every redirect is one step.
            connection.execute(update(redirect).where(redirect.c.to_id == row_id).values(to_id=to_id))
            values = {"row_id": row_id, "to_id": to_id, "reason": EMPTIED, "made_at": now()}
            put = insert(redirect).values(values)
            connection.execute(put.on_conflict_do_update(index_elements=["row_id"], set_=values))
            if row_id in by_person:
                attach_rows(connection, {row_id: to_id})


def reopen_rows(connection: Connection, row_ids: Collection[str]) -> None:
    """Have these rows, in which something stands again, stand for themselves, with what was decided on them."""
    redirect = schema.row_redirect
    back = delete(redirect).where(is_one_of(redirect.c.row_id, row_ids)).returning(redirect.c.row_id)
    if opened := list(connection.execute(back).scalars()):
        attach_rows(connection, dict.fromkeys(opened))
