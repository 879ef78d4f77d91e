"""An article as one reads it, for programs: its marks as pieces that never overlap, and adding what the extractor missed."""

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from pipeline.decisions import Decision
from pipeline.jobs.link import link_register
from pipeline.records import Span
from pipeline.review.api.articles import ArticleId
from pipeline.review.api.decisions import Batch, Json
from pipeline.review.cards import make_cards, make_marks
from pipeline.review.marks import cut
from pipeline.review.page import get_store
from pipeline.review.visitor import visitor
from pipeline.store.additions import NewAddition, add_record
from pipeline.store.articles import load_article
from pipeline.store.reading import load_reading
from pipeline.store.row import Row

router = APIRouter(prefix="/api/v1", tags=["articles"])


class TextMark(Row):
    """Some words of a record."""

    start: int
    end: int
    layer: str  #: entity, agreement or claim
    record_id: str
    review: str  #: what a person decided of the record; empty where nobody did


class TextPiece(Row):
    """A run of text that the same records' words cover."""

    start: int
    text: str
    record_ids: tuple[str, ...]


class Marks(Row):
    """The marks of an article's text, and the text as pieces that never overlap: put together they are the text."""

    article_id: str
    marks: tuple[TextMark, ...]
    pieces: tuple[TextPiece, ...]


class Addition(Row):
    """A record that the extractor missed."""

    sort: Literal["entity", "agreement", "claim"]
    values: Json = Field(examples=[{"name": "Arden Treaty", "kind": "treaty", "status": "signed"}])
    places: tuple[Span, ...] = Field(
        min_length=1,
        max_length=200,
        description="its words as they stand in the text",
        examples=[[{"start": 31, "end": 43, "text": "Arden Treaty"}]],
    )
    batch: Batch = None


@router.get("/articles/{article_id}/marks", summary="An article's text with its marks")
def api_list_marks(request: Request, article_id: ArticleId) -> Marks:
    """Nested and crossing spans as pieces; what was corrected counts."""
    store = get_store(request)
    reading = load_reading(store, load_article(store, article_id).article.id)
    text = reading.text.text
    records = {each.record.id: each for each in reading.records}
    ids = {card.number: card.id for card in make_cards(reading.records, text)}
    marks = make_marks(((number, records[record_id]) for number, record_id in ids.items()), text)
    pieces = cut(text, marks)
    return Marks(
        article_id=reading.text.article.id,
        marks=tuple(
            TextMark(start=each.start, end=each.end, layer=each.layer, record_id=ids[each.number], review=each.review)
            for each in sorted(marks)
        ),
        pieces=tuple(
            TextPiece(start=each.start, text=each.text, record_ids=tuple(ids[mark.number] for mark in each.marks))
            for each in pieces
        ),
    )


@router.post("/articles/{article_id}/records", summary="Add a record that the extractor missed", status_code=201)
def api_add_record(request: Request, article_id: ArticleId, new: Addition) -> Decision:
    """A decision that can be undone; an agreement is linked into the register at once."""
    store = get_store(request)
    full_id = load_article(store, article_id).article.id
    made = add_record(store, NewAddition(who=visitor(request).name, article_id=full_id, **_take(new)))
    if new.sort == "agreement":
        link_register(store)
    return made


def _take(new: Addition) -> dict[str, Any]:
    """Its parts; an agreement is called by its name or, where it has none, by its first words."""
    label = {"label": new.values.get("name") or new.places[0].text} if new.sort == "agreement" else {}
    return {"sort": new.sort, "values": label | new.values, "places": new.places, "batch": new.batch}
