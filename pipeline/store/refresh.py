"""Making the rows of the register anew from what their observations and a person's decisions say now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    Table,
    Text,
    bindparam,
    cast,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from pipeline.store import schema
from pipeline.store.drafts import Draft, find_missing, load_drafts, make_row
from pipeline.store.facts import load_shown
from pipeline.store.growth import grow_drafts, make_summary, save_summaries
from pipeline.store.queries import is_one_of
from pipeline.store.register_rows import RegisterRow
from pipeline.store.search_entries import index_rows
from pipeline.store.store import now
from pipeline.store.summaries import Summary
from pipeline.store.words import split_words

_NOTHING: Mapping[str, str | None] = MappingProxyType({})
# Rows that are read and written together: enough that a round trip costs little for each, few enough that a hundred rows
# of five thousand articles still fit into memory (a fact takes about 2 kB).
_BATCH = 100


def refresh_rows(
    connection: Connection, row_ids: Collection[str], *, added: Mapping[str, str | None] = _NOTHING
) -> None:
    """Bring these rows of the register, their parties and their standing by day up to date, in the caller's transaction.

    To be called with every row that an observation joined, left or changed in, and with those a decision touched. A row
    that no observation is left in stays, unshown. Unknown ids are passed over.

    Args:
        connection: an open transaction.
        row_ids: the rows.
        added: of rows in which nothing has changed but that this observation joined them, or (None) that somebody decided
            on the row itself: large ones of them are not made from all of their observations.
    """
    ordered = sorted(set(row_ids))  # so that two at once wait for each other instead of dying of each other
    for start in range(0, len(ordered), _BATCH):
        some = ordered[start : start + _BATCH]
        _refresh_batch(connection, some, {each: added[each] for each in some if each in added})


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


def _refresh_batch(connection: Connection, row_ids: Sequence[str], added: Mapping[str, str | None]) -> None:
    row = schema.register_row
    lock = select(row.c.id).where(is_one_of(row.c.id, row_ids)).order_by(row.c.id).with_for_update()
    known = list(connection.execute(lock).scalars())
    if not known:
        return
    grown = {draft.row_id: draft for draft in grow_drafts(connection, added)} if added else {}
    made = {each.row_id: each for each in load_drafts(connection, [each for each in known if each not in grown])}
    empty = [row_id for row_id in known if row_id not in made and row_id not in grown]
    if empty:
        _empty(connection, empty)
    drafts = {**made, **grown}
    if drafts:
        _write_rows(connection, _show(connection, made, grown))
    save_summaries(connection, dict.fromkeys(empty) | {each: _sum_up(drafts[each]) for each in drafts})
    party, day = schema.row_party, schema.row_status
    of_rows = is_one_of(party.c.row_id, known)
    _write_changed(connection, party, of_rows, chain.from_iterable(map(_party_rows, drafts.values())))
    of_days = is_one_of(day.c.row_id, [each for each in known if each not in grown])
    later = [(day.c.row_id == each.row_id) & (day.c.from_day >= each.days_from) for each in grown.values()]
    _write_changed(connection, day, or_(of_days, *later), chain.from_iterable(map(_day_rows, drafts.values())))
    index_rows(connection, known)


def _sum_up(draft: Draft) -> Summary | None:
    return draft.summary or make_summary(draft)


def _show(
    connection: Connection, made: Mapping[str, Draft], grown: Mapping[str, Draft]
) -> list[tuple[Draft, RegisterRow]]:
    """Each draft with the row that a list shows; of rows that have grown, only what is new is read."""
    row = schema.register_row
    query = select(row.c.id, cast(row.c.record, String)).where(is_one_of(row.c.id, grown))
    before = {each[0]: RegisterRow.model_validate_json(each[1]) for each in connection.execute(query)} if grown else {}
    ids = {each for draft in made.values() for each in draft.shown_ids()}
    ids |= {each for draft in grown.values() for each in find_missing(draft, before[draft.row_id])}
    shown = load_shown(connection, ids)
    return [(draft, make_row(draft, shown, before.get(draft.row_id))) for draft in (*made.values(), *grown.values())]


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
    extent = draft.extent
    return values | {
        "parties": sorted({each.normal for each in draft.parties if not each.is_minor}),
        "publishers": list(extent.publishers),
        "authorities": list(extent.authorities),
        "observations": extent.observed,
        "independent": extent.independent,
        "first_published": shown.first_published or "",
        "last_published": shown.last_published or "",
        "first_observed": extent.first_observed,
        "last_seen": extent.arrived,
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
    connection: Connection, table: Table, where: ColumnElement[bool], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Make the table hold exactly these there; what stays is not written: of a large row that is nearly all."""
    wanted = set(rows)
    query = select(table).where(where)
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
