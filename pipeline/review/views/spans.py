"""Marking words by hand: a record that was missed, and the places that a record stands on."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import APIRouter, BackgroundTasks, Query
from pydantic import BaseModel, Field
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.errors import InputError, NotFoundError
from pipeline.jobs.link import link_register
from pipeline.records import Span
from pipeline.review.cards import make_cards
from pipeline.review.editing import (
    add_place,
    find_words,
    list_same,
    load_places,
    remove_place,
    replace_place,
    take_span,
)
from pipeline.review.fields import CONTROLS, PLACES, SORTS, Sort, find_sort, read_values
from pipeline.review.forms import Sent, number_of, text_of
from pipeline.review.page import back, get_store, render
from pipeline.review.views.article import prepare_controls
from pipeline.review.visitor import visitor
from pipeline.store.additions import NewAddition, add_record
from pipeline.store.decisions import decide, decide_all
from pipeline.store.places import load_article_text
from pipeline.store.reading import load_read_record, load_reading

router = APIRouter()


class Words(BaseModel):
    """Words of an article, by their place or as they are written, and what they are to be."""

    sort: Sort = "entity"
    start: Annotated[int, Field(ge=0, le=99_999_999)] = 0
    end: Annotated[int, Field(ge=0, le=99_999_999)] = 0
    words: Annotated[str, Field(max_length=2000)] = ""


@router.get("/articles/{article_id}/add")
def show_addition(request: Request, article_id: str, words: Annotated[Words, Query()]) -> Response:
    """The form for a record that was missed, on words that are marked or written down."""
    text = load_article_text(get_store(request), article_id)
    said = words.words.strip()
    span = find_words(text, said, near=words.start) if said else take_span(text, words.start, words.end)
    values: dict[str, Any] = {
        "article_id": article_id,
        "sort": words.sort,
        "span": span,
        "fields": CONTROLS[words.sort],
    }
    same = [each for each in list_same(text, span.text) if each.start != span.start]
    around = text[max(0, span.start - 60) : span.start], text[span.end : span.end + 60]
    return render(request, "article_add.html", same=len(same), around=around, **values, **prepare_controls(request))


@router.post("/articles/{article_id}/add")
def add_to_article(request: Request, article_id: str, form: Sent, later: BackgroundTasks) -> Response:
    """Add a record that was missed; the register is linked anew once the answer is given."""
    sort, store = _read_sort(text_of(form, "sort")), get_store(request)
    text = load_article_text(store, article_id)
    span = take_span(text, number_of(form, "start"), number_of(form, "end"))
    places: tuple[Span, ...] = (span,)
    if text_of(form, "same") and sort != "claim":
        places = tuple(sorted({span, *list_same(text, span.text)}, key=lambda each: each.start))
    new = NewAddition(
        who=visitor(request).name, article_id=article_id, sort=sort, values=read_values(sort, form), places=places
    )
    made = add_record(store, new)
    later.add_task(link_register, store)
    return _go_back(request, article_id, made.record_id, f"Added “{span.text[:60]}”.")


@router.post("/articles/{article_id}/places")
def change_places(request: Request, article_id: str, form: Sent) -> Response:
    """Mark more words for a record, others instead of some, or fewer; or have them belong to another record."""
    record_id, change = text_of(form, "record_id"), text_of(form, "change")
    if change not in _CHANGES:
        raise InputError(f"“{change[:20]}” is no change of a place: {', '.join(_CHANGES)} are.")
    text = load_article_text(get_store(request), article_id)
    said = _CHANGES[change](request, form, record_id, text)
    return _go_back(request, article_id, record_id, said)


def _add(request: Request, form: FormData, record_id: str, text: str) -> str:
    span = _read_span(form, text)
    _save(request, form, record_id, add_place(_load(request, record_id), span))
    return f"“{span.text[:60]}” is marked."


def _resize(request: Request, form: FormData, record_id: str, text: str) -> str:
    """The place of an index, or, of words that were marked in the text, the one that stands nearest."""
    places = _load(request, record_id)
    if text_of(form, "index"):
        index = number_of(form, "index")
        span = _read_span(form, text, near=places[index]["start"] if index < len(places) else 0)
    else:
        span = _read_span(form, text)
        index = min(range(len(places)), key=lambda at: abs(places[at]["start"] - span.start))
    _save(request, form, record_id, replace_place(places, index, span))
    return f"It is “{span.text[:60]}” now."


def _remove(request: Request, form: FormData, record_id: str, text: str) -> str:
    del text
    _save(request, form, record_id, remove_place(_load(request, record_id), number_of(form, "index")))
    return "It is marked no more."


def _move(request: Request, form: FormData, record_id: str, text: str) -> str:
    """From one record to another, whatever their sorts; a record that nothing is left of is rejected. One step to undo."""
    del text
    to_id, index = _find_numbered(request, record_id, number_of(form, "to_number")), number_of(form, "index")
    places = _load(request, record_id)
    if not 0 <= index < len(places) or to_id == record_id:
        raise InputError("Say which place is to belong to which other record.")
    span = Span(**{name: places[index][name] for name in Span.model_fields})
    batch = f"move-{uuid4().hex[:12]}"
    who = visitor(request).name
    leave: dict[str, Any] = {"action": DecisionAction.REJECT}
    if len(places) > 1:
        field = PLACES[find_sort(record_id)]
        leave = {"action": DecisionAction.CORRECT, "field": field, "value": remove_place(places, index)}
    come: dict[str, Any] = {"field": PLACES[find_sort(to_id)], "value": add_place(_load(request, to_id), span)}
    decide_all(
        get_store(request),
        [
            NewDecision(who=who, record_id=record_id, batch=batch, **leave),
            NewDecision(who=who, record_id=to_id, batch=batch, action=DecisionAction.CORRECT, **come),
        ],
    )
    return f"“{span.text[:60]}” belongs to another record now."


def _set_cue(request: Request, form: FormData, record_id: str, text: str) -> str:
    """The words that mark a claim as one; none, where none are given."""
    if find_sort(record_id) != "claim":
        raise InputError("Only a claim has a cue.")
    is_empty = not text_of(form, "words") and not number_of(form, "end")
    near = _load(request, record_id)[0]["start"]
    span = None if is_empty else _read_span(form, text, near=near)
    _correct(request, form, record_id, "cue", span.model_dump() if span else None)
    return f"Its cue is “{span.text[:60]}” now." if span else "It has no cue now."


_CHANGES = {"add": _add, "resize": _resize, "remove": _remove, "move": _move, "cue": _set_cue}


def _read_sort(sort: str) -> Sort:
    found = next((each for each in SORTS.values() if each == sort), None)
    if found is None:
        raise InputError(f"“{sort[:20]}” is no sort of record: {', '.join(SORTS.values())} are.")
    return found


def _read_span(form: FormData, text: str, *, near: int = 0) -> Span:
    """The words that were marked with the mouse or by keys, or those that were written down, nearest to where they were."""
    if words := text_of(form, "words"):
        return find_words(text, words, near=near)
    return take_span(text, number_of(form, "start"), number_of(form, "end"))


def _find_numbered(request: Request, record_id: str, number: int) -> str:
    """The record that bears a number beside the text of the same article."""
    store = get_store(request)
    reading = load_reading(store, load_read_record(store, record_id).article_id)
    cards = make_cards(reading.records, reading.text.text)
    if not 1 <= number <= len(cards):
        raise InputError(f"There is no record {number}: they are numbered from 1 to {len(cards)}.")
    return cards[number - 1].id


def _load(request: Request, record_id: str) -> list[dict[str, Any]]:
    return load_places(load_read_record(get_store(request), record_id))


def _save(request: Request, form: FormData, record_id: str, places: list[dict[str, Any]]) -> None:
    _correct(request, form, record_id, PLACES[find_sort(record_id)], places)


def _correct(request: Request, form: FormData, record_id: str, field: str, value: object) -> None:
    new = NewDecision(
        who=visitor(request).name,
        record_id=record_id,
        action=DecisionAction.CORRECT,
        field=field,
        value=value,
        expected=number_of(form, "expected") if text_of(form, "expected") else None,
    )
    decide(get_store(request), new)


def _go_back(request: Request, article_id: str, record_id: str, said: str) -> Response:
    try:
        load_read_record(get_store(request), record_id)
    except NotFoundError:
        return back(request, f"/articles/{article_id}", said=said)
    return back(request, f"/articles/{article_id}?{urlencode({'record': record_id})}#record", said=said)
