"""What is in force, as the store gives it back; apart from the queries, since these are light to import."""

from typing import Any

from pydantic import Field

from pipeline.enumerations import Review
from pipeline.store.row import Row


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
