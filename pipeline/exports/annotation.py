"""W3C Web Annotation (JSON-LD): each record as an annotation of the words it stands on, by quote and by position.

https://www.w3.org/TR/annotation-model/ . The document is one annotation page; nothing is fetched to write or to read it.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pipeline.exports.marks import Mark, find_marks
from pipeline.exports.text import open_text
from pipeline.records import Span
from pipeline.store.streams import Annotated

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Characters before and after a quote, by which it is found in a page whose offsets are others: what the W3C's examples and
# Hypothesis use.
_AROUND = 32


def write_annotations(out: BinaryIO, articles: Iterable[Annotated], *, with_rejected: bool = False) -> int:
    """Write one annotation page, annotation by annotation; returns how many there are."""
    number = 0
    with open_text(out) as lines:
        lines.write(f'{{"@context": "{_CONTEXT}", "type": "AnnotationPage", "items": [')
        for number, each in enumerate(_annotate(articles, with_rejected=with_rejected), 1):
            lines.write((",\n" if number > 1 else "\n") + json.dumps(each, ensure_ascii=False))
        lines.write("\n]}\n")
    return number


def make_annotation(annotated: Annotated, mark: Mark) -> dict[str, Any]:
    """One record as an annotation; a claim in several pieces, or an entity named often, has several targets.

    The body is the record as JSON; its kind stands as a tag beside it, and what a person decided as an assessment.
    """
    values = mark.record.model_dump(mode="json") | mark.corrected
    bodies = [
        {"type": "TextualBody", "purpose": "tagging", "value": mark.label},
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "application/json",
            "value": json.dumps(values, ensure_ascii=False),
        },
    ]
    if mark.review is not None:
        bodies.append({"type": "TextualBody", "purpose": "assessing", "value": str(mark.review)})
    return {
        "id": f"urn:entente:{mark.record.id}",
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": "Entente", "version": annotated.extraction.fingerprint},
        "body": bodies,
        "target": [_make_target(annotated, span) for span in mark.spans],
    }


def _annotate(articles: Iterable[Annotated], *, with_rejected: bool) -> Iterator[dict[str, Any]]:
    for annotated in articles:
        for mark in find_marks(annotated, with_rejected=with_rejected):
            yield make_annotation(annotated, mark)


def _make_target(annotated: Annotated, span: Span) -> dict[str, Any]:
    article, text = annotated.article, annotated.text
    address = article.url or article.address
    is_web = address.startswith(("http://", "https://"))
    return {
        "source": address if is_web else f"urn:entente:{article.id}",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.text,
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
