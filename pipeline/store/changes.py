"""What changed in the register since a time stamp: all that an analyst who looked then has not seen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, String, cast, func, select

from pipeline.enumerations import Review, Status
from pipeline.errors import InputError
from pipeline.store import schema
from pipeline.store.days import Walk
from pipeline.store.differences import have_disjoint
from pipeline.store.drafts import load_observations
from pipeline.store.facts import Shown, load_shown
from pipeline.store.observations import Seen, by_publication, find_status
from pipeline.store.recent import VERY_LARGE, load_recent
from pipeline.store.records import make_claim_row, select_claims
from pipeline.store.register_rows import (
    DifferingFigure,
    FigureValue,
    NewParty,
    RegisterRow,
    StatusChange,
)
from pipeline.store.rows import Changes, ClaimRow
from pipeline.store.standing import is_rejected
from pipeline.store.store import Store
from pipeline.store.themes import count_themes

# A brief has twenty lines; a hundred claims leave its writer enough to choose from, whatever came in.
_MOST_CLAIMS = 100
# New rows and touched rows each, those of the most articles first: more is not read by anybody, and who asks since forever
# gets what weighs most.
_MOST_ROWS = 500
_MOST_VALUES = 20  # of one figure
_MOST_OBSERVATIONS = 20_000  # looked into at once: 2.7 CPU s of a store of 20,000 articles, caller and database


class _Touched(NamedTuple):
    row: RegisterRow
    is_new: bool  #: not by its id, which a rename can change, but by all that it is made of
    seen: Sequence[Seen]  #: empty where only a party came in: nothing else can have changed
    before: Sequence[Any] | None = None  #: of a very large row the walk before these
    figures: Sequence[Seen] | None = None  #: and those that its figures are compared in; else these


def load_changes(store: Store, *, since: datetime) -> Changes:
    """What came into the store since then: rows, status changes, parties, differing figures, claims, themes.

    "New" is what the store saw first since then, whenever it was published: an old article that came in today is news
    to its reader. A row whose observations are all new can still have changed its status from one of them to the next,
    and stands under both heads then. Of more than five hundred rows those of the most articles are looked at.

    Raises:
        InputError: the time stamp has no time zone.
    """
    if since.tzinfo is None:
        raise InputError("The time since when changes are asked for needs a time zone.")
    with store.read() as connection:
        touched = _load_touched(connection, since)
        old = [each for each in touched if not each.is_new]
        shown = load_shown(connection, _find_shown(touched, since))
        return Changes(
            since=since,
            new_articles=_count_articles(connection, since),
            new_rows=tuple(each.row for each in touched if each.is_new),
            status_changes=tuple(filter(None, (_make_change(each, shown, since) for each in touched))),
            new_parties=tuple(party for each in old for party in _find_parties(each.row, since)),
            differing_figures=tuple(figure for each in touched for figure in _make_figures(each, shown, since)),
            new_claims=tuple(_load_claims(connection, since)),
            themes=tuple(sorted(count_themes(connection, since=since), key=lambda each: (-each.recent, each.theme.id))),
        )


def load_last_change(store: Store, *, until: datetime) -> datetime | None:
    """When the last article came in or was read anew, until that moment; None where there is none."""
    article = schema.article
    with store.begin() as connection:
        return connection.execute(select(func.max(article.c.saved_at)).where(article.c.saved_at <= until)).scalar()


def find_change(
    seen: Iterable[Seen], since: datetime, *, before: Sequence[Any] | None = None
) -> tuple[Status, Status, Seen] | None:
    """The status before and now, and the observation that changed it, if one that came in since did.

    Before is how the row stood without what came in since; where all of it did, how it stood before its last change
    in the order of publication. An undated article changes nothing where there is a dated one. Of a very large row the walk
    before these observations is given.
    """
    ordered = list(seen)
    old = [each for each in ordered if each.first_seen < since]
    new = sorted((each for each in ordered if each.first_seen >= since), key=by_publication)
    steps = _find_steps(old, new, Walk.load(before) if before is not None else Walk())
    after = find_status(ordered)[0] if before is None else steps[-1][1] if steps else None
    for was, now, observation in reversed(steps):
        if now is after and was is not None and now is not None:
            return was, now, observation
    return None


def _find_steps(old: list[Seen], new: list[Seen], walk: Walk) -> list[tuple[Status | None, Status | None, Seen]]:
    """How the status moved with each observation that came in, in the order of publication."""
    steps, known = [], list(old)
    for each in old:
        walk.add(each)
    before = walk.stand()[0] or find_status(known)[0]
    for each in new:
        known.append(each)
        walk.add(each)
        # Undated articles are asked only where dated ones say nothing, and that takes another look at all of them.
        status = walk.stand()[0] or find_status(known)[0]
        if status is not before:
            steps.append((before, status, each))
        before = status
    return steps


def _load_touched(connection: Connection, since: datetime) -> list[_Touched]:
    """Rows with an observation, or a party of one, that came in since: the weightiest new ones, and older ones."""
    row = schema.register_row
    query = (
        select(row.c.id, cast(row.c.record, String).label("record"))
        .where(row.c.is_shown, row.c.review.is_distinct_from(Review.REJECT))
        .order_by(row.c.independent.desc(), row.c.confidence.desc(), row.c.label, row.c.id)
        .limit(_MOST_ROWS)
    )
    is_touched = (row.c.last_seen >= since) & (row.c.first_observed < since)
    new = _read_rows(connection, query.where(row.c.first_observed >= since))
    rows = [*new, *_read_rows(connection, query.where(is_touched))]
    due = [each for each in rows if each.last_seen >= since]
    new_ids = {each.id for each in new}
    large = [each.id for each in due if each.observed > VERY_LARGE and each.id not in new_ids]
    recent = load_recent(connection, large, since)
    seen = _load_seen(connection, [each for each in due if each.id not in recent])
    touched = [
        _Touched(each, each.id in new_ids, end.seen, end.before, end.figures)
        if (end := recent.get(each.id))
        else _Touched(each, each.id in new_ids, seen.get(each.id, ()))
        for each in rows
    ]
    return sorted(touched, key=lambda each: (-each.row.independent, -each.row.confidence, each.row.label))


def _read_rows(connection: Connection, query: Select[tuple[str, str]]) -> list[RegisterRow]:
    return [RegisterRow.model_validate_json(each.record) for each in connection.execute(query)]


def _load_seen(connection: Connection, rows: Sequence[RegisterRow]) -> dict[str, Sequence[Seen]]:
    """The observations of these rows; where they are too many together, the largest rows are looked into no further."""
    ids, number = [], 0
    for each in sorted(rows, key=lambda row: row.observed):
        number += each.observed
        if number <= _MOST_OBSERVATIONS:
            ids.append(each.id)
    return dict(load_observations(connection, ids))


def _find_shown(touched: Sequence[_Touched], since: datetime) -> set[str]:
    """The observations whose words are told."""
    changes = [change for each in touched if (change := _find_change(each, since)) is not None]
    figures = [seen for each in touched for _, values in _find_figures(each, since) for seen, _ in values]
    return {each.agreement_id for each in (*(change[2] for change in changes), *figures)}


def _find_change(touched: _Touched, since: datetime) -> tuple[Status, Status, Seen] | None:
    return find_change(touched.seen, since, before=touched.before)


def _count_articles(connection: Connection, since: datetime) -> int:
    query = select(func.count()).where(schema.article.c.first_seen >= since)
    return connection.execute(query).scalar_one()


def _load_claims(connection: Connection, since: datetime) -> list[ClaimRow]:
    claim = schema.claim
    query = select_claims().where(claim.c.first_seen >= since, ~is_rejected(claim.c.id)).limit(_MOST_CLAIMS)
    ordered = query.order_by(claim.c.confidence.desc(), schema.revision.c.published.desc().nulls_last(), claim.c.id)
    return [make_claim_row(row) for row in connection.execute(ordered).mappings()]


def _make_change(touched: _Touched, shown: Mapping[str, Shown], since: datetime) -> StatusChange | None:
    if (change := _find_change(touched, since)) is None:
        return None
    before, after, seen = change
    observation = shown[seen.agreement_id].observation
    return StatusChange(row=touched.row, before=before, after=after, observation=observation)


def _find_parties(row: RegisterRow, since: datetime) -> list[NewParty]:
    return [NewParty(row=row, party=party) for party in row.parties if party.first_seen >= since]


_Values = list[tuple[Seen, float]]


def _find_figures(touched: _Touched, since: datetime) -> list[tuple[tuple[str, str | None], _Values]]:
    """Figures of which a new observation and another one of another article have no value in common."""
    groups: dict[tuple[str, str | None], _Values] = defaultdict(list)
    for each in touched.seen if touched.figures is None else touched.figures:
        for name, unit, value in each.figures:
            groups[name, unit].append((each, value))
    return [(key, _distinct(values)) for key, values in groups.items() if _differ(values, since)]


def _differ(values: _Values, since: datetime) -> bool:
    said: dict[str, set[float]] = defaultdict(set)
    new = set()
    for seen, value in values:
        said[seen.article_id].add(value)
        if seen.first_seen >= since:
            new.add(seen.article_id)
    everything = {frozenset(each) for each in said.values()}
    return any(have_disjoint([one, other]) for one in {frozenset(said[each]) for each in new} for other in everything)


def _distinct(values: _Values) -> _Values:
    """Each value once for each article, the youngest publications of many."""
    return list({(seen.article_id, value): (seen, value) for seen, value in reversed(values)}.values())[:_MOST_VALUES][
        ::-1
    ]


def _make_figures(touched: _Touched, shown: Mapping[str, Shown], since: datetime) -> list[DifferingFigure]:
    found = []
    for (name, unit), values in _find_figures(touched, since):
        told = [(shown[seen.agreement_id], value) for seen, value in values]
        figures = (
            FigureValue(figure=figure, observation=each.observation)
            for each, value in told
            for figure in [next(f for f in each.agreement.figures if (f.name, f.unit, f.value) == (name, unit, value))]
        )
        found.append(DifferingFigure(row=touched.row, name=name, values=tuple(figures)))
    return found
