"""Making the rows of the register anew from what their observations and a person's decisions say now."""

from collections.abc import Collection

from sqlalchemy import Connection


def refresh_rows(connection: Connection, row_ids: Collection[str]) -> None:
    """Bring these rows of the register, their parties and their standing by day up to date, in the caller's transaction.

    To be called with every row that an observation joined, left or changed in, and with those a decision touched. A row
    that no observation is left in stays, unshown. Unknown ids are passed over.
    """
