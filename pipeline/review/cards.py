"""A record as it stands beside the text: closed, with what a decision needs, or open, with every value and why it is so. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.corrections import PLACES as PLACE_FIELDS
from pipeline.corrections import find_again, plain_values
from pipeline.records import TRUSTED, Agreement, Claim, Entity, Mention, Span
from pipeline.review.fields import CONTROLS, PLACES, Control, Sort, find_sort, show_choice, show_value
from pipeline.review.marks import Mark
from pipeline.store.added_records import PERSON
from pipeline.store.reading import ReadRecord
from pipeline.store.standing_rows import Standing

_LONGEST_TITLE = 140  # of a claim: two lines of a card


class Why(NamedTuple):
    """The words that a value is read from, and what read them."""

    words: str
    start: int
    end: int
    rule: str | None
    confidence: float | None  #: its own, else its record's


class Value(NamedTuple):
    """A field of an open card."""

    control: Control
    value: Any  #: as JSON: the person's, else the machine's
    shown: str
    is_corrected: bool
    found: str  #: what the machine said
    review: str  #: of the field alone
    reasons: tuple[Why, ...]


class Place(NamedTuple):
    """Some words that a record stands on, with a few around them."""

    place: int  #: which of the record's it is, from 0
    start: int
    end: int
    words: str
    before: str
    after: str


class Card(NamedTuple):
    """A closed card."""

    number: int
    id: str
    sort: Sort
    title: str
    kind: str
    gist: str  #: what matters most, in one line
    review: str
    is_reopened: bool
    is_trusted: bool
    confidence: float | None
    rule: str | None
    decision: int  #: the newest one that is shown here, for who decides next
    start: int | None  #: of its first words; None where they are not found any more
    row_id: str | None
    is_added: bool

    @property
    def is_to_check(self) -> bool:
        """Whether a person should look at it: not sure enough to be trusted, or open again."""
        return self.is_reopened or (self.confidence is not None and not self.is_trusted)


def make_cards(records: Sequence[ReadRecord], text: str) -> list[Card]:
    """Cards in the order of the text, numbered from 1 through the whole article."""
    placed = sorted(((find_places(each, text), each) for each in records), key=lambda pair: _order(*pair))
    return [make_card(each, number, places) for number, (places, each) in enumerate(placed, 1)]


def make_card(read: ReadRecord, number: int, places: Sequence[Span]) -> Card:
    """One card; of a record whose places are not known here its own."""
    record, standing = read.record, read.standing
    sort, values = find_sort(record.id), load_values(record, standing)
    confidence = None if isinstance(record, Entity) else record.confidence
    return Card(
        number=number,
        id=record.id,
        sort=sort,
        title=_find_title(record, values, standing),
        kind=show_choice(values["kind" if sort == "agreement" else "type"]),
        gist=_say_gist(sort, values),
        review=standing.review.value if standing and standing.review else "",
        is_reopened=bool(standing and standing.is_reopened),
        is_trusted=confidence is None or confidence >= TRUSTED,
        confidence=confidence,
        rule=record.rule,
        decision=standing.decision if standing else 0,
        start=places[0].start if places else None,
        row_id=read.row_id,
        is_added=record.rule == PERSON,
    )


def make_marks(records: Iterable[tuple[int, ReadRecord]], text: str) -> list[Mark]:
    """The marks of numbered records; a claim's cue is marked with its content."""
    marks = []
    for number, read in records:
        review = read.standing.review.value if read.standing and read.standing.review else ""
        layer = find_sort(read.record.id)
        marks += [Mark(each.start, each.end, number, layer, review) for each in find_places(read, text)]
    return marks


def find_places(read: ReadRecord, text: str) -> list[Span]:
    """The places of a record, as a person left them, in the order of the text; what is not found any more is left out."""
    record, field = read.record, PLACES[find_sort(read.record.id)]
    corrected = read.standing.fields.get(field) if read.standing else None
    spans: Iterable[Span] = getattr(record, field)
    if corrected is not None:
        spans = (Mention.model_validate({**each, "flags": ()}) for each in corrected)
    found = (find_again(text, each) for each in spans)
    return sorted((each for each in found if each is not None), key=lambda each: each.start)


def show_places(places: Iterable[Span], text: str, *, around: int = 30) -> list[Place]:
    """Places with some words around them."""
    return [
        Place(
            index,
            each.start,
            each.end,
            each.text,
            text[max(0, each.start - around) : each.start],
            text[each.end : each.end + around],
        )
        for index, each in enumerate(places)
    ]


def find_cue(read: ReadRecord) -> Span | None:
    """The word that marks a claim as one, as a person left it; None for what is no claim, or has none."""
    if not isinstance(read.record, Claim):
        return None
    if read.standing and "cue" in read.standing.fields:
        given = read.standing.fields["cue"]
        return Span.model_validate(given) if given else None
    return read.record.cue


def load_values(record: Entity | Agreement | Claim, standing: Standing | None) -> dict[str, Any]:
    """The fields of a record as they hold now: a person's, else the machine's; without its places."""
    values = plain_values(record.id, record.model_dump(mode="json"))
    return values | {name: value for name, value in (standing.fields if standing else {}).items() if name in values}


def list_values(read: ReadRecord) -> list[Value]:
    """All fields of an open card."""
    record, standing = read.record, read.standing
    found, now = plain_values(record.id, record.model_dump(mode="json")), load_values(record, standing)
    reviews = standing.field_reviews if standing else {}
    return [
        Value(
            control=each,
            value=now[each.field],
            shown=show_value(now[each.field]),
            is_corrected=bool(standing and each.field in standing.fields),
            found=show_value(found[each.field]),
            review=reviews[each.field].value if each.field in reviews else "",
            reasons=_find_reasons(record, each.field),
        )
        for each in CONTROLS[find_sort(record.id)]
    ]


def _order(places: Sequence[Span], read: ReadRecord) -> tuple[bool, int, str]:
    return not places, places[0].start if places else 0, read.record.id


def _find_title(record: Entity | Agreement | Claim, values: Mapping[str, Any], standing: Standing | None) -> str:
    if isinstance(record, Claim):
        content = standing.fields.get("content") if standing else None
        texts = [each["text"] for each in content] if content else [each.text for each in record.content]
        title = " ".join(" … ".join(texts).split())
        return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"
    return str(values["label"] if isinstance(record, Agreement) else values["canonical"])


def _say_gist(sort: Sort, values: Mapping[str, Any]) -> str:
    if sort == "agreement":
        parts = [
            show_choice(values["status"] or ""),
            values["date"] or "",
            show_value(values["parties"]).removeprefix("–"),
        ]
    elif sort == "claim":
        said = [name for name in ("hedged", "negated") if values[name]]
        parts = [values["speaker"] or "nobody named", *said]
    else:
        parts = [values["iso"] or "", show_value(values["aliases"]).removeprefix("–")]
    return " · ".join(each for each in parts if each)


def _find_reasons(record: Entity | Agreement | Claim, field: str) -> tuple[Why, ...]:
    """The words of a value: its own where it is made of parts, those that a rule noted, else those that name the record."""
    sure = None if isinstance(record, Entity) else record.confidence
    found: list[tuple[Span, str | None, float | None]] = []
    if isinstance(record, Agreement | Claim):
        found += [(each, each.rule, sure) for each in record.why if each.field == field]
    parts = getattr(record, field) if field in {"parties", "acts", "figures", "due"} else ()
    for each in parts:
        own = getattr(each, "confidence", None)
        found.append((each, getattr(each, "rule", None) or record.rule, sure if own is None else own))
    if not found and field in {"status", "date"} and isinstance(record, Agreement):  # derived from what happened
        found = [(each, each.rule or record.rule, sure) for each in record.acts]
    if not found and field not in PLACE_FIELDS:
        found = [(each, record.rule, sure) for each in _find_own_words(record, field)]
    once = dict.fromkeys(Why(each.text, each.start, each.end, rule, confidence) for each, rule, confidence in found)
    return tuple(once)


def _find_own_words(record: Entity | Agreement | Claim, field: str) -> list[Span]:
    if isinstance(record, Claim):
        speaker = record.speaker
        if field == "speaker" and speaker and speaker.start is not None and speaker.end is not None and speaker.text:
            return [Span(start=speaker.start, end=speaker.end, text=speaker.text)]
        return [record.cue] if field == "type" and record.cue else []
    return list(record.mentions[:1]) if field in {"name", "label", "kind", "canonical", "type", "iso"} else []
