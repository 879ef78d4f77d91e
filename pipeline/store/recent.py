"""What came into very large rows since a moment, without reading what was there before: their summaries say how they stood."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from pipeline.store import schema
from pipeline.store.days import Walk, first_day
from pipeline.store.facts import load_said
from pipeline.store.observations import Seen, order_seen
from pipeline.store.queries import is_current, is_current_revision, is_one_of
from pipeline.store.standing import load_standing

#: Observations from which on a row is not read as a whole: of fewer that takes 30 ms.
VERY_LARGE = 500
_Walks = Sequence[tuple[str, Sequence[Any]]]  # days of publication, each with the walk until then


class Recent(NamedTuple):
    """The end of a row: how it stood, and what there is after that."""

    before: Sequence[Any]  #: the walk (dumped) through all that was published before the first that came in since
    seen: Sequence[Seen]  #: what came in since, and all else that was published from that day on; the oldest first
    figures: Sequence[Seen]  #: all observations that tell of a figure that what came in since tells of


def load_recent(connection: Connection, row_ids: Collection[str], since: datetime) -> dict[str, Recent]:
    """The ends of these rows, as far as they can be told: not where something old, or something that was decided on, came in.

    Nor where so much came in that the whole row is read as soon.
    """
    came = _find_places(connection, _select_places(row_ids).where(schema.agreement.c.first_seen >= since))
    new = _load(connection, {row_id: ids for row_id, ids in came.items() if len(ids) <= VERY_LARGE})
    walks = _load_walks(connection, _without_own(connection, new))
    starts = {row_id: first for row_id, seen in new.items() if row_id in walks and (first := _find_first(seen))}
    later = _load_later(connection, starts)
    told = _load_figures(connection, {row_id: new[row_id] for row_id in walks})
    decided = load_standing(
        connection, [each.agreement_id for seen in (*new.values(), *later.values()) for each in seen]
    )
    found = {}
    for row_id, days in walks.items():
        seen = {each.agreement_id: each for each in (*new[row_id], *later.get(row_id, ()))}
        before = _find_before(days, starts.get(row_id))
        if before is not None and not decided.keys() & seen.keys():
            found[row_id] = Recent(before, order_seen(seen.values()), order_seen(told.get(row_id, ())))
    return found


def _find_first(seen: Iterable[Seen]) -> date | None:
    return min((first_day(each.published) for each in seen if each.published), default=None)


def _find_before(days: _Walks, start: date | None) -> Sequence[Any] | None:
    """The walk until the day before; None where it is not kept, or says nothing: then undated articles are asked too."""
    kept = [walk for day, walk in days if start is None or date.fromisoformat(day) < start]
    return kept[-1] if kept and Walk.load(kept[-1]).stand()[0] is not None else None


def _select_places(row_ids: Collection[str]) -> Select[tuple[str, str]]:
    link, agreement = schema.link, schema.agreement
    return select(link.c.row_id, link.c.agreement_id).where(
        link.c.agreement_id == agreement.c.id,
        is_current(agreement),
        is_current_revision(),
        is_one_of(link.c.row_id, row_ids),
    )


def _find_places(connection: Connection, places: Select[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row_id, agreement_id in connection.execute(places):
        found[row_id].append(agreement_id)
    return found


def _load(connection: Connection, places: Mapping[str, Collection[str]]) -> dict[str, list[Seen]]:
    said = load_said(connection, [each for ids in places.values() for each in ids])
    return {row_id: [said[each] for each in ids if each in said] for row_id, ids in places.items()}


def _without_own(connection: Connection, row_ids: Collection[str]) -> set[str]:
    """Rows in which people entered nothing: when they did stands elsewhere."""
    own, link = schema.own_agreement, schema.link
    query = select(link.c.row_id).where(link.c.agreement_id == own.c.id, is_one_of(link.c.row_id, row_ids))
    return set(row_ids) - set(connection.execute(query).scalars())


def _load_walks(connection: Connection, row_ids: Collection[str]) -> dict[str, _Walks]:
    table = schema.row_summary
    query = select(table.c.row_id, table.c.summary["walks"]).where(is_one_of(table.c.row_id, row_ids))
    return {row[0]: row[1] for row in connection.execute(query)}


def _load_later(connection: Connection, starts: Mapping[str, date]) -> dict[str, list[Seen]]:
    """For each row what was published from that day on."""
    if not starts:
        return {}
    # As the index of days is ordered; "2025-07" counts as its first day, and stands before it there.
    is_later = func.coalesce(schema.revision.c.published, "") >= _shorten(min(starts.values()))
    found = _load(connection, _find_places(connection, _select_places(starts).where(is_later)))
    return {
        row_id: [each for each in seen if each.published and first_day(each.published) >= starts[row_id]]
        for row_id, seen in found.items()
    }


def _shorten(day: date) -> str:
    return day.isoformat().removesuffix("-01").removesuffix("-01") if day.day == 1 else day.isoformat()


def _load_figures(connection: Connection, new: Mapping[str, Sequence[Seen]]) -> dict[str, list[Seen]]:
    """All observations of these rows that tell of a figure that one of these tells of."""
    names = {row_id: {name for each in seen for name, _, _ in each.figures} for row_id, seen in new.items()}
    told = {row_id: said for row_id, said in names.items() if said}
    if not told:
        return {}
    figures = schema.agreement.c.figures
    of_rows: list[ColumnElement[bool]] = [
        (schema.link.c.row_id == row_id) & or_(*(figures.contains([[name]]) for name in sorted(said)))
        for row_id, said in sorted(told.items())
    ]
    return _load(connection, _find_places(connection, _select_places(told).where(or_(*of_rows))))
