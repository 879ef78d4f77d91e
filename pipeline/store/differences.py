"""Where the articles of a row contradict each other: figures, the day of an act, how far it has come; pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from pipeline.enumerations import ActType, Authority, Basis, Polarity, Status
from pipeline.status import PROGRESS, STATUS_OF_ACT
from pipeline.store.observations import Seen, by_publication, find_status

_V = TypeVar("_V", bound=str | float)

# Happens once: two days of it contradict each other. What is extended, ratified or joined is so again and again.
ONCE = frozenset(
    {
        ActType.AGREED,
        ActType.SIGNED,
        ActType.ENTERED_INTO_FORCE,
        ActType.LAUNCHED,
        ActType.EXPIRED,
        ActType.TERMINATED,
    }
)
_AUTHORITIES = {name.value: place for place, name in enumerate(Authority)}
_UNKNOWN = len(_AUTHORITIES)  # a source that nobody has ranked comes after those that somebody has


class Value(NamedTuple):
    """One of several values, and who says so: official texts first, then the oldest publication."""

    value: str | float
    seen: tuple[Seen, ...]


class Contrast(NamedTuple):
    """What articles say differently of one row."""

    name: str  #: "status", "signed" (the day of it), or a figure's: "members"
    unit: str | None
    values: tuple[Value, ...]  #: in the order of publication; one that an official text has comes first


def find_differences(seen: Sequence[Seen]) -> list[Contrast]:
    """Where articles differ: first how far the agreement has come, then days, then figures."""
    return [*_find_statuses(seen), *_find_dates(seen), *_find_figures(seen)]


def by_authority(seen: Seen) -> tuple[int, bool, str, str, str]:
    """Official texts first, then the other authorities in their order; of equals the oldest publication."""
    return _AUTHORITIES.get(seen.authority or "", _UNKNOWN), *by_publication(seen)


def _find_figures(seen: Sequence[Seen]) -> Iterator[Contrast]:
    """Figures of which two articles have no value in common."""
    said: dict[tuple[str, str | None], dict[float, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for each in seen:
        for name, unit, value in each.figures:
            said[name, unit][value].append(each)
    for (name, unit), values in sorted(said.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        if have_disjoint(_by_article(values)):
            yield _contrast(name, unit, values)


def _find_dates(seen: Sequence[Seen]) -> Iterator[Contrast]:
    """Days of what happens only once that do not fit into each other (``2025-07`` fits ``2025-07-17``)."""
    said: dict[ActType, dict[str, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for each in seen:
        for deed in each.acts:
            is_done = deed.polarity is Polarity.DONE and deed.basis is Basis.STATED
            if deed.date and is_done and deed.act in ONCE:
                said[deed.act][deed.date].append(each)
    for act in sorted(said):
        articles = _by_article(said[act])
        days = {day for found in articles for day in found}
        apart = [one for one in days if not all(one.startswith(other) or other.startswith(one) for other in days)]
        if apart and len(articles) > 1:
            yield _contrast(act, None, said[act])


def _find_statuses(seen: Sequence[Seen]) -> Iterator[Contrast]:
    """Articles that have an agreement less far along than others had it before, or on the same day: signed, and agreed.

    What moves on is no contradiction, it stands on the time line; nor is what was stalled, suspended or ended.
    """
    furthest, by, found = -1, "", False
    said: dict[Status, list[Seen]] = defaultdict(list)
    for each in sorted(seen, key=by_day_and_progress):
        if (status := own_status(each)) is None:
            continue
        said[status].append(each)
        found = found or (PROGRESS[status] < furthest and each.article_id != by)
        if PROGRESS[status] > furthest:
            furthest, by = PROGRESS[status], each.article_id
    if found:
        yield _contrast("status", None, said)


def own_status(seen: Seen) -> Status | None:
    """How far along an article itself says it is, where it states that and dates none of it in the past."""
    stated = [deed for deed in seen.acts if deed.basis is Basis.STATED and deed.polarity is Polarity.DONE]
    if not seen.published or any(deed.date and deed.date < seen.published[:7] for deed in stated):
        return None
    status, _ = find_status([seen._replace(acts=stated)])
    return status if status is not None and PROGRESS[status] <= PROGRESS[Status.IN_FORCE] else None


def by_day_and_progress(seen: Seen) -> tuple[str, int, str]:
    """By when it was published; of one day what is furthest along first."""
    furthest = max((PROGRESS[status] for deed in seen.acts if (status := STATUS_OF_ACT[deed.act])), default=0)
    return seen.published or "", -furthest, seen.agreement_id


def have_disjoint(found: Iterable[frozenset[_V]]) -> bool:
    """Whether two of these sets have nothing in common; each set of values is compared once, however many say it."""
    return any(one.isdisjoint(other) for one, other in combinations(set(found), 2))


def _by_article(values: dict[_V, list[Seen]]) -> list[frozenset[_V]]:
    articles: dict[str, set[_V]] = defaultdict(set)
    for value, seen in values.items():
        for each in seen:
            articles[each.article_id].add(value)
    return [frozenset(found) for found in articles.values()]


def _contrast(name: str, unit: str | None, values: dict[_V, list[Seen]]) -> Contrast:
    sorted_values: list[Value] = [Value(value, tuple(sorted(seen, key=by_authority))) for value, seen in values.items()]
    official = [each for each in sorted_values if each.seen[0].authority == Authority.OFFICIAL]
    others = [each for each in sorted_values if each.seen[0].authority != Authority.OFFICIAL]

    def by_first(value: Value) -> tuple[bool, str, str, str]:
        return min(by_publication(each) for each in value.seen)

    return Contrast(name, unit, (*sorted(official, key=by_first), *sorted(others, key=by_first)))
