"""In what two observations are alike, or not: one number each, from names, words, parties, kind and time.

Each is symmetric, and 0 where there is nothing to compare. What they are worth is fitted (:mod:`pipeline.linking.score`).
"""

import math
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

from pipeline.linking import words
from pipeline.linking.observations import Features, find_weight
from pipeline.linking.words import ACTOR, KNOWN, find_rarity, load_places

_Words = frozenset[str]


def are_apart(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Whether both have some, and none in common."""
    return bool(ours and theirs) and set(ours).isdisjoint(theirs)


def show(name: str, one: Features, other: Features) -> str:
    """The words that a likeness is made of: ``parties``: "france, germany"."""
    return _SHOWN[name](one, other) if name in _SHOWN else ""


def _is_same_name(one: Features, other: Features) -> float:
    return find_weight(one.name) if one.name and one.name == other.name else 0.0


def _is_called_same(one: Features, other: Features) -> float:
    """A name that is an alias of the other, or its label: what has no name may be called by one."""
    if one.name and one.name == other.name:
        return 0.0
    return max(map(find_weight, _find_called(one, other)), default=0.0)


def _find_called(one: Features, other: Features) -> _Words:
    return (one.names | {one.label}) & (other.names | {other.label})


def has_short_form(one: Features, other: Features) -> bool:
    """Whether a name in capitals is the other's too, or made of the first letters of its name."""
    return bool(_find_short_forms(one, other))


def _is_short_form(one: Features, other: Features) -> float:
    return float(has_short_form(one, other))


def _find_short_forms(one: Features, other: Features) -> _Words:
    return (one.initials & other.shorts) | (other.initials & one.shorts) | (one.shorts & other.shorts)


def _is_named_otherwise(one: Features, other: Features) -> float:
    is_same = not (one.name and other.name) or one.names & other.names or _find_short_forms(one, other)
    return 0.0 if is_same else 1.0


def _is_one_named(one: Features, other: Features) -> float:
    return float(bool(one.name) != bool(other.name))


def _find_cosine(ours: _Words, theirs: _Words) -> float:
    shared = ours & theirs
    return _find_mass(shared) / math.sqrt(_find_mass(ours) * _find_mass(theirs) or 1.0) if shared else 0.0


def _is_contained(one: Features, other: Features) -> float:
    shared = one.words & other.words
    return _add(shared) / (min(_add(one.words), _add(other.words)) or 1.0) if shared else 0.0


def _find_rare(one: Features, other: Features) -> float:
    return sum(find_rarity(word) for word in _find_rarest(one, other))


def _find_rarest(one: Features, other: Features) -> list[str]:
    return sorted(one.plain & other.plain, key=lambda word: (-find_rarity(word), word))[:2]


def _find_unshared(one: Features, other: Features) -> float:
    """The words of the names and labels that only one of them has, by their rarity."""
    return sum(sorted(find_rarity(word) for word in one.called ^ other.called if not word.startswith(ACTOR)))


def _share(ours: _Words, theirs: _Words) -> float:
    shared = ours & theirs
    return len(shared) / len(ours | theirs) if shared else 0.0


def _have_other_parties(one: Features, other: Features) -> float:
    return float(bool(one.parties and other.parties) and one.actors.isdisjoint(other.actors))


def _is_other_pair(one: Features, other: Features) -> float:
    """Two and two other states: "France and Germany" against "France and Poland"."""
    return float(len(one.core) == len(other.core) == 2 and one.core != other.core)


def _is_same_place(one: Features, other: Features) -> float:
    """Bodies and bases are told by where they are: "the headquarters in Riga"."""
    return float(bool(_find_places(one, other))) if one.kind is other.kind else 0.0


def _find_places(one: Features, other: Features) -> _Words:
    return one.words & other.words & load_places()


def _is_same_kind(one: Features, other: Features) -> float:
    return float(one.kind is other.kind)


def _is_same_year(one: Features, other: Features) -> float:
    return float(bool(one.date and other.date) and str(one.date)[:4] == str(other.date)[:4])


def _is_other_year(one: Features, other: Features) -> float:
    return float(bool(one.date and other.date) and str(one.date)[:4] != str(other.date)[:4])


def _has_other_years(one: Features, other: Features) -> float:
    return float(are_apart(one.years, other.years))


def _is_same_figure(one: Features, other: Features) -> float:
    return float(not one.figures.isdisjoint(other.figures))


def _is_same_reference(one: Features, other: Features) -> float:
    return float(bool(one.reference) and one.reference == other.reference)


LIKENESSES: Mapping[str, Callable[[Features, Features], float]] = {
    "name": _is_same_name,
    "alias": _is_called_same,
    "short form": _is_short_form,
    "other name": _is_named_otherwise,
    "one unnamed": _is_one_named,
    "words": lambda one, other: _find_cosine(one.words, other.words),
    "label": lambda one, other: _find_cosine(one.called, other.called),
    "subject": lambda one, other: _find_cosine(one.subject, other.subject),
    "within": _is_contained,
    "rare words": _find_rare,
    "unshared words": _find_unshared,
    "sentences": lambda one, other: _find_cosine(one.context, other.context),
    "parties": lambda one, other: _share(one.parties, other.parties),
    "actors": lambda one, other: _share(one.actors, other.actors),
    "other parties": _have_other_parties,
    "other pair": _is_other_pair,
    "place": _is_same_place,
    "kind": _is_same_kind,
    "year": _is_same_year,
    "other year": _is_other_year,
    "other years": _has_other_years,
    "figure": _is_same_figure,
    "reference": _is_same_reference,
}

_SHOWN: Mapping[str, Callable[[Features, Features], str]] = {
    "name": lambda one, _: one.shown,
    "alias": lambda one, other: _list(_find_called(one, other)),
    "short form": lambda one, other: _list(_find_short_forms(one, other)).upper(),
    "other name": lambda one, other: f"{one.shown} | {other.shown}",
    "words": lambda one, other: _list(one.words & other.words),
    "label": lambda one, other: _list(one.called & other.called),
    "subject": lambda one, other: _list(one.subject & other.subject),
    "rare words": lambda one, other: _list(_find_rarest(one, other)),
    "sentences": lambda one, other: _list((one.context & other.context) - one.words),
    "parties": lambda one, other: _list(one.parties & other.parties),
    "actors": lambda one, other: _list(one.actors & other.actors),
    "other parties": lambda one, other: f"{_list(one.parties)} | {_list(other.parties)}",
    "other pair": lambda one, other: f"{_list(one.core)} | {_list(other.core)}",
    "place": lambda one, other: _list(_find_places(one, other)),
    "kind": lambda one, _: one.kind.value,
    "year": lambda one, _: str(one.date)[:4],
    "other year": lambda one, other: f"{str(one.date)[:4]} | {str(other.date)[:4]}",
    "other years": lambda one, other: f"{_list(one.years)} | {_list(other.years)}",
    "figure": lambda one, other: _list(one.figures & other.figures),
    "reference": lambda one, _: one.reference,
}


def _list(found: Collection[str]) -> str:
    return ", ".join(sorted(word.lstrip(ACTOR + KNOWN) for word in found))


def forget_rarity() -> None:
    """Have how rare words are counted anew."""
    words.forget_rarity()
    _find_mass.cache_clear()
    _add.cache_clear()


# An observation's words are weighed against all its candidates, and those of a candidate come again with the next article.
@lru_cache(maxsize=16384)
def _find_mass(found: _Words) -> float:
    return math.fsum(find_rarity(word) ** 2 for word in found)


@lru_cache(maxsize=16384)
def _add(found: _Words) -> float:
    return math.fsum(map(find_rarity, found))
