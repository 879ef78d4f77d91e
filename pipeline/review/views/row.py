"""The page of one agreement: how it stands, what happened when, who is in it, where articles differ, and their words."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.errors import InputError
from pipeline.records import IsoDate, Span
from pipeline.review.asked import check_id
from pipeline.review.citation import cite_row
from pipeline.review.drawings.acts import draw_acts, say_event
from pipeline.review.links import find_pages
from pipeline.review.page import back, get_store, render
from pipeline.review.quoting import load_quotes
from pipeline.review.visitor import visitor
from pipeline.review.wording import WORDS
from pipeline.store.days import last_day
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.filters import DecisionFilter
from pipeline.store.records import find_row_id
from pipeline.store.register_rows import RegisterPage
from pipeline.store.row_pages import load_row
from pipeline.store.standing import load_standing
from pipeline.store.store import Store

router = APIRouter(include_in_schema=False)

Part = Literal["parties", "history", "differences", "due", "quotes"]
#: How much of each list the page shows, and a page of the list alone: 100 KiB hold either, quotes included.
_FIRST = {"parties": 16, "history": 20, "differences": 6, "due": 10, "quotes": 8}
_WHOLE = {"parties": 60, "history": 60, "differences": 15, "due": 50, "quotes": 50}
_DECISIONS = 30  # the latest
#: What else can be done with a row: the name of the route, and of what in its path is the row's id.
_LEADS = {"Merge with another": ("show_merge", "row_id"), "Split": ("show_split", "record_id")}
_DAY: TypeAdapter[str] = TypeAdapter(IsoDate)
_REVIEWS = {"accept": "Accepted.", "reject": "Rejected.", "unsure": "Said to be unsure.", "note": "Noted."}


class Piece(NamedTuple):
    """What of a row is asked for: all, or a page of one list."""

    part: Part | None = None
    before: str | None = None  #: of quotes: the observation before which to go on
    number: int = 1  #: of the others: which page


class Slice(NamedTuple):
    """What of a list is shown, with the number of its first."""

    items: Sequence[Any]
    first: int
    total: int
    before: int | None = None  #: the number of the page before this one
    after: int | None = None


@router.get("/register/{row_id}")
def show_row(request: Request, row_id: str) -> Response:
    """A row with the beginning of each list; what it was merged into answers for a row that is no more."""
    return _show(request, row_id, Piece())


@router.get("/register/{row_id}/{part}")
def show_row_part(request: Request, row_id: str, part: Part, before: str | None = None, page: int = 1) -> Response:
    """One list of a row alone, by the page; quotes go on ``before`` one of them."""
    return _show(request, row_id, Piece(part, before, max(page, 1)))


@router.post("/register/{row_id}/decide")
def decide_row(
    request: Request, row_id: str, action: Annotated[str, Form()], note: Annotated[str, Form()] = ""
) -> Response:
    """Accept or reject a row as a whole, say that one is unsure, or add a note."""
    if action not in _REVIEWS:
        raise InputError(f"“{action[:20]}” is no decision on a row: {', '.join(_REVIEWS)} are.")
    store, chosen = get_store(request), DecisionAction(action)
    value = note.replace("\0", "") if chosen is DecisionAction.NOTE else None
    record_id = find_row_id(store, check_id(row_id))
    done = decide(store, NewDecision(who=visitor(request).name, record_id=record_id, action=chosen, value=value))
    return back(request, f"/register/{done.decision.record_id}#decisions", said=_REVIEWS[action])


def _show(request: Request, row_id: str, piece: Piece) -> Response:
    store, day = get_store(request), _read_day(request.query_params.get("as_of", ""))
    full_id = find_row_id(store, check_id(row_id))
    if full_id != row_id:
        return _lead_on(request, full_id, piece)
    row = load_row(store, full_id, as_of=day, before=piece.before)
    slices = {name: _cut(row, name, piece) for name in _FIRST}
    today = last_day(day) if day else datetime.now(UTC).date()
    return render(
        request,
        "row_part.html" if piece.part else "row.html",
        row=row,
        part=piece.part,
        slices=slices,
        kept=f"?{urlencode({'as_of': day})}" if day else "",
        also=f"&{urlencode({'as_of': day})}" if day else "",
        quote=load_quotes(store, _find_words(slices)),
        say_event=say_event,
        **(_prepare_whole(request, store, row, today) if piece.part is None else {}),
        **WORDS,
    )


def _lead_on(request: Request, row_id: str, piece: Piece) -> Response:
    """The same page of another row; for now, since a merge can be taken back."""
    rest, query = (f"/{piece.part}" if piece.part else ""), request.url.query
    return RedirectResponse(f"/register/{row_id}{rest}" + (f"?{query}" if query else ""), status_code=307)


def _prepare_whole(request: Request, store: Store, row: RegisterPage, today: date) -> dict[str, Any]:
    """What only the page of the whole row has."""
    address = f"{request.base_url}register/{row.id}"
    with store.read() as connection:
        standing = load_standing(connection, [row.id, *(each.agreement_id for each in row.observations)])
    return {
        "drawing": draw_acts(row.history, row.due, today=today),
        "citation": cite_row(row, address, consulted=datetime.now(UTC).date()),
        "standing": standing,
        "decisions": load_decisions(store, DecisionFilter(record_id=row.id, limit=_DECISIONS))[::-1],
        "leads": find_pages(request, _LEADS, row.id),
        "place_of": lambda anchor: _find_place(row, anchor),
    }


def _read_day(as_of: str) -> str | None:
    try:
        return _DAY.validate_python(as_of.strip()) if as_of.strip() else None
    except ValidationError as error:
        raise InputError(
            f"“{as_of[:20]}” is no day; write it like 2025-09-12, a month like 2025-09, or a year."
        ) from error


def _cut(row: RegisterPage, name: str, piece: Piece) -> Slice:
    """The latest of each list, but for the parties and differences, which stand in their order."""
    part, number = piece.part, piece.number
    items: Sequence[Any] = row.observations if name == "quotes" else getattr(row, name)
    if name == "quotes":
        shown = items if part == name else items[-_FIRST[name] :]
        return Slice(shown, 0, row.observed)
    if part != name:
        first = max(len(items) - _FIRST[name], 0) if name == "history" else 0
        return Slice(items[first : first + _FIRST[name]] if part is None else (), first, len(items))
    size = _WHOLE[name]
    first = (number - 1) * size
    after = number + 1 if first + size < len(items) else None
    return Slice(items[first : first + size], first, len(items), number - 1 if number > 1 else None, after)


def _find_words(slices: dict[str, Slice]) -> list[tuple[str | None, Span | None]]:
    """What is quoted: one saying of each event, value and due day, and the words of parties and observations."""
    sayings = [each.sayings[0] for each in slices["history"].items if each.sayings]
    sayings += [value.sayings[0] for one in slices["differences"].items for value in one.values if value.sayings]
    sayings += [each.saying for each in slices["due"].items]
    told = [*sayings, *slices["parties"].items, *slices["quotes"].items]
    return [(each.article_id, each.quote) for each in told]


def _find_place(row: RegisterPage, anchor: str) -> str:
    """Where the line of a mark of the drawing stands: on this page, or in the list of all."""
    name, _, number = anchor.partition("-")
    part = "history" if name == "event" else "due"
    first = max(len(row.history) - _FIRST[part], 0) if part == "history" else 0
    if first <= int(number) < first + _FIRST[part]:
        return f"#{anchor}"
    as_of = f"&as_of={row.as_of}" if row.as_of else ""
    return f"/register/{row.id}/{part}?page={int(number) // _WHOLE[part] + 1}{as_of}#{anchor}"
