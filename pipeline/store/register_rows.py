"""What the store gives back of the register: rows as lists show them, their pages, and what changed in them."""

from pydantic import AwareDatetime

from pipeline.enumerations import ActType, AgreementKind, Basis, Origin, PartyRole, Polarity, Review, Status
from pipeline.records import Confidence, Figure, IsoDate, Span
from pipeline.store.row import Row


class PartyRow(Row):
    """An actor of a register row in one role: the union over all its observations."""

    entity: str
    role: PartyRole
    quote: Span  #: the first words that say so
    article_id: str  #: where the quote stands
    agreement_ids: tuple[str, ...]  #: the observations that say so, the first five
    first_seen: AwareDatetime
    articles: int = 1  #: independent ones that say so
    published: IsoDate | None = None  #: when the first of them was
    is_minor: bool = False  #: named by few of many articles, and by no official one
    is_past: bool = False  #: a later article has it in a role that excludes this one: party, then withdrawn


class ObservationRow(Row):
    """What one article says of one row of the register."""

    agreement_id: str
    article_id: str
    address: str
    url: str | None
    title: str | None
    publisher: str | None
    published: IsoDate | None
    authority: str | None = None  #: who speaks in the article: official, agency, press, analysis, opinion
    origin: Origin = Origin.ARTICLE  #: a person's own has no article: its ids are one, and its quote is what they gave
    name: str | None
    label: str
    kind: AgreementKind
    status: Status | None
    date: IsoDate | None
    subject: str | None
    figures: tuple[Figure, ...]
    quote: Span | None  #: its strongest words: what happened, else its first mention
    confidence: Confidence
    reason: str  #: why it stands in this row
    score: Confidence
    first_seen: AwareDatetime


class RegisterRow(Row):
    """One agreement of the register as a list shows it."""

    id: str
    label: str
    name: str | None
    aliases: tuple[str, ...]
    kind: AgreementKind
    status: Status | None
    status_date: IsoDate | None  #: the day of the act, or of the publication, that the status stands on
    date: IsoDate | None  #: of conclusion or start
    subject: str | None
    parties: tuple[PartyRow, ...]
    observations: tuple[ObservationRow, ...]  #: the last few, the oldest publication first, undated ones last
    observed: int = 1  #: how many observations there are in all
    independent: int  #: articles that say so, those that repeat another of them left out
    confidence: Confidence
    first_published: IsoDate | None = None
    last_published: IsoDate | None = None
    differs: bool = False  #: its articles contradict each other
    review: Review | None = None  #: what a person decided of it
    first_seen: AwareDatetime
    last_seen: AwareDatetime


class Saying(Row):
    """One article's word for something."""

    agreement_id: str
    article_id: str
    address: str
    title: str | None
    publisher: str | None
    published: IsoDate | None
    authority: str | None
    quote: Span | None


class EventRow(Row):
    """Something that happened to an agreement, however many articles tell of it: a point of its time line."""

    act: ActType
    polarity: Polarity
    basis: Basis
    date: IsoDate | None  #: as the articles date it
    day: IsoDate | None  #: where it stands on the time line: its date, else the first publication that tells of it
    articles: int  #: independent ones that say so
    sayings: tuple[Saying, ...]  #: official texts first, then the oldest


class ValueRow(Row):
    """One of several values that articles give."""

    value: str | float
    articles: int
    sayings: tuple[Saying, ...]  #: official texts first, then the oldest


class DifferenceRow(Row):
    """Where articles differ: how far an agreement has come, the day of an act, or a figure."""

    name: str  #: "status", "signed", "members"
    unit: str | None
    values: tuple[ValueRow, ...]  #: what an official text says first, then by publication


class DueRow(Row):
    """A day by which something is promised."""

    date: IsoDate
    date_text: str
    is_passed: bool  #: by the day that was asked for
    saying: Saying


class RegisterPage(RegisterRow):
    """One agreement with all that is known of it, now or as a reader of a past day would have known it."""

    as_of: IsoDate | None
    history: tuple[EventRow, ...]  #: the oldest first, undated ones last
    differences: tuple[DifferenceRow, ...]
    due: tuple[DueRow, ...]
    earlier: str | None  #: the observation before which there are more; None where these are all


class StatusChange(Row):
    """A row whose status is now another than it was."""

    row: RegisterRow
    before: Status
    after: Status
    observation: ObservationRow  #: what changed it


class NewParty(Row):
    """A party that an older row of the register gained."""

    row: RegisterRow
    party: PartyRow


class FigureValue(Row):
    """One value of a figure and who says so."""

    figure: Figure
    observation: ObservationRow


class DifferingFigure(Row):
    """A figure for which the observations of one row have different values (oldest publication first)."""

    row: RegisterRow
    name: str
    values: tuple[FigureValue, ...]
