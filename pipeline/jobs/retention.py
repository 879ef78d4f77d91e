"""Keeping quotes only: after so many days fetched bytes are let go, and of texts all but the words that records point at."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from pipeline.jobs.counts import Counts
from pipeline.settings import Settings
from pipeline.store.retention import (
    Whole,
    count_due,
    drop_quarantined,
    drop_raws,
    load_whole,
    save_quotes,
)
from pipeline.store.store import Store, now
from pipeline.store.upkeep import note_upkeep

# A quote is read in its sentence; of one without an end (a list, a table) so many characters on either side.
_MOST_AROUND = 300
_END = re.compile(r"[.!?][\"'”’)\]]*\s|\n")


class KeptCounts(Counts):
    """What was let go."""

    raws: int = 0  #: fetched articles whose bytes are gone
    texts: int = 0  #: texts of which the quotes are left


def find_due(store: Store, *, settings: Settings) -> KeptCounts:
    """What is older than ``ENTENTE_KEEP_TEXT_DAYS`` and still there whole; nothing where everything is kept."""
    if settings.keep_text_days is None:
        return KeptCounts()
    raws, texts = count_due(store, _find_bound(settings.keep_text_days))
    return KeptCounts(raws=raws, texts=texts)


def keep_quotes(store: Store, *, settings: Settings) -> KeptCounts:
    """Let go of what is older than ``ENTENTE_KEEP_TEXT_DAYS``; in short transactions, so that a killed run goes on later.

    What cannot be had back without the text is read no more: such an article keeps what was extracted from it.
    """
    if settings.keep_text_days is None:
        return KeptCounts()
    before, texts, raws = _find_bound(settings.keep_text_days), 0, 0
    while whole := load_whole(store, before):
        texts += save_quotes(store, {each.key: keep_quoted(each) for each in whole})
    while dropped := drop_raws(store, before):
        raws += dropped
    counts = KeptCounts(raws=raws + drop_quarantined(store, before), texts=texts)
    note_upkeep(store, "retention", {"days": settings.keep_text_days, **counts.numbers()})
    return counts


def keep_quoted(whole: Whole) -> str:
    """A text of the same length in which only quotes are left: sentences with agreements and claims, and names.

    Example: ``"France signed the Lyon Pact. It rained."`` becomes ``"France signed the Lyon Pact.           "``.
    """
    kept = [span for record in whole.entities for span in find_spans(record)]
    sentences = [span for record in whole.statements for span in find_spans(record)]
    kept += [_widen(whole.text, start, end) for start, end in sentences]
    pieces, place = [], 0
    for start, end in sorted(kept):
        if end > place:
            pieces += [_blank(whole.text[place:start]), whole.text[max(start, place) : end]]
            place = end
    return "".join([*pieces, _blank(whole.text[place:])])


def find_spans(record: object) -> Iterator[tuple[int, int]]:
    """The places in the text that a record, or any part of it, points at."""
    if isinstance(record, Mapping):
        start, end = record.get("start"), record.get("end")
        if isinstance(start, int) and isinstance(end, int):
            yield start, end
        yield from _find_in(record.values())
    elif isinstance(record, list):
        yield from _find_in(record)


def _find_in(parts: Iterable[object]) -> Iterator[tuple[int, int]]:
    for part in parts:
        yield from find_spans(part)


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with the sentence it stands in."""
    first = max(0, start - _MOST_AROUND)
    ends = [found.end() for found in _END.finditer(text, first, start)]
    after = _END.search(text, max(start, end - 1), end + _MOST_AROUND)
    return (ends[-1] if ends else first), (after.end() if after else min(len(text), end + _MOST_AROUND))


def _blank(text: str) -> str:
    """Blanks, and the ends of lines: paragraphs stay what they are."""
    return re.sub(r"[^\n]", " ", text)


def _find_bound(days: int) -> datetime:
    return now() - timedelta(days=days)
