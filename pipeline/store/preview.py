"""What rows of the register would look like after a merge or split that is not done yet; nothing is saved, nobody waits.

The rows are put together from their observations as they always are, only of others; where linking puts what is split off is
not known before it is done, so it is shown as a row by itself.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain

from sqlalchemy import Connection, func, select

from pipeline.errors import InputError
from pipeline.store import schema
from pipeline.store.drafts import Draft, make_draft, make_row
from pipeline.store.facts import load_originals, load_seen, load_shown
from pipeline.store.judgements import plan_merge, plan_split
from pipeline.store.observations import Seen, order_seen
from pipeline.store.queries import is_one_of
from pipeline.store.register_rows import ObservationRow, RegisterRow
from pipeline.store.row import Row
from pipeline.store.standing import Standing, load_standing
from pipeline.store.store import Store, now

#: Observations that a preview puts together: a thousand take a third of a second, as long as somebody waits gladly.
MOST = 1000
NEW = "new"  #: stands for the id of a row that is not there yet
_MEMBERS = 50  # what a page lists


class Preview(Row):
    """Rows before and after."""

    before: tuple[RegisterRow, ...]
    after: tuple[RegisterRow, ...]
    moved: int  #: observations that go from one row to another


def preview_merge(store: Store, record_ids: Sequence[str]) -> Preview:
    """What becomes of the rows of these rows or observations if they are said to be one.

    Raises:
        InputError: fewer than two, not of one sort, one already, or with more observations than are put together in between.
        NotFoundError: no record bears an id.
    """
    with store.read() as connection:
        _, groups, moved = plan_merge(connection, record_ids)
        places = _load_places(connection, [each for group in groups for each in group])
        stays = next(each for group in groups for each in group if each not in moved)
        target = places[stays]
        seen = _load_seen(connection, set(places.values()))
        arriving = [each for row_id in seen for each in seen[row_id] if row_id != target and each.agreement_id in moved]
        if not arriving:
            raise InputError("These stand in one row already: there is nothing to merge.")
        after = {row_id: [each for each in found if each not in arriving] for row_id, found in seen.items()}
        after[target] = order_seen([*after[target], *arriving])
        emptied = [row_id for row_id, found in after.items() if not found]
        rows = _make_rows(connection, after, {target: emptied})
        return Preview(before=_make_rows(connection, seen, {}), after=rows, moved=len(arriving))


def preview_split(store: Store, record_ids: Sequence[str], *, row_id: str) -> Preview:
    """What becomes of a row if these observations are taken out of it; they are shown as one row by themselves.

    Raises:
        InputError: nothing would be left, or it has more observations than are put together in between.
        NotFoundError: no record bears an id.
    """
    with store.read() as connection:
        ids, place, _ = plan_split(connection, record_ids, row_id)
        seen = _load_seen(connection, {place})
        leaving = [each for each in seen[place] if each.agreement_id in ids]
        after = {place: [each for each in seen[place] if each not in leaving], NEW: leaving}
        before = _make_rows(connection, seen, {})
        return Preview(before=before, after=_make_rows(connection, after, {}), moved=len(leaving))


def load_members(store: Store, row_id: str, *, limit: int = _MEMBERS) -> list[ObservationRow]:
    """What stands in a row, the youngest publication first."""
    link = schema.link
    with store.read() as connection:
        seen = load_seen(connection, [row_id]).get(row_id, []) if _count(connection, {row_id}) <= MOST else None
        if seen is None:
            query = select(link.c.agreement_id).where(link.c.row_id == row_id).order_by(link.c.linked_at.desc())
            ids = list(connection.execute(query.limit(limit)).scalars())
        else:
            ids = [each.agreement_id for each in reversed(seen)][:limit]
        shown = load_shown(connection, ids)
        return [shown[each].observation for each in ids if each in shown]


def _load_places(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    link = schema.link
    query = select(link.c.agreement_id, link.c.row_id).where(is_one_of(link.c.agreement_id, ids))
    places = {row[0]: row[1] for row in connection.execute(query)}
    if missing := sorted(set(ids) - places.keys()):
        raise InputError(f"{missing[0]} stands in no row of the register yet: it is being linked.")
    return places


def _load_seen(connection: Connection, row_ids: Collection[str]) -> dict[str, list[Seen]]:
    if (number := _count(connection, row_ids)) > MOST:
        raise InputError(f"These have {number} observations: more than {MOST} are not put together for a preview.")
    return load_seen(connection, sorted(row_ids))


def _count(connection: Connection, row_ids: Collection[str]) -> int:
    row = schema.register_row
    number: int = connection.execute(
        select(func.coalesce(func.sum(row.c.observations), 0)).where(is_one_of(row.c.id, row_ids))
    ).scalar_one()
    return number


def _make_rows(
    connection: Connection, seen: Mapping[str, Sequence[Seen]], joined: Mapping[str, Sequence[str]]
) -> tuple[RegisterRow, ...]:
    """The rows of these observations, those without any left out; what was decided on ``joined`` rows goes along."""
    found = {row_id: each for row_id, each in seen.items() if each}
    everything = list(chain.from_iterable(found.values()))
    row = schema.register_row
    born = {
        each[0]: each[1]
        for each in connection.execute(select(row.c.id, row.c.first_seen).where(is_one_of(row.c.id, found)))
    }
    ids = [*found, *chain.from_iterable(joined.values()), *(each.agreement_id for each in everything)]
    standing = load_standing(connection, ids)
    for row_id, others in joined.items():
        held = _join_standing(row_id, [standing[each] for each in (row_id, *others) if each in standing])
        standing |= {row_id: held} if held else {}
    originals = load_originals(connection, (each.article_id for each in everything))
    drafts: list[Draft] = [
        make_draft(row_id, born.get(row_id, now()), each, standing, originals) for row_id, each in found.items()
    ]
    shown = load_shown(connection, {each for draft in drafts for each in draft.shown_ids()})
    return tuple(make_row(draft, shown) for draft in drafts)


def _join_standing(row_id: str, held: Sequence[Standing]) -> Standing | None:
    """What is in force of several rows that become one: of what several say, the newest holds."""
    if not held:
        return None
    ordered = sorted(held, key=lambda each: each.decision)
    fields = {name: value for each in ordered for name, value in each.fields.items()}
    reviews = {name: value for each in ordered for name, value in each.field_reviews.items()}
    review = next((each.review for each in reversed(ordered) if each.review), None)
    return ordered[-1].model_copy(
        update={"record_id": row_id, "fields": fields, "field_reviews": reviews, "review": review}
    )
