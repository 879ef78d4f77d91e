"""Themes that keep their ids: newcomers join by vote or wait, what waits may become a theme, and nothing else changes.

A theme is frozen when it is founded: its id, its label, its centre and how near to it one has to be. What comes in later
is compared with a sample of each theme's members (its voters), never with all of them, so that a run costs what is new
times the number of themes. ``tests/benchmarks/tracking.py`` measures it on BBC News.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.records import Theme
from pipeline.themes.find import (
    COPY_SIMILARITY,
    Group,
    Groups,
    ThemeMember,
    find_groups,
    make_group,
    make_themes,
    shift_group,
    sort_members,
)

Floats = NDArray[np.floating[Any]]

# Five: anchored assignment by so many neighbours kept all old labels and scored as well as clustering anew.
_VOTES = 5
# A hundred themes of so many are 6,400 vectors, 10 MB, whatever the store holds. The voters of a
# theme are taken from its middle and its rim alike.
VOTERS = 64
# Two alike are a pair; and what is smaller than the smallest theme there is would be noise beside it.
_LEAST = 3
# From the grain of the whole collection to the grain of what waits alone, in few steps.
_FINER = 4.0
_REASON = "{} texts that waited or came in hold together as the themes do"


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """A theme as newcomers meet it."""

    id: str
    center: Floats  #: of length 1
    floor: float  #: cosine to the centre that a newcomer needs
    founders: int  #: distinct texts that it was made of
    size: int  #: members that it has got so far
    voters: Floats  #: at most ``VOTERS`` of its members; shape (n, dimensions), of length 1


Home = tuple[int, Track, float]  #: a row, the theme that it belongs to, and the cosine to its centre


@dataclass(frozen=True, slots=True)
class Joined:
    """A member that found its theme."""

    member_id: str
    theme_id: str
    similarity: float  #: cosine to the theme's centre
    is_voter: bool


@dataclass(frozen=True, slots=True, eq=False)
class Founded:
    """A theme that is new, with all that newcomers will meet."""

    theme: Theme
    track: Track
    voter_ids: tuple[str, ...]
    broad_id: str  #: the largest theme of the broad group that it is part of; its own id where it leads
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of those that came in and of those that waited."""

    joined: tuple[Joined, ...] = ()
    founded: tuple[Founded, ...] = ()
    waiting: tuple[str, ...] = ()


def track(
    tracks: Sequence[Track],
    members: Sequence[ThemeMember],
    vectors: Floats,
    *,
    taken: Collection[str] = (),
    avoid: Collection[str] = (),
) -> Progress:
    """Have these members join the themes there are, found new ones, or wait; their order changes nothing.

    Args:
        tracks: the themes there are; none in a store that has none, where all members are clustered.
        members: those that came in, and those that have waited so far.
        vectors: one row for each member, of the themes' route; float, shape ``(len(members), dimensions)``.
        taken: ids of all themes there ever were: they are not given again.
        avoid: terms by which the present themes are known.
    """
    members, rows = sort_members(members, vectors)
    if not members:
        return Progress()
    themes = sorted(tracks, key=lambda each: each.id)
    homes = _elect(themes, rows)
    left = sorted(set(range(len(members))) - {row for row, _, _ in homes})
    found = _find_new(themes, members, rows, left)
    found, homes = _gather(themes, found, homes, members, rows)
    made = make_themes(members, rows, found, taken=taken, avoid=avoid)
    founded = _make_founded(members, rows, found, made, reason=_REASON)
    at_home = {row for row, _, _ in homes} | {row for group in found.groups for row in group.rows}
    waiting = tuple(member.id for row, member in enumerate(members) if row not in at_home)
    return Progress(tuple(_seat(homes, members, rows)), founded, waiting)


def found_all(members: Sequence[ThemeMember], vectors: Floats, *, taken: Collection[str] = ()) -> tuple[Founded, ...]:
    """The themes of all these members, clustered without regard to any there were; the largest first."""
    members, rows = sort_members(members, vectors)
    found = find_groups(members, rows)
    themes = make_themes(members, rows, found, taken=taken)
    return _make_founded(members, rows, found, themes, reason="found when all was clustered")


def rename(founded: Sequence[Founded], ids: Sequence[str | None]) -> tuple[Founded, ...]:
    """The same themes under other ids; None leaves one its own."""
    new = {each.theme.id: given or each.theme.id for each, given in zip(founded, ids, strict=True)}
    return tuple(
        replace(
            each,
            theme=each.theme.model_copy(update={"id": new[each.theme.id]}),
            track=replace(each.track, id=new[each.theme.id]),
            broad_id=new[each.broad_id],
        )
        for each in founded
    )


def _elect(themes: Sequence[Track], rows: Floats) -> list[Home]:
    if not themes:
        return []
    voters = np.concatenate([each.voters for each in themes])
    owners = np.repeat(np.arange(len(themes)), [len(each.voters) for each in themes])
    similarity = rows @ voters.T
    # Of equally near ones the first counts, and they stand in the order of the themes' ids.
    nearest = np.argsort(-similarity, axis=1, kind="stable")[:, :_VOTES]
    votes = np.zeros((len(rows), len(themes)))
    for column in nearest.T:
        np.add.at(votes, (np.arange(len(rows)), owners[column]), 1 + similarity[np.arange(len(rows)), column])
    chosen = votes.argmax(axis=1)
    found = np.einsum("ij,ij->i", rows, np.stack([each.center for each in themes])[chosen])
    return [
        (row, themes[theme], float(cosine))
        for row, (theme, cosine) in enumerate(zip(chosen.tolist(), found.tolist(), strict=True))
        if cosine >= themes[theme].floor
    ]


def _seat(homes: Iterable[Home], members: Sequence[ThemeMember], rows: Floats) -> Iterable[Joined]:
    """Those that join; the first of them vote from the next time on, where their theme has few voters."""
    voters: dict[str, list[Floats]] = {}
    for row, theme, cosine in homes:
        known = voters.setdefault(theme.id, list(theme.voters))
        is_voter = len(known) < VOTERS and max(float(rows[row] @ each) for each in known) < COPY_SIMILARITY
        if is_voter:
            known.append(rows[row])
        yield Joined(members[row].id, theme.id, cosine, is_voter)


def _find_new(themes: Sequence[Track], members: Sequence[ThemeMember], rows: Floats, left: list[int]) -> Groups:
    """New themes among those that are left.

    The grain of a clustering depends on the size of what it is given: alone, five hundred articles on sport fall apart into
    football, rugby and tennis; among two thousand others they are one theme. Their share of everything gives the grain
    that clustering everything would have; what does not hold together at that is tried again at finer ones.
    """
    grain = len(left) / max(1, len(left) + sum(each.size for each in themes))
    least, nearness = _find_least(themes), _find_nearness(themes)
    groups: list[Group] = []
    loose: list[int] = []
    floor = 1.0
    while left:
        found = find_groups([members[row] for row in left], rows[left], grain=grain, least=least)
        held = [shift_group(group, left, parent=0) for group in found.groups]
        kept = [each for each in held if np.median(rows[list(each.distinct)] @ each.center) >= nearness]
        groups += [replace(group, parent=len(groups) + number) for number, group in enumerate(kept)]
        floor = min(floor, found.floor) if kept else floor
        loose = [left[row] for row in found.loose]
        left = sorted(set(left) - {row for group in kept for row in group.rows})
        if grain >= 1 or not found.groups:
            break
        grain = min(1.0, grain * _FINER)
    return Groups(tuple(groups), min([floor, *(each.floor for each in themes)]), tuple(loose))


def _gather(
    themes: Sequence[Track], found: Groups, homes: list[Home], members: Sequence[ThemeMember], rows: Floats
) -> tuple[Groups, list[Home]]:
    """Who came in together with a new theme has it to choose too: until now it had only the themes there were."""
    if not themes or not found.groups:
        return found, homes
    new = {f"new {number:06}": number for number in range(len(found.groups))}
    tracks = [_make_track(theme_id, found.groups[number], rows, floor=found.floor) for theme_id, number in new.items()]
    founders = {row for group in found.groups for row in group.rows}
    rest = sorted(set(range(len(members))) - founders)
    joined: dict[int, list[int]] = {}
    for at, theme, _ in _elect([*themes, *tracks], rows[rest]) if rest else []:
        if theme.id in new:
            joined.setdefault(new[theme.id], []).append(rest[at])
    groups = tuple(
        make_group(members, rows, [*group.rows, *joined[number]], parent=group.parent) if number in joined else group
        for number, group in enumerate(found.groups)
    )
    gone = {row for few in joined.values() for row in few}
    return replace(found, groups=groups), [each for each in homes if each[0] not in gone]


def _find_least(themes: Sequence[Track]) -> int:
    return max(_LEAST, min((each.founders for each in themes), default=_LEAST))


def _find_nearness(themes: Sequence[Track]) -> float:
    """How near to its centre half of a new theme has to be: nearer than the outermost twentieth of the members there are.

    What only has in common that it fits nowhere is not so near.
    """
    return float(np.percentile(np.concatenate([each.voters @ each.center for each in themes]), 5)) if themes else -1.0


def _make_founded(
    members: Sequence[ThemeMember], rows: Floats, found: Groups, themes: Sequence[Theme], *, reason: str
) -> tuple[Founded, ...]:
    leaders: dict[int, str] = {}
    made = []
    for group, theme in zip(found.groups, themes, strict=True):
        track = _make_track(theme.id, group, rows, floor=found.floor)
        broad = leaders.setdefault(group.parent, theme.id)  # the largest comes first
        voter_ids = tuple(members[row].id for row in _choose_voters(group.distinct))
        made.append(Founded(theme, track, voter_ids, broad, reason.format(len(group.distinct))))
    return tuple(made)


def _make_track(theme_id: str, group: Group, rows: Floats, *, floor: float) -> Track:
    return Track(
        id=theme_id,
        center=group.center,
        floor=floor,
        founders=len(group.distinct),
        size=len(group.rows),
        voters=rows[_choose_voters(group.distinct)],
    )


def _choose_voters(distinct: Sequence[int]) -> list[int]:
    places = np.unique(np.linspace(0, len(distinct) - 1, min(len(distinct), VOTERS)).round().astype(int))
    return [distinct[place] for place in places]
