"""What the store gives back of actors: rows of their list, and the page of one with what it agreed, said and was said of it."""

from typing import Literal

from pipeline.enumerations import ClaimType, EntityType, PartyRole, Status
from pipeline.records import Confidence, IsoDate, Span
from pipeline.store.rows import ArticleText, ClaimRow, EntityRow, Row


class NamedRow(Row):
    """Where an article names an actor, and why linking thinks that it is that one."""

    entity_id: str
    article_id: str
    address: str
    title: str | None
    publisher: str | None
    published: IsoDate | None
    canonical: str  #: as that article has it
    mentions: int
    quote: Span  #: the first mention
    reason: str
    score: Confidence


class RoleCount(Row):
    """In how many agreements of the register an actor has a role."""

    role: PartyRole
    agreements: int


class PartyTo(Row):
    """A row of the register that an actor is named for."""

    row_id: str
    label: str
    is_named: bool
    roles: tuple[PartyRole, ...]
    status: Status | None
    status_date: IsoDate | None
    last_published: IsoDate | None  #: of the articles that name the actor for it
    articles: int  #: these


class ClaimCount(Row):
    """How many claims of one type there are by or about an actor."""

    type: ClaimType
    claims: int


class CoParty(Row):
    """Another actor that is named for the same rows of the register."""

    id: str
    type: EntityType
    canonical: str
    agreements: int  #: rows that name both


class ActorPage(Row):
    """All that articles say of one actor. Counts are of everything, lists are one page of it, the youngest first."""

    actor: EntityRow
    joined: tuple[EntityRow, ...]  #: those that a person said are the same one
    size: int  #: how much of each list is on a page
    page: int  #: from 1
    named: tuple[NamedRow, ...]
    roles: tuple[RoleCount, ...]
    agreements: int
    party_to: tuple[PartyTo, ...]
    counted_by: tuple[ClaimCount, ...]
    claims_by: tuple[ClaimRow, ...]
    counted_about: tuple[ClaimCount, ...]
    claims_about: tuple[ClaimRow, ...]
    co_parties: tuple[CoParty, ...]  #: with most agreements first
    co_party_count: int


class FoundActor(Row):
    """An actor's page with the texts that its quotes point into, as :class:`pipeline.store.rows.FoundRecord` has them."""

    id: str
    kind: Literal["actor"] = "actor"
    record: ActorPage
    articles: tuple[ArticleText, ...]
