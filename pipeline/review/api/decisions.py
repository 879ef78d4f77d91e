"""Decisions for programs: the log, and deciding, merging, splitting, entering and undoing as on the page."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import AfterValidator, Field
from starlette.requests import Request

from pipeline.decisions import Decision, NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.jobs.decide import create_entry, merge_records, split_records, undo_decision
from pipeline.review.api.paging import DEFAULT, Limit, Page, make_page
from pipeline.review.page import get_store
from pipeline.review.visitor import visitor
from pipeline.store.decision_pages import LogFilter, Logged, load_log
from pipeline.store.decisions import Decided, decide_all
from pipeline.store.entries import NewEntry
from pipeline.store.filters import Filter
from pipeline.store.judgements import NewJudgement
from pipeline.store.row import Row
from pipeline.store.undo import Undone

router = APIRouter(prefix="/api/v1", tags=["decisions"])

# As many as one sees at once and a few pages more: all are decided in one transaction, or none.
_MOST = 500
_LARGEST = 2**62  # numbers of decisions fit into the database's

Quote = Annotated[str | None, Field(max_length=10_000, description="the words it stands on; the record's by default")]
Batch = Annotated[str | None, Field(min_length=1, max_length=200, description="a name to find and undo several by")]
RecordIds = Annotated[tuple[str, ...], Field(min_length=1, max_length=_MOST)]


class LogQuery(Filter):
    """Which decisions to list."""

    record_id: str | None = Field(default=None, description="a whole id")
    article_id: str | None = Field(default=None, description="where the records stood")
    who: str | None = None
    batch: str | None = None
    limit: Limit = DEFAULT
    after: int | None = Field(default=None, ge=0, le=_LARGEST, description="what `next` of the page before said")


def _check_value(value: Any) -> Any:  # noqa: ANN401 -- JSON
    """What is no JSON (a NaN, which Python's reader lets through) or no text is refused before it comes to the database."""
    json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    return value


Json = Annotated[dict[str, Any], AfterValidator(_check_value)]


class OneDecision(Row):
    """What somebody thinks of one record, or of one of its fields."""

    record_id: str = Field(description="of a row, agreement, claim, entity, actor or theme; its beginning does")
    action: DecisionAction = Field(description="accept, reject, unsure, correct or note")
    field: str | None = Field(default=None, description="the record as a whole where it is left out")
    value: Annotated[Any, AfterValidator(_check_value)] = Field(
        default=None, description="of a correction, as the field takes it; of a note, its words"
    )
    quote: Quote = None
    expected: int | None = Field(
        default=None, ge=0, le=_LARGEST, description="the newest decision on it that was seen (0: none)"
    )


class NewDecisions(Row):
    """Decisions that are made together: all of them or, where one cannot be, none."""

    decisions: tuple[OneDecision, ...] = Field(
        min_length=1,
        max_length=_MOST,
        examples=[[{"record_id": "rw-0123456789abcdef", "action": "correct", "field": "status", "value": "signed"}]],
    )
    batch: Batch = None


class Merging(Row):
    """Records that are one: rows and observations, or entities and actors."""

    record_ids: RecordIds = Field(examples=[["rw-0123456789abcdef", "rw-fedcba9876543210"]])
    quote: Quote = None
    batch: Batch = None


class Splitting(Row):
    """Observations (or entities) that stand where they do not belong."""

    record_ids: RecordIds = Field(examples=[["ag-0123456789abcdef"]])
    row_id: str | None = Field(default=None, description="where they do not belong; by default where they stand")
    quote: Quote = None
    batch: Batch = None


class Entry(Row):
    """An agreement that no article told of."""

    values: Json = Field(examples=[{"name": "Arden Treaty", "kind": "treaty", "status": "signed"}])
    source: str | None = Field(default=None, max_length=10_000, description="from where one has it")
    url: str | None = Field(default=None, max_length=2_000, description="where it can be read")
    quote: Quote = None
    batch: Batch = None


@router.get("/decisions", summary="The log of decisions, the newest first")
def api_list_decisions(request: Request, wanted: Annotated[LogQuery, Query()]) -> Page[Logged]:
    """Nothing leaves it: an undo is a decision that names what it undoes."""
    asked = LogFilter(**wanted.model_dump(exclude={"limit", "after"}), limit=wanted.limit + 1, before=wanted.after)
    return make_page(load_log(get_store(request), asked), wanted.limit, lambda each: str(each.decision.number))


@router.post("/decisions", summary="Accept, reject, correct or note", status_code=201)
def api_decide(request: Request, new: NewDecisions) -> tuple[Decided, ...]:
    """Each answer names what others decided on the record since (`unseen`), where `expected` says what was seen."""
    who = visitor(request).name
    wanted = [NewDecision(who=who, batch=new.batch, **dict(each)) for each in new.decisions]
    return tuple(decide_all(get_store(request), wanted))


@router.post(
    "/decisions/{number}/undo", summary="Undo a decision; of an undo, bring back what it undid", status_code=201
)
def api_undo(request: Request, number: Annotated[int, Path(ge=1, le=_LARGEST)]) -> Undone:
    """What was undone stays in the log."""
    return undo_decision(get_store(request), number, who=visitor(request).name)


@router.post("/batches/{batch}/undo", summary="Undo all decisions of a batch", status_code=201)
def api_undo_batch(request: Request, batch: str) -> Undone:
    """What is undone already or was decided anew since is left as it is, and named."""
    return undo_decision(get_store(request), batch, who=visitor(request).name)


@router.post("/merges", summary="Say that records are one, for good", status_code=201)
def api_merge(request: Request, new: Merging) -> Decision:
    """In new articles and after re-extraction too, until it is undone."""
    return merge_records(get_store(request), NewJudgement(who=visitor(request).name, **dict(new)))


@router.post("/splits", summary="Say that records do not belong where they stand, for good", status_code=201)
def api_split(request: Request, new: Splitting) -> Decision:
    """In new articles and after re-extraction too, until it is undone."""
    return split_records(get_store(request), NewJudgement(who=visitor(request).name, **dict(new)))


@router.post("/agreements", summary="Enter an agreement that no article told of", status_code=201)
def api_create_agreement(request: Request, new: Entry) -> Decision:
    """It stands in the register, marked as a person's."""
    return create_entry(get_store(request), NewEntry(who=visitor(request).name, **dict(new)))
