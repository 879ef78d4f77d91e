"""How likely two places of a text belong together: an agreement and an actor, an act, a figure, an earlier mention.

A pair is scored from the vectors of its two tokens (:mod:`pipeline.language.tagger`) and from how they stand to each other: how
many tokens apart, in the same sentence or paragraph, and over which path of the parse ("France [nsubj] signed [dobj] treaty").
The weights are trained with the encoder (:mod:`pipeline.training`) and applied here with numpy alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
FEATURES = ("distance", "place", "path", "entity", "kind", "rule")
NO_PATH, RARE_PATH, FIRST_PATH = range(3)
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
    """The sentence and the paragraph of each token of a Doc."""

    doc: Doc
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]


def read_layout(doc: Doc) -> Layout:
    """Number the sentences and paragraphs of a Doc."""
    sentences = [number for number, sent in enumerate(doc.sents) for _ in sent]
    return Layout(doc, tuple(sentences), tuple(find_paragraphs(doc)))


def describe_pairs(layout: Layout, pairs: Sequence[Pair], paths: dict[str, int]) -> Integers:
    """One row a pair (:data:`FEATURES`), each as the index of an embedding."""
    rows = []
    for pair in pairs:
        place = place_of(layout, pair)
        path = _path_index(layout, pair, place, paths)
        rows.append((bucket_of(pair.second - pair.first), place, path, pair.entity, pair.kind, pair.rule))
    return np.array(rows, dtype=np.int64).reshape(-1, len(FEATURES))


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
    known = [part[f"{each}.weight"][features[:, i]] for i, each in enumerate(FEATURES)]
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


def find_path(first: Token, second: Token) -> str | None:
    """The dependency path from one token to another of its sentence; None where it is long.

    "treaty" -> "France" in "France signed the treaty": ``dobj/signnsubj``; coordination is skipped, so every state of a list
    has the path of the first; prepositions are named: ``/prep:between>pobj``.
    """
    above = _climb(first)
    down: list[str] = []
    token = second
    while token.i not in above:
        if token.head.i == token.i or len(down) >= _MAX_STEPS:
            return None
        down.append(_label(token))
        token = token.head
    up = [label for label in above[token.i] if label != "conj"][:_MAX_SHOWN]
    back = [label for label in reversed(down) if label != "conj"][:_MAX_SHOWN]
    verb = token.lemma_.lower() if up and back and token.pos_ in {"VERB", "AUX"} else ""
    return ">".join(up) + "/" + verb + ">".join(back)


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


def _path_index(layout: Layout, pair: Pair, place: int, paths: dict[str, int]) -> int:
    if place != SAME_SENTENCE:
        return NO_PATH
    path = find_path(layout.doc[pair.first], layout.doc[pair.second])
    return RARE_PATH if path is None else paths.get(path, RARE_PATH)
