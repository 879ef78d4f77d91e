"""Themes of a collection: what its passages and claims are about, found from their vectors."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize

from pipeline.records import Theme, normalise
from pipeline.themes.clustering import BROAD_RESOLUTION, RESOLUTION, GraphClustering
from pipeline.themes.exemplars import find_exemplars
from pipeline.themes.labels import ThemeLabel, find_labels

Floats = NDArray[np.floating[Any]]

# Of 54 pairs of BBC articles above this cosine, 52 have most of their four-word runs in common (copies, edited or not);
# of 25 pairs between .90 and this, only 9: those tell of one event in words of their own.
COPY_SIMILARITY = 0.95


@dataclass(frozen=True, slots=True)
class ThemeMember:
    """Words that may belong to a theme: a passage's or a claim's (its id says which)."""

    id: str
    text: str
    article_id: str


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Members that belong together, as rows of what was given."""

    rows: tuple[int, ...]  #: all of them, those nearest to the centre first
    distinct: tuple[int, ...]  #: the same without copies of one another
    center: Floats  #: mean direction of the distinct ones, of length 1
    nearness: Floats  #: cosine of each of them to the centre of the others: as near as a newcomer of its kind would be
    parent: int  #: number of the broad group it is part of


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """What a clustering found."""

    groups: tuple[Group, ...]  #: the largest first
    floor: float  #: the nearness that 95 of 100 members have
    loose: tuple[int, ...]  #: distinct rows that fit nowhere


def find_themes(members: Sequence[ThemeMember], vectors: Floats) -> tuple[Theme, ...]:
    """The themes of these members, the largest first; members that fit nowhere are in none.

    Copies of a text (a statement that ten media print) are one text here: they count once for what is a theme, for its
    size and for its label, but all of them are its members, those nearest to the centre first. The order of the input
    changes nothing. Ids are made of the members; :mod:`pipeline.themes.tracking` keeps them from run to run.

    Args:
        members: passages and claims of any articles.
        vectors: one row for each member, of one encoder's route; float, shape ``(len(members), dimensions)``.
    """
    members, rows = sort_members(members, vectors)
    found = find_groups(members, rows)
    return make_themes(members, rows, found)


def sort_members(members: Sequence[ThemeMember], vectors: Floats) -> tuple[list[ThemeMember], Floats]:
    """The members by their ids, and their vectors brought to length 1: the form in which order changes nothing."""
    if len(members) != len(vectors):
        raise ValueError(f"{len(members)} members, but {len(vectors)} vectors")
    order = sorted(range(len(members)), key=lambda row: members[row].id)
    if not order:
        return [], np.empty((0, 0), dtype=np.float32)
    return [members[row] for row in order], normalize(np.asarray(vectors, dtype=np.float32)[order])


def find_groups(
    members: Sequence[ThemeMember], rows: Floats, *, grain: float = 1.0, least: int | None = None
) -> Groups:
    """The groups of members that :func:`sort_members` has put in order.

    Args:
        members: passages and claims of any articles.
        rows: one vector of length 1 for each member.
        grain: times the clusterer's own resolution; less makes fewer and larger groups.
        least: distinct texts that a group needs; the clusterer's own measure by default.
    """
    if not len(members):
        return Groups((), 1.0, ())
    originals = _find_originals(members, rows)
    kept = sorted(set(originals))
    model = GraphClustering(resolution=grain * RESOLUTION, broad_resolution=grain * BROAD_RESOLUTION)
    if least is not None:
        model.set_params(min_size=least)
    model.fit(rows[kept], groups=[members[row].article_id for row in kept])
    by_original = dict(zip(kept, model.labels_.tolist(), strict=True))
    labels = np.array([by_original[original] for original in originals])
    groups = tuple(
        _make_group(rows, np.flatnonzero(labels == number), originals, parent)
        for number, parent in enumerate(model.parents_.tolist())
    )
    floor = float(np.percentile(np.concatenate([each.nearness for each in groups]), 5)) if groups else 1.0
    return Groups(groups, floor, tuple(row for row in kept if labels[row] < 0))


def make_group(members: Sequence[ThemeMember], rows: Floats, chosen: Sequence[int], *, parent: int) -> Group:
    """A group of these rows, whatever a clustering would say: for what joins a group before it becomes a theme."""
    at = sorted(chosen)
    few = rows[at]
    originals = _find_originals([members[row] for row in at], few)
    return shift_group(_make_group(few, np.arange(len(at)), originals, parent), at, parent=parent)


def shift_group(group: Group, at: Sequence[int], *, parent: int) -> Group:
    """A group found among some rows (``at``), as rows of all."""
    rows, distinct = (tuple(at[row] for row in few) for few in (group.rows, group.distinct))
    return replace(group, rows=rows, distinct=distinct, parent=parent)


def make_themes(
    members: Sequence[ThemeMember],
    rows: Floats,
    found: Groups,
    *,
    taken: Collection[str] = (),
    avoid: Collection[str] = (),
) -> tuple[Theme, ...]:
    """The groups as themes with ids, labels, terms and exemplars, in their order.

    Args:
        members: as :func:`find_groups` had them.
        rows: likewise.
        found: what it made of them.
        taken: ids that were given before: none of them is given again.
        avoid: terms that other themes have already.
    """
    texts = [_join_by_article(members, group.distinct) for group in found.groups]
    names = find_labels(texts, others=_join_by_article(members, found.loose), avoid=avoid)
    used, themes = set(taken), []
    for group, name in zip(found.groups, names, strict=True):
        theme = _make_theme(members, rows, group, name)
        theme = theme.model_copy(update={"id": make_theme_id(theme.members, used)})
        used.add(theme.id)
        themes.append(theme)
    return tuple(themes)


def _join_by_article(members: Sequence[ThemeMember], rows: Iterable[int]) -> list[str]:
    # A claim stands in a passage too: what one article says, it says once, and its turns of phrase are no common subject.
    texts: dict[str, list[str]] = {}
    for row in rows:
        texts.setdefault(members[row].article_id, []).append(members[row].text)
    return ["\n".join(each) for each in texts.values()]


def make_theme_id(member_ids: Collection[str], taken: Collection[str]) -> str:
    """A theme's id, made of those who found it; where it was given before, to a theme that is gone, another one."""
    anchor = "\n".join(sorted(member_ids))
    ids = ("th-" + hashlib.sha256(f"{anchor}\n{number}".encode()).hexdigest()[:16] for number in count())
    return next(each for each in ids if each not in taken)


def _find_originals(members: Sequence[ThemeMember], rows: Floats) -> list[int]:
    # For each row the first one (by id) that says the same in the same or nearly the same words.
    near = NearestNeighbors(radius=1 - COPY_SIMILARITY, metric="cosine", algorithm="brute").fit(rows)
    _, component = connected_components(near.radius_neighbors_graph(), directed=False)
    first: dict[object, int] = {}
    by_text = [first.setdefault(normalise(member.text), row) for row, member in enumerate(members)]
    return [first.setdefault(("copy", int(component[row])), row) for row in by_text]


def _make_group(rows: Floats, found: NDArray[Any], originals: Sequence[int], parent: int) -> Group:
    distinct = [row for row in found.tolist() if originals[row] == row]
    total = rows[distinct].sum(axis=0)
    center = normalize(total[None, :])[0]
    ordered = found[np.lexsort((found, -(rows[found] @ center)))].tolist()
    own = [row for row in ordered if originals[row] == row]
    # Without itself: of three members each makes up a third of the centre, and no newcomer could be as near.
    nearness = np.einsum("ij,ij->i", rows[own], normalize(total - rows[own]))
    return Group(tuple(ordered), tuple(own), center, nearness, parent)


def _make_theme(members: Sequence[ThemeMember], rows: Floats, group: Group, name: ThemeLabel) -> Theme:
    origins = [members[row].article_id for row in group.distinct]
    exemplars = find_exemplars(rows[list(group.distinct)], origins=origins, center=group.center)
    return Theme(
        id="",
        label=name.title or members[group.distinct[0]].text[:60],
        terms=name.terms,
        size=len(group.distinct),
        members=tuple(members[row].id for row in group.rows),
        exemplars=tuple(members[group.distinct[row]].id for row in exemplars),
    )
