"""Making the rows of the register anew from what their observations and a person's decisions say now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, Text, bindparam, cast, func, insert, select, tuple_, update
from sqlalchemy.dialects.postgresql import ARRAY

from pipeline.enumerations import Review
from pipeline.store import schema
from pipeline.store.days import Day, find_days
from pipeline.store.decided import apply_decisions, correct_outline, find_review
from pipeline.store.differences import find_differences
from pipeline.store.facts import Shown, load_originals, load_seen, load_shown
from pipeline.store.observations import Outline, Seen, make_outline
from pipeline.store.originals import Originals
from pipeline.store.parties import Joined, join_parties
from pipeline.store.queries import is_one_of
from pipeline.store.register_rows import RegisterRow
from pipeline.store.search_entries import index_rows
from pipeline.store.standing import Standing, load_standing
from pipeline.store.store import now
from pipeline.store.words import make_party, split_words

# Rows that are read and written together: enough that a round trip costs little for each, few enough that a hundred rows
# of five thousand articles still fit into memory (a fact takes about 2 kB).
_BATCH = 100
LISTED = 5  # observations that a list's row carries; the page of a row has them all


class Draft(NamedTuple):
    """A row in the making: all that follows from facts, before the words that it shows are read."""

    row_id: str
    first_seen: datetime
    seen: Sequence[Seen]
    outline: Outline
    parties: Sequence[Joined]
    days: Sequence[Day]
    independent: int
    differs: bool
    review: Review | None

    def shown_ids(self) -> list[str]:
        """The observations whose words are shown."""
        return [each.agreement_id for each in (*self.seen[-LISTED:], *(party.first for party in self.parties))]


def refresh_rows(connection: Connection, row_ids: Collection[str]) -> None:
    """Bring these rows of the register, their parties and their standing by day up to date, in the caller's transaction.

    To be called with every row that an observation joined, left or changed in, and with those a decision touched. A row
    that no observation is left in stays, unshown. Unknown ids are passed over.
    """
    ordered = sorted(set(row_ids))  # so that two at once wait for each other instead of dying of each other
    for start in range(0, len(ordered), _BATCH):
        _refresh_batch(connection, ordered[start : start + _BATCH])


def refresh_articles(connection: Connection, article_ids: Collection[str]) -> None:
    """Refresh every row that one of these articles has, or had, an observation in."""
    if article_ids:
        agreement, link = schema.agreement, schema.link
        query = select(link.c.row_id).where(
            link.c.agreement_id == agreement.c.id, is_one_of(agreement.c.article_id, sorted(set(article_ids)))
        )
        refresh_rows(connection, list(connection.execute(query.distinct()).scalars()))


def refresh_stale(connection: Connection) -> int:
    """Refresh rows that never were, as those of older versions of Entente; returns how many."""
    row, number = schema.register_row, 0
    query = select(row.c.id).where(row.c.refreshed_at.is_(None)).order_by(row.c.id).limit(_BATCH)
    while ids := list(connection.execute(query).scalars()):
        refresh_rows(connection, ids)
        number += len(ids)
    return number


def make_draft(
    row_id: str, first_seen: datetime, seen: Sequence[Seen], standing: Mapping[str, Standing], originals: Originals
) -> Draft:
    """A row from its observations (at least one), of all days or of those until a day of publication."""
    kept = apply_decisions(seen, standing)
    return Draft(
        row_id=row_id,
        first_seen=first_seen,
        seen=kept,
        outline=correct_outline(make_outline(kept), standing.get(row_id)),
        parties=join_parties(kept, originals),
        days=find_days(kept, originals),
        independent=originals.count(each.article_id for each in kept),
        differs=bool(find_differences(kept)),
        review=find_review(row_id, seen, standing),
    )


def make_row(draft: Draft, shown: Mapping[str, Shown]) -> RegisterRow:
    """The row as a list shows it."""
    days = [each.published for each in draft.seen if each.published]
    return RegisterRow(
        id=draft.row_id,
        **draft.outline._asdict(),
        parties=tuple(make_party(each, shown) for each in draft.parties if each.first.agreement_id in shown),
        observations=tuple(
            shown[each.agreement_id].observation for each in draft.seen[-LISTED:] if each.agreement_id in shown
        ),
        observed=len(draft.seen),
        independent=draft.independent,
        first_published=days[0] if days else None,
        last_published=days[-1] if days else None,
        differs=draft.differs,
        review=draft.review,
        first_seen=draft.first_seen,
        last_seen=max(each.first_seen for each in draft.seen),
    )


def load_drafts(connection: Connection, row_ids: Collection[str], *, as_of: str | None = None) -> list[Draft]:
    """These rows from their observations, now or as they stood on a day of publication; empty ones are left out."""
    row = schema.register_row
    query = select(row.c.id, row.c.first_seen).where(is_one_of(row.c.id, row_ids))
    born: dict[str, datetime] = {each[0]: each[1] for each in connection.execute(query)}
    found = load_seen(connection, sorted(born))
    if as_of:
        found = {row_id: _until(seen, as_of) for row_id, seen in found.items()}
    everything = list(chain.from_iterable(found.values()))
    standing = load_standing(connection, [*found, *(each.agreement_id for each in everything)])
    originals = load_originals(connection, (each.article_id for each in everything))
    return [make_draft(row_id, born[row_id], seen, standing, originals) for row_id, seen in found.items() if seen]


def _until(seen: Sequence[Seen], day: str) -> list[Seen]:
    return [each for each in seen if each.published and each.published[: len(day)] <= day]


def _refresh_batch(connection: Connection, row_ids: Sequence[str]) -> None:
    row = schema.register_row
    lock = select(row.c.id).where(is_one_of(row.c.id, row_ids)).order_by(row.c.id).with_for_update()
    known = list(connection.execute(lock).scalars())
    if not known:
        return
    drafts = {draft.row_id: draft for draft in load_drafts(connection, known)}
    shown = load_shown(connection, {each for draft in drafts.values() for each in draft.shown_ids()})
    empty = [row_id for row_id in known if row_id not in drafts]
    if empty:
        _empty(connection, empty)
    if drafts:
        _write_rows(connection, [(draft, make_row(draft, shown)) for draft in drafts.values()])
    _write_changed(connection, schema.row_party, known, chain.from_iterable(map(_party_rows, drafts.values())))
    _write_changed(connection, schema.row_status, known, chain.from_iterable(map(_day_rows, drafts.values())))
    index_rows(connection, known)


def _empty(connection: Connection, row_ids: Sequence[str]) -> None:
    row = schema.register_row
    gone = {"is_shown": False, "parties": [], "publishers": [], "authorities": [], "observations": 0, "independent": 0}
    connection.execute(update(row).where(row.c.id.in_(row_ids)).values(refreshed_at=now(), **gone))


def _write_rows(connection: Connection, made: Sequence[tuple[Draft, RegisterRow]]) -> None:
    row = schema.register_row
    values = [_row_values(draft, shown) for draft, shown in made]
    columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in values[0] if name not in {"id", "words"}}
    words = func.array_to_tsvector(cast(bindparam("new_words", type_=ARRAY(Text)), ARRAY(Text)))
    query = update(row).where(row.c.id == bindparam("new_id")).values(words=words, **columns)
    connection.execute(query, [{f"new_{name}": value for name, value in each.items()} for each in values])


def _row_values(draft: Draft, shown: RegisterRow) -> dict[str, Any]:
    same = (
        "id",
        "label",
        "name",
        "kind",
        "status",
        "status_date",
        "date",
        "subject",
        "confidence",
        "differs",
        "review",
    )
    values = {name: getattr(shown, name) for name in same} | {"aliases": list(shown.aliases)}
    arrivals = [actor.first_seen for each in draft.seen for actor in each.parties]
    return values | {
        "parties": sorted({each.normal for each in draft.parties if not each.is_minor}),
        "publishers": sorted({each.publisher.casefold() for each in draft.seen if each.publisher}),
        "authorities": sorted({each.authority for each in draft.seen if each.authority}),
        "observations": shown.observed,
        "independent": shown.independent,
        "first_published": shown.first_published or "",
        "last_published": shown.last_published or "",
        "first_observed": min(each.first_seen for each in draft.seen),
        "last_seen": max([shown.last_seen, *arrivals]),
        "is_shown": True,
        "words": split_words(" ".join(filter(None, (shown.label, shown.name, *shown.aliases, shown.subject)))),
        "record": shown.model_dump(mode="json"),
        "refreshed_at": now(),
    }


def _party_rows(draft: Draft) -> Iterable[tuple[Any, ...]]:
    for each in draft.parties:
        yield draft.row_id, each.normal, each.role.value, each.entity, each.articles, each.is_minor, each.is_past


def _day_rows(draft: Draft) -> Iterable[tuple[Any, ...]]:
    for day in draft.days:
        yield draft.row_id, day.from_day, day.until_day, day.status, *day[3:]


def _write_changed(
    connection: Connection, table: Table, row_ids: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Make the table hold exactly these for these rows; what stays is not written: of a large row that is nearly all."""
    wanted = set(rows)
    query = select(table).where(is_one_of(table.c.row_id, row_ids))
    known = {tuple(each) for each in connection.execute(query)}
    keys = list(table.primary_key.columns)
    if gone := known - wanted:
        places = [list(table.columns).index(key) for key in keys]
        connection.execute(
            table.delete().where(tuple_(*keys).in_([tuple(each[place] for place in places) for each in gone]))
        )
    if new := wanted - known:
        names = [column.name for column in table.columns]
        connection.execute(
            insert(table), [dict(zip(names, each, strict=True)) for each in sorted(new, key=lambda x: x[:2])]
        )
