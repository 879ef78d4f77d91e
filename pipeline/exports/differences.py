"""What an upgrade of the extractor changed: records that came, went and changed between the extractions of two runs.

Records are compared by their ids, which hold no offsets; one whose id changed (another name was chosen) is found again by its
first words. How a value was found (rule, reasons, confidence) is no difference, and neither are offsets where the text is
another one.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field

from pipeline.records import Agreement, Claim, Entity, Extraction, Record

_HOW = frozenset({"rule", "why", "trigger", "confidence"})
_WHERE = frozenset({"start", "end"})
KINDS = ("agreement", "claim", "entity")
_Extracted = Agreement | Claim | Entity


class FieldChange(Record):
    """A field's value before and now, as JSON; ``id`` where the record was known under another one."""

    name: str
    before: Any
    after: Any


class RecordChange(Record):
    """A record that came, went or changed."""

    kind: Literal["agreement", "claim", "entity"]
    change: Literal["came", "went", "changed"]
    id: str
    article_id: str
    label: str
    fields: tuple[FieldChange, ...] = ()


class KindDiff(Record):
    """The changes of one kind of record, counted."""

    kind: str
    before: int = 0
    after: int = 0
    came: int = 0
    went: int = 0
    changed: int = 0
    fields: dict[str, int] = Field(default_factory=dict)  #: how many changed in it, most first


class RunDiff(Record):
    """What one run made otherwise than the other, in the articles that both have read."""

    before: str | None  #: the run; None: what stood before ``after`` replaced it
    after: str
    articles: int = 0  #: that are compared
    revised: int = 0  #: among them, those whose text is another one too
    only_before: int = 0  #: articles that the later run has not read
    only_after: int = 0
    kinds: tuple[KindDiff, ...] = ()
    changes: tuple[RecordChange, ...] = ()


def compare_extractions(before: Extraction, after: Extraction, *, is_revised: bool = False) -> list[RecordChange]:
    """The records that came, went or changed from one extraction of an article to another, kind by kind.

    Args:
        before: the one.
        after: the other.
        is_revised: the text is another one too, so that offsets say nothing.
    """
    ignored = _HOW | _WHERE if is_revised else _HOW
    changes: list[RecordChange] = []
    for kind in KINDS:
        old, new = find_records(before, kind), find_records(after, kind)
        same = [(each, new[each]) for each in old if each in new]
        renamed = _find_renamed([old[e] for e in old if e not in new], [new[e] for e in new if e not in old])
        pairs = [*((old[each], now) for each, now in same), *renamed]
        changes += _find_changed(kind, pairs, after.article_id, ignored)
        met = {each.id for pair in pairs for each in pair}
        changes += [_make_change(kind, "went", old[each], after.article_id) for each in old if each not in met]
        changes += [_make_change(kind, "came", new[each], after.article_id) for each in new if each not in met]
    return changes


def find_records(extraction: Extraction, kind: str) -> Mapping[str, _Extracted]:
    """The records of one of :data:`KINDS`, by id."""
    found: dict[str, tuple[_Extracted, ...]] = {
        "agreement": extraction.agreements,
        "claim": extraction.claims,
        "entity": extraction.entities,
    }
    return {each.id: each for each in found[kind]}


def _find_renamed(gone: list[_Extracted], come: list[_Extracted]) -> list[tuple[_Extracted, _Extracted]]:
    """Records that stand for the same words under another id: their first words are the same."""
    by_words = {_first_words(each): each for each in reversed(come)}
    return [(each, by_words.pop(words)) for each in gone if (words := _first_words(each)) in by_words]


def _first_words(record: _Extracted) -> tuple[int, int, str]:
    spans = record.content if isinstance(record, Claim) else record.mentions
    return (spans[0].start, spans[0].end, spans[0].text) if spans else (-1, -1, record.id)


def _find_changed(
    kind: str, pairs: list[tuple[_Extracted, _Extracted]], article_id: str, ignored: frozenset[str]
) -> Iterator[RecordChange]:
    for old, new in pairs:
        before, after = _strip(old.model_dump(mode="json"), ignored), _strip(new.model_dump(mode="json"), ignored)
        fields = tuple(
            FieldChange(name=name, before=before[name], after=after[name])
            for name in before
            if before[name] != after[name]
        )
        if fields:
            yield _make_change(kind, "changed", new, article_id).model_copy(update={"fields": fields})


def _strip(value: Any, ignored: frozenset[str]) -> Any:  # noqa: ANN401 -- JSON
    """JSON without these keys, on every level."""
    if isinstance(value, dict):
        return {key: _strip(each, ignored) for key, each in value.items() if key not in ignored}
    return [_strip(each, ignored) for each in value] if isinstance(value, list) else value


def _make_change(kind: str, change: str, record: _Extracted, article_id: str) -> RecordChange:
    return RecordChange.model_validate(
        {"kind": kind, "change": change, "id": record.id, "article_id": article_id, "label": _say_label(record)}
    )


def _say_label(record: _Extracted) -> str:
    match record:
        case Agreement():
            return record.label
        case Claim():
            return " … ".join(span.text for span in record.content)
        case Entity():
            return record.canonical
