"""What changed in the register since a time stamp: all that an analyst who looked then has not seen."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Select, func, select

from pipeline.enumerations import Status
from pipeline.errors import InputError
from pipeline.store import schema
from pipeline.store.duplicates import load_originals
from pipeline.store.observations import Seen, find_status, make_row
from pipeline.store.queries import is_current
from pipeline.store.records import make_claim_row, select_claims
from pipeline.store.register import load_seen
from pipeline.store.rows import (
    Changes,
    ClaimRow,
    DifferingFigure,
    FigureValue,
    NewParty,
    ObservationRow,
    RegisterRow,
    StatusChange,
)
from pipeline.store.store import Store
from pipeline.store.themes import count_themes

# A brief has twenty lines; a hundred claims leave its writer enough to choose from, whatever came in.
_MOST_CLAIMS = 100


def load_changes(store: Store, *, since: datetime) -> Changes:
    """What came into the store since then: rows, status changes, parties, differing figures, claims, themes.

    "New" is what the store saw first since then, whenever it was published: an old article that came in today is news
    to its reader. A row whose observations are all new can still have changed its status from one of them to the next,
    and stands under both heads then.

    Raises:
        InputError: the time stamp has no time zone.
    """
    if since.tzinfo is None:
        raise InputError("The time since when changes are asked for needs a time zone.")
    with store.begin() as connection:
        found = load_seen(connection, _select_touched(since))
        originals = load_originals(connection)
        rows = [
            (make_row(row_id, first_seen, seen, originals=originals), seen)
            for (row_id, first_seen), seen in found.items()
        ]
        return Changes(
            since=since,
            new_articles=_count_articles(connection, since),
            new_rows=tuple(sorted((row for row, _ in rows if _is_new(row, since)), key=_weight)),
            status_changes=tuple(filter(None, (_find_change(row, seen, since) for row, seen in rows))),
            new_parties=tuple(party for row, _ in rows for party in _find_parties(row, since)),
            differing_figures=tuple(figure for row, _ in rows for figure in _find_figures(row, since)),
            new_claims=tuple(_load_claims(connection, since)),
            themes=tuple(sorted(count_themes(connection, since=since), key=lambda each: (-each.recent, each.theme.id))),
        )


def find_change(seen: Iterable[Seen], since: datetime) -> tuple[Status, Status, ObservationRow] | None:
    """The status before and now, and the observation that changed it, if one that came in since did.

    Before is how the row stood without what came in since; where all of it did, how it stood before its last change
    in the order of publication. An undated article changes nothing where there is a dated one.
    """
    ordered = list(seen)
    after = find_status(ordered)[0]
    old = [each for each in ordered if each.observation.first_seen < since]
    steps = _find_steps(old, [each for each in ordered if each.observation.first_seen >= since])
    for before, now, observation in reversed(steps):
        if now is after and before is not None and now is not None:
            return before, now, observation
    return None


def _find_steps(old: list[Seen], new: list[Seen]) -> list[tuple[Status | None, Status | None, ObservationRow]]:
    """How the status moved with each observation that came in, in the order of publication."""
    steps = []
    known, before = list(old), find_status(old)[0]
    for each in sorted(new, key=_by_publication):
        known.append(each)
        status = find_status(known)[0]
        if status is not before:
            steps.append((before, status, each.observation))
        before = status
    return steps


def _by_publication(seen: Seen) -> tuple[bool, str, str]:
    published = seen.observation.published
    return published is None, published or "", seen.observation.agreement_id


def _select_touched(since: datetime) -> Select[tuple[str]]:
    """Rows with an observation, or a party of one, that came in since."""
    agreement, party, link = schema.agreement, schema.party, schema.link
    has_new_party = (
        select(1)
        .where(
            party.c.agreement_id == agreement.c.id,
            party.c.revision == agreement.c.revision,
            party.c.fingerprint == agreement.c.fingerprint,
            party.c.first_seen >= since,
        )
        .correlate(agreement)
        .exists()
    )
    return select(link.c.row_id).where(
        link.c.agreement_id == agreement.c.id,
        is_current(agreement),
        (agreement.c.first_seen >= since) | has_new_party,
    )


def _count_articles(connection: Connection, since: datetime) -> int:
    query = select(func.count()).where(schema.article.c.first_seen >= since)
    return connection.execute(query).scalar_one()


def _load_claims(connection: Connection, since: datetime) -> list[ClaimRow]:
    claim = schema.claim
    query = select_claims().where(claim.c.first_seen >= since).limit(_MOST_CLAIMS)
    ordered = query.order_by(claim.c.confidence.desc(), schema.revision.c.published.desc().nulls_last(), claim.c.id)
    return [make_claim_row(row) for row in connection.execute(ordered).mappings()]


def _is_new(row: RegisterRow, since: datetime) -> bool:
    """Whether the row was not there before: not by its id, which a rename can change, but by what it is made of."""
    return all(each.first_seen >= since for each in row.observations)


def _weight(row: RegisterRow) -> tuple[int, float, str]:
    return -row.independent, -row.confidence, row.label


def _find_change(row: RegisterRow, seen: list[Seen], since: datetime) -> StatusChange | None:
    if (change := find_change(seen, since)) is None:
        return None
    before, after, observation = change
    return StatusChange(row=row, before=before, after=after, observation=observation)


def _find_parties(row: RegisterRow, since: datetime) -> list[NewParty]:
    if _is_new(row, since):
        return []
    return [NewParty(row=row, party=party) for party in row.parties if party.first_seen >= since]


def _find_figures(row: RegisterRow, since: datetime) -> list[DifferingFigure]:
    """Figures of which a new observation and another one of another article have no value in common."""
    groups: dict[tuple[str, str | None], list[FigureValue]] = defaultdict(list)
    for observation in row.observations:
        for figure in observation.figures:
            groups[figure.name, figure.unit].append(FigureValue(figure=figure, observation=observation))
    return [
        DifferingFigure(row=row, name=name, values=tuple(_distinct(values)))
        for (name, _), values in groups.items()
        if _differ(values, since)
    ]


def _differ(values: list[FigureValue], since: datetime) -> bool:
    said: dict[str, set[float]] = defaultdict(set)
    new = set()
    for each in values:
        said[each.observation.article_id].add(each.figure.value)
        if each.observation.first_seen >= since:
            new.add(each.observation.article_id)
    return any(said[one].isdisjoint(other) for one in new for other in said.values())


def _distinct(values: list[FigureValue]) -> list[FigureValue]:
    """Each value once for each article."""
    return list({(each.observation.article_id, each.figure.value): each for each in reversed(values)}.values())[::-1]
