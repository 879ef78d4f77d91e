"""The gold as records: what a person marked in one article, with offsets into its plain text."""

from pipeline.enumerations import PartyRole
from pipeline.gold.tables import (
    ActTable,
    AgreementTable,
    ClaimTable,
    DueTable,
    EntityTable,
    FigureTable,
    HeaderTable,
)
from pipeline.records import Mention, Record, Span


class GoldEntity(EntityTable):
    """An entity with all its marked mentions."""

    key: str
    mentions: tuple[Mention, ...]


class GoldParty(Record):
    """An actor of an agreement, by its canonical name."""

    actor: str
    role: PartyRole


class GoldAct(ActTable):
    """An act; the span is the word that says it, None where the act is presupposed."""

    key: str
    span: Span | None
    names: tuple[str, ...]  #: of the actors


class GoldFigure(FigureTable):
    """A figure and its words."""

    key: str
    span: Span | None


class GoldDue(DueTable):
    """A day by which something is promised, and its words."""

    key: str
    span: Span | None


class GoldAgreement(AgreementTable):
    """An agreement as one article has it, with everything that belongs to it."""

    key: str
    mentions: tuple[Span, ...]
    actors: tuple[GoldParty, ...]
    acts: tuple[GoldAct, ...] = ()
    figures: tuple[GoldFigure, ...] = ()
    due: tuple[GoldDue, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every way it is called: name, label, aliases."""
        return tuple(each for each in (self.name, self.label, *self.aliases) if each)


class GoldClaim(ClaimTable):
    """A claim with its words, and its speaker by name."""

    key: str
    content: tuple[Span, ...]
    cue_span: Span | None
    speaker_name: str | None  #: canonical name, words of the description, AUTHOR, or None where none is stated
    speaker_span: Span | None  #: the mention of the speaker that stands nearest
    figures: tuple[GoldFigure, ...] = ()


class GoldArticle(Record):
    """One article with the answers."""

    slug: str  #: "022-arden-treaty"
    header: HeaderTable
    text: str
    entities: tuple[GoldEntity, ...]
    agreements: tuple[GoldAgreement, ...]
    claims: tuple[GoldClaim, ...]
