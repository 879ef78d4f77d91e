"""Reading an article: its text with marks, and its records beside it."""

from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import urlsplit

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from pipeline.enumerations import Role
from pipeline.errors import NotFoundError
from pipeline.records import TRUSTED, Span
from pipeline.review.cards import (
    Card,
    find_cue,
    find_places,
    list_values,
    make_card,
    make_cards,
    make_marks,
    show_places,
)
from pipeline.review.fields import POLARITIES
from pipeline.review.marks import Mark, Page, cut, find_page, find_pages, find_paragraphs, render_marks
from pipeline.review.page import get_store, render
from pipeline.review.visitor import visitor
from pipeline.store.history import load_steps
from pipeline.store.reading import Reading, RecordStory, load_reading, load_story

router = APIRouter()

_LAYERS = ("entity", "agreement", "claim")


class Paragraph(NamedTuple):
    """A paragraph of the text with its marks, as HTML."""

    start: int
    html: Markup


class Open(NamedTuple):
    """What an open card shows more than a closed one."""

    values: list[Any]
    places: list[Any]
    decisions: tuple[Any, ...]
    change: str  #: the field that is being changed, or "places" or "cue"
    cue: Span | None  #: of a claim


class Wanted(NamedTuple):
    """What of an article is asked for."""

    page: int | None = None
    record: str | None = None  #: whose card is open
    words: tuple[int, int] | None = None  #: what is pointed at
    number: int | None = None  #: the number of a record that is pointed at


@router.get("/articles/{article_id}")
def show_article(
    request: Request,
    article_id: str,
    page: int | None = None,
    record: str | None = None,
    at: Annotated[str | None, Query(pattern=r"^[0-9]{1,8}-[0-9]{1,8}$")] = None,
) -> Response:
    """An article: a page of its text, and beside it the records that begin there.

    ``show`` (several) leaves only some layers of marks, ``no`` points at a record by its number.
    """
    words = (int(at.partition("-")[0]), int(at.partition("-")[2])) if at else None
    number = request.query_params.get("no", "")
    wanted = Wanted(page, record, words, int(number[:9]) if number.isdecimal() else None)
    values = prepare_article(request, load_reading(get_store(request), article_id), wanted)
    shown = [each for each in request.query_params.getlist("show") if each in _LAYERS]
    return render(request, "article.html", shown=shown or _LAYERS, **values)


@router.get("/articles/{article_id}/records/{record_id}")
def show_record(
    request: Request,
    article_id: str,
    record_id: str,
    number: int = 0,
    part: Literal["open", "closed"] = "open",
) -> Response:
    """One record's card, open or closed; ``change`` names a field to be filled in, or ``places``."""
    story = load_story(get_store(request), record_id)
    if story.read.article_id != article_id:
        raise NotFoundError(f"{record_id} stands in another article: {story.read.article_id}.")
    return render(request, "_card.html", **prepare_card(request, story, number, is_open=part == "open"))


def prepare_article(request: Request, reading: Reading, wanted: Wanted) -> dict[str, Any]:
    """What the template of an article has."""
    text, cards = reading.text.text, make_cards(reading.records, reading.text.text)
    records = {each.record.id: each for each in reading.records}
    marks = make_marks(((card.number, records[card.id]) for card in cards), text)
    pages = find_pages(text, marks)
    here = _choose_page(pages, cards, wanted)
    shown = [each for each in cards if find_page(pages, each.start or 0) is here]
    if wanted.words:
        marks.append(Mark(wanted.words[0], wanted.words[1], 0, "words"))
    opened = records.get(wanted.record or "")
    return {
        "article": reading.text.article,
        "address": _find_link(reading.text.article.url, reading.text.article.address),
        "page": here,
        "pages": len(pages),
        "paragraphs": _render_page(text, here, marks),
        "groups": _group(shown),
        "total": len(shown),
        "decided": sum(bool(each.review) for each in shown),
        "trusted": TRUSTED,
        "opened": opened.record.id if opened else None,
        "open": _open(request, RecordStory(read=opened, text=text, decisions=())) if opened else None,
        **prepare_controls(request),
    }


def prepare_card(request: Request, story: RecordStory, number: int, *, is_open: bool) -> dict[str, Any]:
    """What the template of one card has."""
    return {
        "card": make_card(story.read, number, find_places(story.read, story.text)),
        "article_id": story.read.article_id,
        "open": _open(request, story) if is_open else None,
        **prepare_controls(request),
    }


def prepare_controls(request: Request) -> dict[str, Any]:
    """What every part with forms has: whether its visitor may decide, and what can be undone."""
    who = visitor(request)
    can_decide = who.role.includes(Role.REVIEWER)
    steps = load_steps(get_store(request), who.name) if can_decide else None
    return {"can_decide": can_decide, "steps": steps, "polarities": POLARITIES, "layers": _LAYERS}


def _open(request: Request, story: RecordStory) -> Open:
    places = show_places(find_places(story.read, story.text), story.text)
    return Open(
        list_values(story.read), places, story.decisions, request.query_params.get("change", ""), find_cue(story.read)
    )


def _choose_page(pages: list[Page], cards: list[Card], wanted: Wanted) -> Page:
    opened = next((each.start for each in cards if each.id == wanted.record or each.number == wanted.number), None)
    at = wanted.words[0] if wanted.words else opened
    if wanted.page is None and at is not None:
        return find_page(pages, at)
    return pages[min(max(wanted.page or 1, 1), len(pages)) - 1]


def _render_page(text: str, page: Page, marks: list[Mark]) -> list[Paragraph]:
    here = sorted(each for each in marks if each.start < page.end and each.end > page.start)
    part = text[page.start : page.end]
    places = [(page.start + start, page.start + end) for start, end in find_paragraphs(part)]
    return [
        Paragraph(start, render_marks(cut(text[start:end], _over(here, start, end), start=start)))
        for start, end in places
    ]


def _over(marks: list[Mark], start: int, end: int) -> list[Mark]:
    return [each for each in marks if each.start < end and each.end > start]


def _group(cards: list[Card]) -> list[tuple[str, str, list[Card]]]:
    """What is to be checked first, then what can be trusted; entities have no confidence, and stand last."""
    rest = [each for each in cards if not each.is_to_check]
    groups = [
        ("check", "To check", [each for each in cards if each.is_to_check]),
        ("trusted", "Trusted", [each for each in rest if each.sort != "entity"]),
        ("entities", "Entities", [each for each in rest if each.sort == "entity"]),
    ]
    return [group for group in groups if group[2]]


def _find_link(*addresses: str | None) -> str | None:
    """The first address that a browser may open: nobody is led to what is a script or a file of the server."""
    return next((each for each in addresses if each and urlsplit(each).scheme in {"http", "https"}), None)
