"""From the observations of a row to the row: pure rules, the same for the register, the brief and any past day.

They read compact facts, never an article's whole record: a row of five thousand articles is made anew with each of them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from pipeline.enumerations import ActType, AgreementKind, Authority, Basis, PartyRole, Polarity, Status
from pipeline.records import Agreement, Span, normalise
from pipeline.status import STATUS_OF_ACT, status_of


class Deed(NamedTuple):
    """What of an act its status hangs on."""

    act: ActType
    polarity: Polarity
    basis: Basis
    date: str | None


class Actor(NamedTuple):
    """An actor named for an agreement."""

    normal: str  #: its name as it is compared
    role: PartyRole
    entity: str
    first_seen: datetime


class Seen(NamedTuple):
    """What one article says of an agreement, as far as its row is made of it."""

    agreement_id: str
    article_id: str
    first_seen: datetime
    label: str
    kind: AgreementKind
    confidence: float = 0.0
    name: str | None = None
    aliases: Sequence[str] = ()
    status: Status | None = None
    date: str | None = None
    subject: str | None = None
    published: str | None = None
    publisher: str | None = None
    authority: str | None = None  #: who speaks in the article, where its source is known
    reason: str = ""  #: why it stands in its row
    acts: Sequence[Deed] = ()
    parties: Sequence[Actor] = ()
    figures: Sequence[tuple[str, str | None, float]] = ()  #: name, unit, value
    due: Sequence[str] = ()


class Place(NamedTuple):
    """An observation by where it stands among the others of its row."""

    agreement_id: str
    article_id: str
    published: str | None


class Outline(NamedTuple):
    """What a row says as a whole, without its parties and words."""

    name: str | None
    label: str
    aliases: tuple[str, ...]
    kind: AgreementKind
    status: Status | None
    status_date: str | None
    date: str | None
    subject: str | None
    confidence: float


def order_seen(observations: Iterable[Seen]) -> list[Seen]:
    """Observations with the oldest publication first, undated ones last."""
    return sorted(observations, key=by_publication)


def by_publication(seen: Seen) -> tuple[bool, str, str, str]:
    """By when its article was published, undated last; of one day in an order that stays."""
    return seen.published is None, seen.published or "", seen.article_id, seen.agreement_id


def make_outline(seen: Sequence[Seen]) -> Outline:
    """The row that these observations make (at least one, as :func:`order_seen` orders them)."""
    name = _choose_name(seen)
    status, status_date = find_status(seen)
    outranked = {id(each) for each in find_outranked(seen)}
    by_weight = sorted(seen, key=lambda each: id(each) not in outranked)  # opinions first: the last word is not theirs
    strongest = max(seen, key=lambda each: each.confidence)
    return Outline(
        name=name,
        label=name or strongest.label,
        aliases=_find_aliases(seen, name),
        kind=Counter(each.kind for each in seen).most_common(1)[0][0],
        status=status,
        status_date=status_date,
        date=_last(each.date for each in by_weight),
        subject=_last(each.subject for each in by_weight),
        confidence=strongest.confidence,
    )


def find_status(seen: Sequence[Seen]) -> tuple[Status | None, str | None]:
    """How a row stands, and the day that stands on: its latest act done, by the act's date.

    An act without a date stands at its article's publication. Articles without a date are asked only where dated ones
    say nothing of the status: nobody knows whether they are older or newer. Opinions are asked only where nobody else
    says how it stands, if an official text is among the articles: an op-ed never outranks it.
    """
    opinions = {id(each) for each in find_outranked(seen)}
    status, day = _find_status([each for each in seen if id(each) not in opinions])
    return (status, day) if status is not None or not opinions else _find_status(seen)


def find_outranked(seen: Sequence[Seen]) -> list[Seen]:
    """The opinions, where an official text is there too."""
    if not any(each.authority == Authority.OFFICIAL for each in seen):
        return []
    return [each for each in seen if each.authority == Authority.OPINION]


def best_quote(agreement: Agreement) -> Span | None:
    """The words to show for an observation: of the latest act that is stated, else its first mention."""
    done = [act for act in agreement.acts if act.polarity is not Polarity.DENIED]
    evidence = max(done, key=lambda act: (act.basis == "stated", act.date or ""), default=None)
    words: Span | None = evidence or next(iter(agreement.mentions), None)
    return Span(start=words.start, end=words.end, text=words.text) if words else None


def _find_status(seen: Sequence[Seen]) -> tuple[Status | None, str | None]:
    dated = [deed._replace(date=deed.date or each.published) for each in seen if each.published for deed in each.acts]
    undated = [deed for each in seen if not each.published for deed in each.acts]
    for acts in (dated, undated):
        status = status_of(acts)
        if status is not None:
            return status, date_of(acts, status)
    return None, None


def date_of(acts: Iterable[Deed], status: Status) -> str | None:
    """The day that a status stands on: the latest that an act done of it bears."""
    days = [act.date for act in acts if act.polarity is Polarity.DONE and STATUS_OF_ACT[act.act] is status and act.date]
    return max(days, default=None)


def _choose_name(seen: Sequence[Seen]) -> str | None:
    """The name most articles use, where they do not use an alias of it; of equals the longest."""
    own = [each for each in seen if each.reason != "alias"] or seen
    names = Counter(each.name for each in own if each.name)
    return max(names, key=lambda name: (names[name], len(name), name), default=None)


def _find_aliases(seen: Sequence[Seen], name: str | None) -> tuple[str, ...]:
    said = dict.fromkeys(alias for each in seen for alias in (each.name, *each.aliases) if alias)
    found: dict[str, str] = {}
    for alias in said:  # each spelling is compared once, not each time it is said
        found.setdefault(normalise(alias), alias)
    found.pop(normalise(name or ""), None)
    return tuple(found.values())


def _last(values: Iterable[str | None]) -> str | None:
    return next((value for value in reversed(list(values)) if value is not None), None)
