"""spaCy's DocBin: articles as tokenised Docs with our records as span groups, for training and for displaCy.

The one place outside of language, extraction and training that imports spaCy.
"""

from collections.abc import Iterable
from typing import BinaryIO

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from pipeline.exports.marks import Mark, find_marks
from pipeline.store.streams import Annotated

_GROUPS = {"entity": "entities", "agreement": "agreements", "claim": "claims"}


def write_docbin(out: BinaryIO, articles: Iterable[Annotated], *, with_rejected: bool = False) -> int:
    """Write articles as one DocBin; returns how many there are.

    The format is written in one piece: some 260 kB of memory an article (110 articles of 3,400
    characters), so large stores are exported by filters.
    """
    nlp = spacy.blank("en")
    docs = DocBin(attrs=["ENT_IOB", "ENT_TYPE", "ENT_KB_ID"], store_user_data=True)
    for annotated in articles:
        docs.add(make_doc(nlp, annotated, with_rejected=with_rejected))
    out.write(docs.to_bytes())
    return len(docs)


def make_doc(nlp: Language, annotated: Annotated, *, with_rejected: bool = False) -> Doc:
    """An article as a Doc: ``spans["entities"]``, ``["agreements"]``, ``["claims"]``, ``ents``; its facts in ``user_data``.

    A span's label is the record's type or kind, its id the record's. Where a record begins or ends inside of a token, the
    span is widened to whole tokens; ``user_data["records"]`` has each record with its exact offsets.
    """
    doc = nlp.make_doc(annotated.text)
    marks = list(find_marks(annotated, with_rejected=with_rejected))
    for kind, group in _GROUPS.items():
        doc.spans[group] = [span for mark in marks if mark.kind == kind for span in _make_spans(doc, mark)]
    doc.ents = filter_spans(list(doc.spans["entities"]))
    article = annotated.article
    doc.user_data = {
        "article": {"id": article.id, "title": article.title, "published": article.published, "url": article.url},
        "fingerprint": annotated.extraction.fingerprint,
        "records": {mark.record.id: mark.record.model_dump(mode="json") for mark in marks},
        "reviews": {mark.record.id: str(mark.review) for mark in marks if mark.review is not None},
    }
    return doc


def _make_spans(doc: Doc, mark: Mark) -> list[Span]:
    found = (
        doc.char_span(each.start, each.end, label=mark.label, span_id=mark.record.id, alignment_mode="expand")
        for each in mark.spans
    )
    return [span for span in found if span is not None]
