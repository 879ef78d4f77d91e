"""Rows of the register in the making: from their observations, now or as they stood on a day, and as a list shows them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection, select

from pipeline.enumerations import Review
from pipeline.records import normalise
from pipeline.store import schema
from pipeline.store.days import Day, find_days
from pipeline.store.decided import apply_decisions, correct_outline, find_review
from pipeline.store.differences import find_differences
from pipeline.store.facts import Shown, load_originals, load_seen
from pipeline.store.observations import Outline, Seen, make_outline
from pipeline.store.originals import Originals
from pipeline.store.parties import Joined, join_parties
from pipeline.store.queries import is_one_of
from pipeline.store.register_rows import PartyRow, RegisterRow
from pipeline.store.standing import Standing, load_standing
from pipeline.store.summaries import LISTED, Summary
from pipeline.store.words import make_party


class Extent(NamedTuple):
    """How much there is of a row, and since when."""

    observed: int
    independent: int  #: articles
    naming: int  #: of them, those that name parties
    listed: tuple[str, ...]  #: the last few observations
    published: tuple[str, ...]  #: the first and the last day; empty where all are undated
    publishers: tuple[str, ...]  #: in lower case
    authorities: tuple[str, ...]
    first_observed: datetime
    last_seen: datetime
    arrived: datetime  #: when the last observation, or a party of one, came in
    is_circular: bool = False  #: some articles are taken from each other


class Draft(NamedTuple):
    """A row in the making: all that follows from facts, before the words that it shows are read."""

    row_id: str
    first_seen: datetime
    outline: Outline
    parties: Sequence[Joined]
    extent: Extent
    differs: bool
    review: Review | None
    days: Sequence[Day]
    seen: Sequence[Seen] = ()  #: its observations, where they were read
    reviews: frozenset[Review | None] = frozenset()  #: what people decided of them
    summary: Summary | None = None  #: where it was made of one
    days_from: date | None = None  #: the days before it are as they were; None: these are all

    def shown_ids(self) -> list[str]:
        """The observations whose words are shown."""
        return [*self.extent.listed, *(party.first.agreement_id for party in self.parties)]


def make_draft(
    row_id: str, first_seen: datetime, seen: Sequence[Seen], standing: Mapping[str, Standing], originals: Originals
) -> Draft:
    """A row from its observations (at least one), of all days or of those until a day of publication."""
    kept = apply_decisions(seen, standing)
    reviews = (standing[each.agreement_id].review if each.agreement_id in standing else None for each in seen)
    return Draft(
        row_id=row_id,
        first_seen=first_seen,
        outline=correct_outline(make_outline(kept), standing.get(row_id)),
        parties=join_parties(kept, originals),
        extent=_measure(kept, originals),
        differs=bool(find_differences(kept)),
        review=find_review(row_id, seen, standing),
        days=find_days(kept, originals),
        seen=kept,
        reviews=frozenset(reviews),
    )


def _measure(seen: Sequence[Seen], originals: Originals) -> Extent:
    days = [each.published for each in seen if each.published]
    arrivals = [each.first_seen for each in seen]
    return Extent(
        observed=len(seen),
        independent=originals.count(each.article_id for each in seen),
        naming=originals.count(each.article_id for each in seen if each.parties),
        listed=tuple(each.agreement_id for each in seen[-LISTED:]),
        published=(days[0], days[-1]) if days else (),
        publishers=tuple(sorted({each.publisher.casefold() for each in seen if each.publisher})),
        authorities=tuple(sorted({each.authority for each in seen if each.authority})),
        first_observed=min(arrivals),
        last_seen=max(arrivals),
        arrived=max([*arrivals, *(actor.first_seen for each in seen for actor in each.parties)]),
        is_circular=originals.has_circle(each.article_id for each in seen),
    )


def make_row(draft: Draft, shown: Mapping[str, Shown], known: RegisterRow | None = None) -> RegisterRow:
    """The row as a list shows it; words that it had already are taken from there."""
    extent, (first, last) = draft.extent, draft.extent.published or (None, None)
    observations = {each.agreement_id: each for each in known.observations} if known else {}
    observations |= {agreement_id: each.observation for agreement_id, each in shown.items()}
    return RegisterRow(
        id=draft.row_id,
        **draft.outline._asdict(),
        parties=_make_parties(draft.parties, shown, known),
        observations=tuple(observations[each] for each in extent.listed if each in observations),
        observed=extent.observed,
        independent=extent.independent,
        first_published=first,
        last_published=last,
        differs=draft.differs,
        review=draft.review,
        first_seen=draft.first_seen,
        last_seen=extent.last_seen,
    )


def find_missing(draft: Draft, known: RegisterRow) -> set[str]:
    """The observations whose words are to be read, since the row as it was does not have them."""
    held = {each.agreement_id for each in known.observations}
    told = {_name(each) for each in known.parties}
    return {each for each in draft.extent.listed if each not in held} | {
        each.first.agreement_id for each in draft.parties if _name_joined(each) not in told
    }


def _make_parties(
    joined: Sequence[Joined], shown: Mapping[str, Shown], known: RegisterRow | None
) -> tuple[PartyRow, ...]:
    told = {_name(each): each for each in known.parties} if known else {}
    made = []
    for each in joined:
        if before := told.get(_name_joined(each)):
            changes = ("agreement_ids", "first_seen", "articles", "is_minor", "is_past")
            made.append(before.model_copy(update={name: getattr(each, name) for name in changes}))
        elif each.first.agreement_id in shown:
            made.append(make_party(each, shown))
    return tuple(made)


def _name(party: PartyRow) -> tuple[str, str, str]:
    """By what a party's words are the same: the first that says so, its name and role."""
    return party.agreement_ids[0], normalise(party.entity), party.role


def _name_joined(joined: Joined) -> tuple[str, str, str]:
    return joined.first.agreement_id, joined.normal, joined.role


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


def load_observations(connection: Connection, row_ids: Collection[str]) -> dict[str, list[Seen]]:
    """The observations of these rows as people left them, the oldest publication first, without what follows from them."""
    found = load_seen(connection, row_ids)
    standing = load_standing(connection, [each.agreement_id for each in chain.from_iterable(found.values())])
    return {row_id: apply_decisions(seen, standing) for row_id, seen in found.items()}


def _until(seen: Sequence[Seen], day: str) -> list[Seen]:
    return [each for each in seen if each.published and each.published[: len(day)] <= day]
