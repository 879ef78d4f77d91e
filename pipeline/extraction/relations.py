"""How likely two places of a text belong together: an agreement and an actor, an act, a figure, an earlier mention.

A pair is scored from the vectors of its two tokens (:mod:`pipeline.language.tagger`) and from how they stand to each other: how
many tokens apart, in the same sentence or paragraph, and over which path of the parse ("France [nsubj] signed [dobj] treaty").
The weights are trained with the encoder (:mod:`pipeline.training`) and applied here with numpy alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import models
from pipeline.extraction.layout import (
    APART,
    PLACES,
    SAME_SENTENCE,
    Layout,
    list_paths,
    place_of,
    where_inside,
)

#: Upper bounds of the distances that are told apart: Fibonacci's, since near ones matter more.
_STEPS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 300)
DISTANCES = 2 * (len(_STEPS) + 1)
#: Pairs scored in one product: an article has some six hundred of parties, a book hundreds of thousands, at 3 kB each.
_AT_ONCE = 4096
NO_PATH, RARE_PATH, FIRST_PATH = range(3)
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
_PATHS = {name for name, (values, _) in FEATURES.items() if values is None}
_SMALL = [place for place, name in enumerate(FEATURES) if name not in _PATHS]
Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class Pair(NamedTuple):
    """Two tokens, and what is known of them."""

    first: int
    second: int
    entity: int = 0  #: type of the entity of the second: 0 none, then as enumerated
    kind: int = 0  #: of the agreement: 0 none, then as enumerated
    rule: int = 0  #: what the rules say of the two: 0 nothing, then as each relation counts it


def describe_pairs(layout: Layout, pairs: Sequence[Pair], paths: dict[str, int]) -> Integers:
    """One row a pair (:data:`FEATURES`), each as the index of an embedding."""
    rows = [_describe(layout, pair, paths) for pair in pairs]
    return np.array(rows, dtype=np.int64).reshape(-1, len(FEATURES))


def _describe(layout: Layout, pair: Pair, paths: dict[str, int]) -> tuple[int, ...]:
    """The features of a pair, in the order of :data:`FEATURES`."""
    first, second = pair.first, pair.second
    place = place_of(layout, first, second)
    path = shape = down = NO_PATH
    inside = APART
    if place == SAME_SENTENCE:
        found = list_paths(layout, first, second)
        path, shape, down = [paths.get(each, RARE_PATH) for each in found] if found else (RARE_PATH,) * 3
        inside = where_inside(layout, first, second)
    low, high = (first, second) if first < second else (second, first)
    between = bisect_left(layout.names, high) - bisect_right(layout.names, low)
    return (
        bucket_of(second - first),
        place,
        path,
        shape,
        down,
        inside,
        bisect_left(_COUNTS, between),
        bisect_left(_COUNTS, layout.mentions.get(second, 0)),
        _LABEL.get(layout.dependencies[second], 0),
        _LABEL.get(layout.dependencies[first], 0),
        pair.entity,
        pair.kind,
        pair.rule,
    )


def bucket_of(distance: int) -> int:
    """The index of a distance in tokens, with its sign: -1 is 0, -2 is 1, …, and +1 is 13."""
    return bisect_left(_STEPS, abs(distance)) + (len(_STEPS) + 1 if distance > 0 else 0)


def score_pairs(name: str, vectors: Floats, layout: Layout, pairs: Sequence[Pair]) -> Floats:
    """The logits (pairs x classes) of one trained relation: "party", "act", "figure", "same", "status" or "voice".

    Args:
        name: of the relation.
        vectors: tokens x width, of the tagger.
        layout: of the same Doc.
        pairs: to be scored.
    """
    return Scorer(name, vectors).score(layout, pairs)


class Scorer:
    """One trained relation on one Doc; a class, since what is computed of a token or a feature is kept for the next pairs.

    The network mixes the two vectors, their product and the features by one matrix. It is cut here into the parts for each: what
    a token or a value of a feature contributes is computed once, and a pair costs one product of two short vectors.
    """

    def __init__(self, name: str, vectors: Floats) -> None:
        heads = models.load_heads()
        part = {key.removeprefix(f"{name}."): heads[key] for key in heads if key.startswith(f"{name}.")}
        space = part["a.weight"].shape[0]
        mix = part["mix.weight"].T
        self._product = mix[:space]
        #: The features with thousands of values: place, table and rows of the mix. Of them a pair needs one value each.
        self._paths: list[tuple[int, Floats, Floats]] = []
        self._first = _Side(vectors, part["a.weight"], part["a.bias"], mix[space : 2 * space])
        self._second = _Side(vectors, part["b.weight"], part["b.bias"], mix[2 * space : 3 * space])
        start, small = 3 * space, []
        for place, feature in enumerate(FEATURES):
            table = part[f"tables.{feature}.weight"]
            rows = mix[start : start + table.shape[1]]
            start += table.shape[1]
            if feature in _PATHS:
                self._paths.append((place, table, rows))
            else:
                small.append(table @ rows)
        self._known = np.concatenate(small)  #: what each value of each small feature contributes, all below each other
        self._starts = np.cumsum([0, *(len(table) for table in small[:-1])])
        self._bias = part["mix.bias"]
        self._out, self._out_bias = part["out.weight"].T, part["out.bias"]

    def score(self, layout: Layout, pairs: Sequence[Pair]) -> Floats:
        """As :func:`score_pairs`."""
        starts = range(0, max(len(pairs), 1), _AT_ONCE)
        return np.concatenate([self._score_few(layout, pairs[start : start + _AT_ONCE]) for start in starts])

    def _score_few(self, layout: Layout, pairs: Sequence[Pair]) -> Floats:
        features = describe_pairs(layout, pairs, models.load_paths())
        a, from_a = self._first.project([pair.first for pair in pairs])
        b, from_b = self._second.project([pair.second for pair in pairs])
        mixed = (a * b) @ self._product + from_a + from_b + self._bias
        mixed += self._known[features[:, _SMALL] + self._starts].sum(axis=1)
        for place, table, rows in self._paths:
            mixed += table[features[:, place]] @ rows
        scores: Floats = np.maximum(mixed, 0.0) @ self._out + self._out_bias
        return scores


class _Side:
    """The vectors of tokens in the space where they are compared, and what each contributes by itself."""

    def __init__(self, vectors: Floats, weight: Floats, bias: Floats, mix: Floats) -> None:
        self._vectors, self._weight, self._bias, self._mix = vectors, weight.T, bias, mix
        self._place = np.full(len(vectors), -1)  #: of each token in the two below
        self._projected = np.zeros((0, weight.shape[0]), dtype=np.float32)
        self._mixed = np.zeros((0, mix.shape[1]), dtype=np.float32)

    def project(self, tokens: Sequence[int]) -> tuple[Floats, Floats]:
        """Both, one row a token."""
        new = sorted({token for token in tokens if self._place[token] < 0})
        if new:
            self._place[new] = len(self._projected) + np.arange(len(new))
            projected = self._vectors[new] @ self._weight + self._bias
            self._projected = np.concatenate([self._projected, projected])
            self._mixed = np.concatenate([self._mixed, projected @ self._mix])
        places = self._place[list(tokens)]
        return self._projected[places], self._mixed[places]
