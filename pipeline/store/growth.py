"""Large rows of the register with one observation more: what it costs does not hang on how many there are.

A row of many observations keeps a summary (:mod:`pipeline.store.summaries`). Where an article only adds to it, the summary
takes the addition; where anything else is so, the row is made from nothing as all others are.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime
from itertools import chain

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from pipeline.enumerations import Review
from pipeline.store import schema
from pipeline.store.days import Day, close_days, first_day
from pipeline.store.decided import correct_outline
from pipeline.store.drafts import Draft, Extent
from pipeline.store.facts import load_said
from pipeline.store.neighbours import Neighbours, load_neighbours
from pipeline.store.observations import Seen
from pipeline.store.queries import is_one_of
from pipeline.store.standing import Standing, load_standing
from pipeline.store.summaries import Summary, summarise

#: Below it a row is made from nothing sooner than its summary is read and written; observations.
LARGE = 40


def grow_drafts(connection: Connection, added: Mapping[str, str | None]) -> list[Draft]:
    """Rows that have a summary, each with one observation more (or none: somebody decided on the row), as far as possible."""
    summaries = _load_summaries(connection, added)
    ids = {row_id: agreement_id for row_id, agreement_id in added.items() if agreement_id and row_id in summaries}
    said = load_said(connection, list(ids.values()))
    around = load_neighbours(connection, {row_id: said[each] for row_id, each in ids.items() if each in said})
    tied = {row_id: [each.agreement_id for each in found.seen] for row_id, found in around.items() if found}
    standing = load_standing(connection, [*summaries, *ids.values(), *chain.from_iterable(tied.values())])
    drafts = []
    for row_id, (first_seen, summary) in summaries.items():
        new, found = said.get(ids.get(row_id, "")), around.get(row_id)
        if new is None or found is None:
            if row_id in ids:
                continue
            changed = None
        else:
            is_decided = not standing.keys().isdisjoint([new.agreement_id, *tied[row_id]])
            if is_decided or not summary.takes(new) or not _add(summary, new, found):
                continue
            changed = _load_days(connection, row_id, summary, new, found)
        drafts.append(_make_draft((row_id, first_seen), summary, changed, standing.get(row_id)))
    return drafts


def _add(summary: Summary, new: Seen, around: Neighbours) -> bool:
    """Add an observation, counted as one more or not by what its article is tied to; whether that could be told."""
    summary.add(new)
    summary.independent += around.count_more(new, around.seen) - 1
    if new.parties:
        summary.naming += around.count_more(new, [each for each in around.seen if each.parties]) - 1
    counts = [summary.independent]
    for named in {(each.normal, each.role) for each in new.parties}:
        same = [each for each in around.seen if named in {(other.normal, other.role) for other in each.parties}]
        held = summary.parties[f"{named[1]} {named[0]}"]
        held["articles"] += around.count_more(new, same) - 1
        counts.append(held["articles"])
    return min(counts) > 0


def make_summary(draft: Draft) -> Summary | None:
    """The summary of a row that was made from nothing, if it is large; none where adding to it would not be enough.

    That is where one article says two things of it, articles are taken from each other in a circle, of which one counts all the
    same, or people rejected all that is said of it.
    """
    seen, extent = draft.seen, draft.extent
    is_plain = len({each.article_id for each in seen}) == len(seen) and not extent.is_circular
    if len(seen) < LARGE or not is_plain or draft.reviews == {Review.REJECT}:
        return None
    summary = summarise(seen)
    summary.independent, summary.naming = extent.independent, extent.naming
    summary.reviews = sorted(each for each in draft.reviews if each is not None)
    for each in draft.parties:
        summary.parties[f"{each.role} {each.normal}"]["articles"] = each.articles
    return summary


def save_summaries(connection: Connection, summaries: Mapping[str, Summary | None]) -> None:
    """Keep these rows' summaries; a row without one has none any more."""
    table = schema.row_summary
    rows = [{"row_id": row_id, "summary": asdict(each)} for row_id, each in summaries.items() if each is not None]
    connection.execute(
        delete(table).where(is_one_of(table.c.row_id, summaries.keys() - {row["row_id"] for row in rows}))
    )
    if rows:
        put = insert(table)
        put = put.on_conflict_do_update(index_elements=["row_id"], set_={"summary": put.excluded.summary})
        connection.execute(put, rows)


def _load_summaries(connection: Connection, row_ids: Collection[str]) -> dict[str, tuple[datetime, Summary]]:
    row, table = schema.register_row, schema.row_summary
    query = select(row.c.id, row.c.first_seen, table.c.summary).where(table.c.row_id == row.c.id)
    query = query.where(is_one_of(row.c.id, row_ids), row.c.is_shown)
    return {each[0]: (each[1], Summary(**each[2])) for each in connection.execute(query)}


def _load_days(
    connection: Connection, row_id: str, summary: Summary, new: Seen, around: Neighbours
) -> tuple[date, list[Day]] | None:
    """The days of a row from the last one before the addition on, with it; None where none of them changes."""
    if new.published is None:
        return None
    added = first_day(new.published)
    kept = [date.fromisoformat(day) for day, _ in summary.walks]
    start = max((day for day in kept if day < added), default=added)
    table = schema.row_status
    query = select(*(table.c[name] for name in Day._fields)).where(table.c.row_id == row_id, table.c.from_day >= start)
    known = {each.from_day: Day(*each) for each in connection.execute(query)}
    days, before = [], (0, 0)
    for day in (each for each in kept if each >= start):
        held = known.get(day)
        counts = (held.observations, held.independent) if held else before
        if day >= added:
            counts = (counts[0] + 1, counts[1] + around.count_more(new, around.until(day.isoformat())))
        days.append(Day(day, None, *summary.stand(day.isoformat()), *counts))
        before = counts
    return start, close_days(days)


def _make_draft(
    row: tuple[str, datetime], summary: Summary, days: tuple[date, list[Day]] | None, standing: Standing | None
) -> Draft:
    review = standing.review if standing is not None else None
    start, changed = days or (date.max, [])
    return Draft(
        row_id=row[0],
        first_seen=row[1],
        outline=correct_outline(summary.outline(), standing),
        parties=summary.joined(),
        extent=_measure(summary),
        differs=summary.differs(),
        review=review if review is not None else summary.find_review(),
        days=changed,
        summary=summary,
        days_from=start,
    )


def _measure(summary: Summary) -> Extent:
    first, last = (datetime.fromisoformat(each) for each in summary.seen)
    return Extent(
        observed=summary.observed,
        independent=summary.independent,
        naming=summary.naming,
        listed=tuple(key[3] for key in summary.listed),
        published=tuple(summary.published),
        publishers=tuple(summary.publishers),
        authorities=tuple(summary.authorities),
        first_observed=first,
        last_seen=last,
        arrived=datetime.fromisoformat(summary.arrived),
    )
