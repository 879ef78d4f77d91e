"""From what changed in the store to what may stand on the page, each change with its weight.

Weights are tuples, compared from the left: an order can be argued with, a sum of points cannot.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from pipeline.brief.choose import Candidate
from pipeline.brief.page import SectionKey
from pipeline.brief.phrases import say_day, say_number, say_parties, say_speaker, say_value
from pipeline.brief.quotes import QUOTE_WIDTH
from pipeline.enumerations import AgreementKind, ClaimType, PartyRole, Status
from pipeline.records import AUTHOR
from pipeline.store.rows import (
    Changes,
    ClaimRow,
    DifferingFigure,
    FigureValue,
    NewParty,
    ObservationRow,
    RegisterRow,
    StatusChange,
    ThemeCount,
)

# How much an arrangement binds: what a ministry must answer for comes before what it may take part in.
_BINDING = {
    AgreementKind.TREATY: 3,
    AgreementKind.SECURITY_GUARANTEE: 3,
    AgreementKind.ACCESSION: 3,
    AgreementKind.JOINT_DECLARATION: 2,
    AgreementKind.SANCTIONS_REGIME: 2,
    AgreementKind.FUNDING_INSTRUMENT: 2,
    AgreementKind.OTHER_COMMITMENT: 0,
}
_BINDS_BY_CUSTOM = 1  # coalitions, programmes, missions, bodies, targets, strategies

# What ends or binds is news; what is only talked of can wait.
_STATUS_NEWS = {
    Status.TERMINATED: 5,
    Status.EXPIRED: 5,
    Status.SUSPENDED: 5,
    Status.REJECTED: 5,
    Status.IN_FORCE: 4,
    Status.SIGNED: 4,
    Status.OPERATING: 3,
    Status.STALLED: 3,
    Status.AGREED: 3,
    Status.NEGOTIATING: 2,
    Status.PLANNED: 1,
    Status.PROPOSED: 1,
}

# Joining and leaving come before being spoken of.
_ROLE_NEWS = {
    PartyRole.WITHDRAWN: 3,
    PartyRole.EXCLUDED: 2,
    PartyRole.LEAD: 2,
    PartyRole.PARTY: 2,
    PartyRole.MEMBER: 2,
    PartyRole.HOST: 1,
}

# A promise, a threat or a demand changes what others do; a view only tells how they see it.
_CLAIM_NEWS = {
    ClaimType.COMMITMENT_PLEDGE: 4,
    ClaimType.THREAT_WARNING: 4,
    ClaimType.REQUEST_DEMAND: 3,
    ClaimType.PREDICTION: 2,
    ClaimType.RECOMMENDATION: 2,
    ClaimType.EVALUATION: 1,
}

# Fewer words say nothing out of their context ("it will"); more do not fit the quote.
_READABLE_WORDS = range(6, 36)

# What has no more words is a heading or a fragment ("4.2 Treaty on Open Skies."), and tells nothing.
_HEADING_WORDS = 6

# A theme that one article raises is that article's subject, not a trend.
_RISING_ARTICLES = 2


def find_candidates(changes: Changes) -> Iterator[Candidate]:
    """Every change that could become a line, unsorted."""
    # A row that changed its status within what came in is told of once, where it says more.
    changed = {change.row.id for change in changes.status_changes}
    yield from (_from_row(row) for row in changes.new_rows if row.id not in changed)
    yield from map(_from_status, changes.status_changes)
    yield from _from_parties(changes.new_parties)
    yield from map(_from_figure, changes.differing_figures)
    yield from map(_from_claim, changes.new_claims)
    yield from map(_from_theme, _find_rising(changes.themes))


def _from_row(row: RegisterRow) -> Candidate:
    kind = say_value(row.kind) + (f", {say_day(row.date)}" if row.date else "")
    parts = [
        kind,
        say_value(row.status),
        say_parties(each for each in row.parties if not each.is_minor and not each.is_past),
    ]
    completeness = (row.status is not None) + bool(row.parties)
    candidate = Candidate(
        key=SectionKey.NEW_AGREEMENTS,
        weight=(
            row.independent,
            row.name is not None,
            completeness,
            _BINDING.get(row.kind, _BINDS_BY_CUSTOM),
            row.confidence,
        ),
        record_id=row.id,
        headline=row.label,
        is_named=row.name is not None,
        detail=" · ".join(part for part in parts if part),
    )
    return _at(_best_quoted(row), candidate)


def _best_quoted(row: RegisterRow) -> ObservationRow:
    """The observation with the best words: a sentence that names it, tells how it stands, is short, certain; the latest."""

    def weigh(seen: ObservationRow) -> tuple[bool, bool, bool, bool, float]:
        words = seen.quote.text if seen.quote else ""
        is_named = _find_name(words, seen) is not None
        says_something = len(words.split()) > _HEADING_WORDS
        return says_something, is_named, seen.status is row.status, len(words) <= QUOTE_WIDTH, seen.confidence

    return max(reversed(row.observations), key=weigh)


def _at(seen: ObservationRow, candidate: Candidate) -> Candidate:
    if seen.quote is None:
        return replace(candidate, article_id=seen.article_id)
    # Evidence is a whole sentence; marked whole, nothing would stand out in it.
    low, high = _find_name(seen.quote.text, seen) or (0, len(seen.quote.text))
    start = seen.quote.start
    return replace(candidate, article_id=seen.article_id, start=start + low, end=start + high)


def _find_name(words: str, seen: ObservationRow) -> tuple[int, int] | None:
    for name in (seen.name, seen.label):
        if name and (at := words.casefold().find(name.casefold())) >= 0:
            return at, at + len(name)
    return None


def _from_status(change: StatusChange) -> Candidate:
    row = change.row
    since = f"since {say_day(row.status_date)}" if row.status_date else ""
    parts = [
        f"from {say_value(change.before)} to {say_value(change.after)}",
        since,
        say_parties(each for each in row.parties if not each.is_minor and not each.is_past),
    ]
    candidate = Candidate(
        key=SectionKey.STATUS_CHANGES,
        weight=(_STATUS_NEWS[change.after], row.independent, row.confidence),
        record_id=row.id,
        headline=row.label,
        is_named=row.name is not None,
        detail=" · ".join(part for part in parts if part),
    )
    return _at(change.observation, candidate)


def _from_parties(found: tuple[NewParty, ...]) -> Iterator[Candidate]:
    """One line for all that came to one agreement in one role: ``now also member: Norland, Sudland``."""

    def group(new: NewParty) -> tuple[str, PartyRole]:
        return new.row.id, new.party.role

    for (row_id, role), members in groupby(sorted(found, key=group), key=group):
        gained = list(members)
        row, quote = gained[0].row, gained[0].party.quote
        yield Candidate(
            key=SectionKey.NEW_PARTIES,
            weight=(_ROLE_NEWS.get(role, 0), len(gained), row.independent, row.confidence),
            record_id=row_id,
            headline=row.label,
            is_named=row.name is not None,
            detail=f"now also {say_value(role)}: " + ", ".join(new.party.entity for new in gained),
            article_id=gained[0].party.article_id,
            start=quote.start,
            end=quote.end,
        )


def _from_figure(differing: DifferingFigure) -> Candidate:
    latest = differing.values[-1]
    said = " · ".join(_say_figure(value) for value in differing.values)
    return Candidate(
        key=SectionKey.DIFFERING_FIGURES,
        weight=(len(differing.values), differing.row.independent, differing.row.confidence),
        record_id=differing.row.id,
        headline=differing.row.label,
        is_named=differing.row.name is not None,
        detail=f"{say_value(differing.name)}: {said}",
        article_id=latest.observation.article_id,
        start=latest.figure.start,
        end=latest.figure.end,
    )


def _say_figure(value: FigureValue) -> str:
    seen = value.observation
    source = [seen.publisher or seen.title or "", say_day(seen.published) if seen.published else ""]
    said = ", ".join(part for part in source if part)
    return say_number(value.figure.value) + (f" ({said})" if said else "")


def _from_claim(claim: ClaimRow) -> Candidate:
    is_author = claim.speaker == AUTHOR
    start, end = claim.spans[0].start, claim.spans[-1].end
    return Candidate(
        key=SectionKey.NEW_CLAIMS,
        weight=(
            len(claim.content.split()) in _READABLE_WORDS,
            claim.speaker is not None and not is_author,
            _CLAIM_NEWS.get(claim.type, 0),
            not claim.hedged,
            bool(claim.about),
            claim.confidence,
        ),
        record_id=claim.id,
        headline="The author" if is_author else say_speaker(claim.speaker),
        is_named=not is_author,
        detail=" · ".join([say_value(claim.type), *(["hedged"] if claim.hedged else [])]),
        article_id=claim.article_id,
        start=start,
        end=end,
        voice=f"{claim.speaker} {claim.article_id if is_author else ''}",
    )


def _find_rising(themes: tuple[ThemeCount, ...]) -> list[ThemeCount]:
    """Themes whose share of what came in is larger than their share of what was there, over more than one article."""
    recent, before = sum(count.recent for count in themes), sum(count.before for count in themes)
    return [
        count
        for count in themes
        if count.recent_articles >= _RISING_ARTICLES and (not before or count.recent * before > count.before * recent)
    ]


def _from_theme(count: ThemeCount) -> Candidate:
    theme = count.theme
    youngest = max(theme.exemplars, key=lambda member: member.first_seen, default=None)
    before = f", {count.before:,} before" if count.before else ""
    return Candidate(
        key=SectionKey.RISING_THEMES,
        weight=(count.recent / (count.before + 1), count.recent_articles, count.recent),
        record_id=theme.id,
        headline=theme.label,
        detail=f"{count.recent:,} passages and claims in {count.recent_articles:,} articles{before}",
        article_id=youngest.article_id if youngest else None,
        words=youngest.text if youngest else None,
    )
