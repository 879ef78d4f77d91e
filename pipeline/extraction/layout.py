"""Where the words of a Doc stand to each other: sentences, paragraphs, and the paths of the parse, read once and kept as lists.

Thousands of pairs of words are asked about in one article, and spaCy makes an object for each word that is looked at: of the
time that pairs took, half went there.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from spacy.tokens import Doc

from pipeline.language.wordpieces import find_paragraphs

SAME_SENTENCE, SENTENCE_BEFORE, SENTENCE_AFTER, SAME_PARAGRAPH, ELSEWHERE = range(1, 6)
PLACES = 6
APART, BEFORE_HEAD, BEHIND_HEAD, AROUND = range(4)  #: where the second stands to the phrase of the first
_MAX_STEPS = 6  #: up or down the tree; longer paths were each seen once
_MAX_SHOWN = 5
Climb = dict[int, tuple[str, ...]]  #: each token above (and the token itself) with the labels on the way to it


@dataclass(frozen=True)
class Layout:
    """The sentence and the paragraph of each token of a Doc, its head and dependency, and where the names stand."""

    doc: Doc
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]
    names: tuple[int, ...] = ()  #: the heads of all mentions of entities, in order
    mentions: dict[int, int] = field(default_factory=dict)  #: head of a mention -> how many its entity has
    heads: Sequence[int] = ()  #: of each token; a root's is itself
    dependencies: Sequence[str] = ()
    climbs: dict[int, Climb] = field(default_factory=dict)  #: of the tokens that were asked about
    edges: dict[int, tuple[int, int]] = field(default_factory=dict)  #: first and last token of their phrases, likewise


def read_layout(doc: Doc) -> Layout:
    """Number the sentences and paragraphs of a Doc, and index its words and entities."""
    sentences = tuple(number for number, sent in enumerate(doc.sents) for _ in range(sent.start, sent.end))
    heads = [(span.root.i, span.id_) for span in doc.spans.get("entities", ())]
    counts = Counter(key for _, key in heads)
    table = doc.to_array(["HEAD", "DEP"])
    above = (np.arange(len(doc)) + table[:, 0].astype(np.int64)).tolist()  # kept as the distance to it, modulo 2**64
    labels = {number: doc.vocab.strings[number] for number in set(table[:, 1].tolist())}
    return Layout(
        doc,
        sentences,
        tuple(find_paragraphs(doc)),
        names=tuple(sorted({head for head, _ in heads})),
        mentions={head: counts[key] for head, key in heads},
        heads=above,
        dependencies=[labels[number] for number in table[:, 1].tolist()],
    )


def place_of(layout: Layout, first: int, second: int) -> int:
    """Where the second token stands, seen from the first: in its sentence, the one before or after, its paragraph, elsewhere."""
    apart = layout.sentences[second] - layout.sentences[first]
    near = _NEAR.get(apart)
    if near is not None:
        return near
    return SAME_PARAGRAPH if layout.paragraphs[first] == layout.paragraphs[second] else ELSEWHERE


_NEAR = {0: SAME_SENTENCE, -1: SENTENCE_BEFORE, 1: SENTENCE_AFTER}


def list_paths(layout: Layout, first: int, second: int) -> tuple[str, str, str] | None:
    """The dependency path from one token to another of its sentence, its shape, and its last part; None where it is long.

    "treaty" -> "France" in "France signed the treaty": ``dobj/signnsubj``, ``dobj/nsubj``, ``<nsubj``; coordination is
    skipped, so every state of a list has the path of the first; prepositions are named: ``/prep:between>pobj``.
    """
    above = _climb(layout, first)
    down: list[str] = []
    token = second
    while token not in above:
        if layout.heads[token] == token or len(down) >= _MAX_STEPS:
            return None
        down.append(_label(layout, token))
        token = layout.heads[token]
    up = ">".join([label for label in above[token] if label != "conj"][:_MAX_SHOWN])
    back = ">".join([label for label in reversed(down) if label != "conj"][:_MAX_SHOWN])
    verb = _verb(layout.doc, token) if up and back else ""
    return f"{up}/{verb}{back}", f"{up}/{back}", f"<{back}"


def where_inside(layout: Layout, first: int, second: int) -> int:
    """Whether a word stands in another's phrase: "Norway's pact", "the pact of Norway"; or the other in its."""
    left, right = _edges(layout, first)
    if left <= second <= right:
        return BEFORE_HEAD if second < first else BEHIND_HEAD
    left, right = _edges(layout, second)
    return AROUND if left <= first <= right else APART


def _climb(layout: Layout, token: int) -> Climb:
    known = layout.climbs.get(token)
    if known is not None:
        return known
    found: Climb = {token: ()}
    layout.climbs[token] = found
    labels: tuple[str, ...] = ()
    while layout.heads[token] != token and len(labels) < _MAX_STEPS:
        labels = (*labels, _label(layout, token))
        token = layout.heads[token]
        found[token] = labels
    return found


def _label(layout: Layout, token: int) -> str:
    label = layout.dependencies[token]
    return f"prep:{layout.doc[token].lower_}" if label in {"prep", "agent"} else label


def _verb(doc: Doc, token: int) -> str:
    word = doc[token]
    return word.lemma_.lower() if word.pos_ in {"VERB", "AUX"} else ""


def _edges(layout: Layout, token: int) -> tuple[int, int]:
    known = layout.edges.get(token)
    if known is None:
        word = layout.doc[token]
        known = layout.edges[token] = (word.left_edge.i, word.right_edge.i)
    return known
