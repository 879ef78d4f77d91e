"""What can be searched for and what a search gives back: frozen records, JSON by ``page.model_dump(mode="json")``."""

from enum import StrEnum
from typing import NamedTuple

from pydantic import AwareDatetime, Field, NonNegativeInt, PositiveInt

from pipeline.enumerations import AgreementKind, Authority, ClaimType, Review, Status
from pipeline.records import IsoDate
from pipeline.store.filters import Filter
from pipeline.store.rows import Row


class SearchKind(StrEnum):
    """What a hit can be."""

    ARTICLE = "article"
    AGREEMENT = "agreement"
    CLAIM = "claim"


class QueryVector(NamedTuple):
    """The vector of the words searched for, and the route that made it: only vectors of that route are compared."""

    route: str
    values: tuple[float, ...]


class SearchQuery(Filter):
    """What to search for; all conditions that are given hold.

    A condition that says nothing of a kind leaves that kind out: ``type`` finds claims alone. Without words it lists
    what the conditions hold for, what came in last first.
    """

    text: str = Field(default="", description='words, "phrases", begin*, -without, one OR other')
    kinds: tuple[SearchKind, ...] = Field(default=tuple(SearchKind), min_length=1)
    party: str | None = Field(default=None, description="of an agreement; case and accents ignored")
    kind: AgreementKind | None = None
    status: Status | None = None
    review: Review | None = Field(default=None, description="of an agreement or claim")
    type: ClaimType | None = Field(default=None, description="of a claim")
    speaker: str | None = Field(default=None, description="of a claim; case and accents ignored")
    publisher: str | None = Field(default=None, description="of the article; case and accents ignored")
    authority: Authority | None = Field(default=None, description="who speaks in the article")
    theme: str | None = Field(default=None, description="id of a theme")
    published_from: IsoDate | None = None
    published_to: IsoDate | None = None
    offset: NonNegativeInt = 0
    limit: PositiveInt = Field(default=20, le=200)


class Mark(Row):
    """Where a word that was searched for stands in a snippet: ``snippet.text[start:end]``."""

    start: int
    end: int


class Snippet(Row):
    """Words of an article around what was found: ``article.text[start:end] == text``."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...] = ()


class SearchHit(Row):
    """One article, agreement (a row of the register) or claim that was found."""

    kind: SearchKind
    id: str  #: ar-, rw- or cl-
    label: str  #: the article's title, the agreement's name, the claim's content
    article_id: str | None  #: where the snippet stands; None for a row that no article tells of
    address: str | None
    url: str | None
    title: str | None
    publisher: str | None
    published: IsoDate | None
    speaker: str | None = None  #: of a claim
    type: ClaimType | None = None
    agreement_kind: AgreementKind | None = None
    status: Status | None = None
    first_seen: AwareDatetime  #: when it came in; of an agreement when the last of its articles did
    snippet: Snippet | None
    score: float  #: sum of 1 / (60 + rank) over the lists it stands in
    word_rank: int | None  #: its place among those found by their words, from 1
    meaning_rank: int | None  #: its place among those found by meaning, from 1


class SearchPage(Row):
    """A page of hits, the best first."""

    query: SearchQuery
    hits: tuple[SearchHit, ...]
    total: int  #: how many were found and ranked in all
    is_cut: bool  #: more match than were ranked: those that came in last were
    by_meaning: bool  #: whether vectors took part
    notes: tuple[str, ...] = ()  #: what of the words was not searched for, and why
