"""Tasks for Prodigy and tools that read its JSONL: a paragraph, the places that are marked in it, and a person's answer."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from pipeline.enumerations import Review
from pipeline.exports.jsonl import write_lines
from pipeline.exports.marks import Mark, find_marks
from pipeline.records import Span
from pipeline.store.streams import Annotated

# Prodigy takes a task without an answer for an accepted one when it is loaded: what nobody decided must say "ignore".
_ANSWERS = {Review.ACCEPT: "accept", Review.REJECT: "reject", Review.UNSURE: "ignore", None: "ignore"}


def write_prodigy(out: BinaryIO, articles: Iterable[Annotated]) -> int:
    """Write one task a record and paragraph, rejected ones too; returns how many there are."""
    return write_lines(out, (task for annotated in articles for task in make_tasks(annotated)))


def make_tasks(annotated: Annotated) -> Iterator[dict[str, Any]]:
    """The tasks of an article: each has ``text``, ``spans`` (offsets in it), ``answer`` and, in ``meta``, where it is from."""
    for mark in find_marks(annotated, with_rejected=True):
        for start, end, spans in _by_paragraph(annotated.text, mark.spans):
            yield _make_task(annotated, mark, (start, end), spans)


def _make_task(annotated: Annotated, mark: Mark, place: tuple[int, int], spans: Sequence[Span]) -> dict[str, Any]:
    start, end = place
    article = annotated.article
    return {
        "text": annotated.text[start:end],
        "spans": [{"start": each.start - start, "end": each.end - start, "label": mark.label} for each in spans],
        "answer": _ANSWERS[mark.review],
        "meta": {
            "record": mark.record.id,
            "kind": mark.kind,
            "article": article.id,
            "start": start,
            "title": article.title,
            "is_decided": mark.review is not None,
            "corrected": mark.corrected,
        },
    }


def _by_paragraph(text: str, spans: Iterable[Span]) -> list[tuple[int, int, list[Span]]]:
    """The paragraphs (lines) that hold the spans, each with its own; one that runs over lines takes them all."""
    found: dict[tuple[int, int], list[Span]] = {}
    for span in spans:
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        found.setdefault((start, len(text) if end < 0 else end), []).append(span)
    return [(start, end, here) for (start, end), here in sorted(found.items())]
