"""Themes of a collection: what its passages and claims are about, found from their vectors."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize

from pipeline.records import Theme, normalise
from pipeline.themes.clustering import GraphClustering
from pipeline.themes.labels import ThemeLabel, find_labels

Floats = NDArray[np.floating[Any]]

# Of 54 pairs of BBC articles above this cosine, 52 have most of their four-word runs in common (copies, edited or not);
# of 25 pairs between .90 and this, only 9: those tell of one event in words of their own.
_COPY_SIMILARITY = 0.95
_EXEMPLARS = 5  # what a reader looks at to learn what a theme is about


@dataclass(frozen=True, slots=True)
class ThemeMember:
    """Words that may belong to a theme: a passage's or a claim's (its id says which)."""

    id: str
    text: str
    article_id: str


def find_themes(members: Sequence[ThemeMember], vectors: Floats) -> tuple[Theme, ...]:
    """The themes of these members, the largest first; members that fit nowhere are in none.

    Copies of a text (a statement that ten media print) are one text here: they count once for what is a theme, for its
    size and for its label, but all of them are its members, those nearest to the centre first. The order of the input
    changes nothing. Ids are provisional, made of the exemplars: a theme whose centre shifts gets another one.

    Args:
        members: passages and claims of any articles.
        vectors: one row for each member, of one encoder's route; float, shape ``(len(members), dimensions)``.
    """
    if len(members) != len(vectors):
        raise ValueError(f"{len(members)} members, but {len(vectors)} vectors")
    if not members:
        return ()
    order = sorted(range(len(members)), key=lambda row: members[row].id)
    members, rows = [members[row] for row in order], normalize(np.asarray(vectors[order], dtype=np.float32))
    originals = _find_originals(members, rows)
    kept = sorted(set(originals))
    model = GraphClustering().fit(rows[kept], groups=[members[row].article_id for row in kept])
    by_original = dict(zip(kept, model.labels_.tolist(), strict=True))
    labels = np.array([by_original[original] for original in originals])
    groups = [_nearest_first(rows, labels, number, center) for number, center in enumerate(model.cluster_centers_)]
    distinct = [[row for row in group if originals[row] == row] for group in groups]
    loose = [members[row].text for row in kept if labels[row] < 0]
    names = find_labels([[members[row].text for row in group] for group in distinct], others=loose)
    return tuple(_make_theme(members, *parts) for parts in zip(groups, distinct, names, strict=True))


def _find_originals(members: Sequence[ThemeMember], rows: Floats) -> list[int]:
    # For each row the first one (by id) that says the same in the same or nearly the same words.
    near = NearestNeighbors(radius=1 - _COPY_SIMILARITY, metric="cosine", algorithm="brute").fit(rows)
    _, component = connected_components(near.radius_neighbors_graph(), directed=False)
    first: dict[object, int] = {}
    by_text = [first.setdefault(normalise(member.text), row) for row, member in enumerate(members)]
    return [first.setdefault(("copy", int(component[row])), row) for row in by_text]


def _nearest_first(rows: Floats, labels: NDArray[Any], number: int, center: Floats) -> list[int]:
    found = np.flatnonzero(labels == number)
    return [int(row) for row in found[np.argsort(-(rows[found] @ center), kind="stable")]]


def _make_theme(members: Sequence[ThemeMember], group: list[int], distinct: list[int], name: ThemeLabel) -> Theme:
    exemplars = _find_exemplars(members, distinct)
    return Theme(
        # Provisional: stable as long as the exemplars are.
        id="th-" + hashlib.sha256("\n".join(sorted(exemplars)).encode()).hexdigest()[:16],
        label=name.title or members[distinct[0]].text[:60],
        terms=name.terms,
        size=len(distinct),
        members=tuple(members[row].id for row in group),
        exemplars=tuple(exemplars),
    )


def _find_exemplars(members: Sequence[ThemeMember], distinct: list[int]) -> list[str]:
    # The nearest of each article first, then the second nearest of each: one long article must not speak for all.
    turns: Counter[str] = Counter()
    ranked = []
    for nearness, row in enumerate(distinct):
        turn = turns[members[row].article_id]
        turns[members[row].article_id] += 1
        ranked.append((turn, nearness, members[row].id))
    return [member_id for _, _, member_id in sorted(ranked)[:_EXEMPLARS]]
