"""Large rows of the register with one observation more: what it costs does not hang on how many there are.

A row of many observations keeps a summary (:mod:`pipeline.store.summaries`). Where an article only adds to it, the summary
takes the addition; where anything else is so, the row is made from nothing as all others are.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.dialects.postgresql import insert

from pipeline.enumerations import Review
from pipeline.store import schema
from pipeline.store.days import Day, close_days, first_day
from pipeline.store.decided import correct_outline
from pipeline.store.drafts import Draft, Extent
from pipeline.store.facts import load_said
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
    standing = load_standing(connection, [*summaries, *ids.values()])
    taken = _find_taken(connection, [(row_id, said[each]) for row_id, each in ids.items() if each in said])
    drafts = []
    for row_id, (first_seen, summary) in summaries.items():
        new = said.get(ids.get(row_id, ""))
        if row_id in ids and (new is None or new.agreement_id in standing or row_id in taken or not summary.takes(new)):
            continue
        if new is not None:
            summary.add(new)
        days = _load_days(connection, row_id, summary, new)
        drafts.append(_make_draft((row_id, first_seen), summary, days, standing.get(row_id)))
    return drafts


def make_summary(draft: Draft) -> Summary | None:
    """The summary of a row that was made from nothing, if it is large; none where adding to it would not be enough.

    That is where one article says two things of it, or people rejected all that is said of it.
    """
    seen, extent = draft.seen, draft.extent
    if len(seen) < LARGE or len({each.article_id for each in seen}) < len(seen) or draft.reviews == {Review.REJECT}:
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


def _find_taken(connection: Connection, new: Collection[tuple[str, Seen]]) -> set[str]:
    """Rows in which an article that is to be added, or one that it repeats or that repeats it, stands already."""
    agreement, link = schema.agreement, schema.link
    taken = set()
    for article_id in {each.article_id for _, each in new}:
        ids = {each.agreement_id for _, each in new if each.article_id == article_id}
        query = select(link.c.row_id).where(
            link.c.agreement_id == agreement.c.id,
            is_one_of(agreement.c.article_id, _load_related(connection, article_id)),
            is_one_of(link.c.row_id, {row_id for row_id, _ in new}),
            ~is_one_of(link.c.agreement_id, ids),
        )
        taken |= set(connection.execute(query).scalars())
    return taken


def _load_related(connection: Connection, article_id: str) -> list[str]:
    """An article, and all that is tied to it by repetitions, over however many others."""
    return list(connection.execute(_RELATED, {"article_id": article_id}).scalars())


def _load_days(
    connection: Connection, row_id: str, summary: Summary, new: Seen | None
) -> tuple[date, list[Day]] | None:
    """The days of a row from the last one before the addition on, with it; None where none of them changes."""
    if new is None or new.published is None:
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
        counts = (counts[0] + (day >= added), counts[1] + (day >= added))
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


_RELATED = text(
    """
    WITH RECURSIVE tied AS (
        SELECT CAST(:article_id AS TEXT) AS id
        UNION
        SELECT CASE WHEN d.article_id = tied.id THEN d.other_id ELSE d.article_id END
        FROM tied JOIN duplicate d ON d.article_id = tied.id OR d.other_id = tied.id
    )
    SELECT id FROM tied
    """
)
