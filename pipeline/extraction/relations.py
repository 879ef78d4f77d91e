"""How likely two places of a text belong together: an agreement and an actor, an act, a figure, an earlier mention.

A pair is scored from the vectors of its two tokens (:mod:`pipeline.language.tagger`) and from how they stand to each other: how
many tokens apart, in the same sentence or paragraph, and over which path of the parse ("France [nsubj] signed [dobj] treaty").
The weights are trained with the encoder (:mod:`pipeline.training`) and applied here with numpy alone.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

import models
from pipeline.language.wordpieces import find_paragraphs

#: Upper bounds of the distances that are told apart: Fibonacci's, since near ones matter more.
_STEPS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 300)
DISTANCES = 2 * (len(_STEPS) + 1)
SAME_SENTENCE, SENTENCE_BEFORE, SENTENCE_AFTER, SAME_PARAGRAPH, ELSEWHERE = range(1, 6)
PLACES = 6
NO_PATH, RARE_PATH, FIRST_PATH = range(3)
APART, BEFORE_HEAD, BEHIND_HEAD, AROUND = range(4)  #: where the second stands to the phrase of the first
_COUNTS = (0, 1, 2, 4, 8)  #: upper bounds of the numbers of names that are told apart
#: spaCy's labels of dependencies in English; others are 0, as is a root.
_LABELS = (  # as one text, since a list of them fills a page
    "acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative dep det dobj "
    "expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct "
    "quantmod relcl xcomp"
)
_LABEL = {name: 1 + number for number, name in enumerate(_LABELS.split())}
#: What is known of a pair: how many values each fact has (None: as many as paths are known), and how wide it is learned.
#: ``shape`` is the path without its verb, ``down`` the part of it from the verb to the second, ``between`` and ``mentions``
#: count names, ``label`` and ``head_label`` are the dependencies of the second and of the first.
FEATURES: dict[str, tuple[int | None, int]] = {
    "distance": (DISTANCES, 16),
    "place": (PLACES, 12),
    "path": (None, 24),
    "shape": (None, 24),
    "down": (None, 16),
    "inside": (4, 8),
    "between": (len(_COUNTS) + 1, 8),
    "mentions": (len(_COUNTS) + 1, 8),
    "label": (len(_LABEL) + 1, 12),
    "head_label": (len(_LABEL) + 1, 12),
    "entity": (12, 8),
    "kind": (16, 8),
    "rule": (16, 12),
}
_MAX_STEPS = 6  #: up or down the tree; longer paths were each seen once
_MAX_SHOWN = 5
Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class Pair(NamedTuple):
    """Two tokens, and what is known of them."""

    first: int
    second: int
    entity: int = 0  #: type of the entity of the second: 0 none, then as enumerated
    kind: int = 0  #: of the agreement: 0 none, then as enumerated
    rule: int = 0  #: what the rules say of the two: 0 nothing, then as each relation counts it


@dataclass(frozen=True)
class Layout:
    """The sentence and the paragraph of each token of a Doc, and where its names stand."""

    doc: Doc
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]
    names: tuple[int, ...] = ()  #: the heads of all mentions of entities, in order
    mentions: dict[int, int] = field(default_factory=dict)  #: head of a mention -> how many its entity has


def read_layout(doc: Doc) -> Layout:
    """Number the sentences and paragraphs of a Doc, and index its entities."""
    sentences = [number for number, sent in enumerate(doc.sents) for _ in sent]
    heads = [(span.root.i, span.id_) for span in doc.spans.get("entities", ())]
    counts = Counter(key for _, key in heads)
    names = tuple(sorted({head for head, _ in heads}))
    return Layout(doc, tuple(sentences), tuple(find_paragraphs(doc)), names, {head: counts[key] for head, key in heads})


def describe_pairs(layout: Layout, pairs: Sequence[Pair], paths: dict[str, int]) -> Integers:
    """One row a pair (:data:`FEATURES`), each as the index of an embedding."""
    rows = [_describe(layout, pair, paths) for pair in pairs]
    return np.array(rows, dtype=np.int64).reshape(-1, len(FEATURES))


def _describe(layout: Layout, pair: Pair, paths: dict[str, int]) -> tuple[int, ...]:
    """The features of a pair, in the order of :data:`FEATURES`."""
    first, second = layout.doc[pair.first], layout.doc[pair.second]
    place = place_of(layout, pair)
    found = list_paths(first, second) if place == SAME_SENTENCE else ()
    path, shape, down = (paths.get(each, RARE_PATH) for each in found) if found else _NO_PATHS[place == SAME_SENTENCE]
    low, high = sorted((pair.first, pair.second))
    between = bisect_left(layout.names, high) - bisect_right(layout.names, low)
    return (
        bucket_of(pair.second - pair.first),
        place,
        path,
        shape,
        down,
        _inside(first, second) if place == SAME_SENTENCE else APART,
        _count_bucket(between),
        _count_bucket(layout.mentions.get(pair.second, 0)),
        _LABEL.get(second.dep_, 0),
        _LABEL.get(first.dep_, 0),
        pair.entity,
        pair.kind,
        pair.rule,
    )


_NO_PATHS = {False: (NO_PATH,) * 3, True: (RARE_PATH,) * 3}


def _inside(first: Token, second: Token) -> int:
    """Whether a word stands in another's phrase: "Norway's pact", "the pact of Norway"; or the other in its."""
    if first.left_edge.i <= second.i <= first.right_edge.i:
        return BEFORE_HEAD if second.i < first.i else BEHIND_HEAD
    return AROUND if second.left_edge.i <= first.i <= second.right_edge.i else APART


def _count_bucket(number: int) -> int:
    return next((i for i, most in enumerate(_COUNTS) if number <= most), len(_COUNTS))


def score_pairs(name: str, vectors: Floats, layout: Layout, pairs: Sequence[Pair]) -> Floats:
    """The logits (pairs x classes) of one trained relation: "party", "act", "figure" or "same".

    Args:
        name: of the relation.
        vectors: tokens x width, of the tagger.
        layout: of the same Doc.
        pairs: to be scored.
    """
    features = describe_pairs(layout, pairs, models.load_paths())
    part = _load_part(name)
    first = _project(vectors, [pair.first for pair in pairs], part["a.weight"], part["a.bias"])
    second = _project(vectors, [pair.second for pair in pairs], part["b.weight"], part["b.bias"])
    known = [part[f"tables.{each}.weight"][features[:, i]] for i, each in enumerate(FEATURES)]
    mixed = np.concatenate([first * second, first, second, *known], axis=1) @ part["mix.weight"].T + part["mix.bias"]
    scores: Floats = np.maximum(mixed, 0.0) @ part["out.weight"].T + part["out.bias"]
    return scores


def _load_part(name: str) -> dict[str, Floats]:
    whole = models.load_heads()
    return {key.removeprefix(f"{name}."): whole[key] for key in whole if key.startswith(f"{name}.")}


def _project(vectors: Floats, tokens: list[int], weight: Floats, bias: Floats) -> Floats:
    """The vectors of some tokens in the space where they are compared; each token once, since most stand in many pairs."""
    distinct, places = np.unique(tokens, return_inverse=True)
    projected: Floats = (vectors[distinct] @ weight.T + bias)[places]
    return projected


def bucket_of(distance: int) -> int:
    """The index of a distance in tokens, with its sign: -1 is 0, -2 is 1, …, and +1 is 13."""
    step = next((i for i, most in enumerate(_STEPS) if abs(distance) <= most), len(_STEPS))
    return step + (len(_STEPS) + 1 if distance > 0 else 0)


def place_of(layout: Layout, pair: Pair) -> int:
    """Where the second token stands, seen from the first: in its sentence, the one before or after, its paragraph, elsewhere."""
    apart = layout.sentences[pair.second] - layout.sentences[pair.first]
    near = {0: SAME_SENTENCE, -1: SENTENCE_BEFORE, 1: SENTENCE_AFTER}.get(apart)
    if near is not None:
        return near
    return SAME_PARAGRAPH if layout.paragraphs[pair.first] == layout.paragraphs[pair.second] else ELSEWHERE


def list_paths(first: Token, second: Token) -> tuple[str, str, str] | None:
    """The dependency path from one token to another of its sentence, its shape, and its last part; None where it is long.

    "treaty" -> "France" in "France signed the treaty": ``dobj/signnsubj``, ``dobj/nsubj``, ``<nsubj``; coordination is
    skipped, so every state of a list has the path of the first; prepositions are named: ``/prep:between>pobj``.
    """
    above = _climb(first)
    down: list[str] = []
    token = second
    while token.i not in above:
        if token.head.i == token.i or len(down) >= _MAX_STEPS:
            return None
        down.append(_label(token))
        token = token.head
    up = ">".join([label for label in above[token.i] if label != "conj"][:_MAX_SHOWN])
    back = ">".join([label for label in reversed(down) if label != "conj"][:_MAX_SHOWN])
    verb = token.lemma_.lower() if up and back and token.pos_ in {"VERB", "AUX"} else ""
    return f"{up}/{verb}{back}", f"{up}/{back}", f"<{back}"


def _climb(token: Token) -> dict[int, tuple[str, ...]]:
    """Each token above (and the token itself) with the labels on the way to it."""
    found: dict[int, tuple[str, ...]] = {token.i: ()}
    labels: tuple[str, ...] = ()
    while token.head.i != token.i and len(labels) < _MAX_STEPS:
        labels = (*labels, _label(token))
        token = token.head
        found[token.i] = labels
    return found


def _label(token: Token) -> str:
    return f"prep:{token.lower_}" if token.dep_ in {"prep", "agent"} else token.dep_
