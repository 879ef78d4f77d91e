"""What can be asked of the store: frozen filters; all conditions that are given hold."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, NonNegativeInt, PositiveInt

from pipeline.enumerations import AgreementKind, Authority, ClaimType, EntityType, PartyRole, Review, Status
from pipeline.records import Confidence, IsoDate


class Filter(BaseModel):
    """The base of every filter: immutable, no unknown conditions."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ArticleFilter(Filter):
    """Which articles to list."""

    text: str | None = Field(default=None, description="words in the title, address or text")
    publisher: str | None = None
    language: str | None = Field(default=None, description='an ISO 639 code; "!en" is all but English')
    published_from: IsoDate | None = None
    published_to: IsoDate | None = None
    less_sure_than: Confidence | None = Field(default=None, description="of bodies that extractors disagree on")
    limit: PositiveInt | None = None


def _as_tuple(value: object) -> object:
    """One name, several or none: what a caller has of them."""
    return (value,) if isinstance(value, str) else value or ()


class RegisterFilter(Filter):
    """Which rows of the register to list."""

    text: str | None = Field(default=None, description="words, or how they begin, of a label, name, alias or subject")
    kind: AgreementKind | None = None
    status: Status | None = None
    status_from: IsoDate | None = Field(default=None, description="standing so since that day or later")
    status_to: IsoDate | None = None
    party: Annotated[tuple[str, ...], BeforeValidator(_as_tuple)] = Field(
        default=(), description="names of parties, case and accents ignored; a row has all of them"
    )
    role: PartyRole | None = Field(default=None, description="the role that each of these parties has, or any party")
    publisher: str | None = Field(default=None, description="of an article that tells of it, case ignored")
    authority: Authority | None = Field(default=None, description="who speaks in an article that tells of it")
    theme: str | None = Field(default=None, description="id of a theme whose passages tell of it")
    published_from: IsoDate | None = Field(default=None, description="told of in an article published then or later")
    published_to: IsoDate | None = None
    review: Review | None = Field(default=None, description="what a person decided; rejected rows are listed so only")
    named: bool | None = Field(default=None, description="with a name, or without one")
    differs: bool | None = Field(default=None, description="whose articles contradict each other, or do not")
    min_confidence: Confidence = 0.0
    article_id: str | None = None
    row_id: str | None = Field(default=None, description="that one row, by its whole id")
    as_of: IsoDate | None = Field(default=None, description="as a reader of articles published until then knew them")
    limit: PositiveInt | None = None
    after: str | None = Field(default=None, description="id of the row after which to go on")


class ClaimFilter(Filter):
    """Which claims to list."""

    text: str | None = Field(default=None, description="words in the content, as they are written there")
    words: str | None = Field(default=None, description='as a search takes them: words, "phrases", begin*, -without')
    speaker: str | None = Field(default=None, description="a speaker's name, case and accents ignored")
    about: str | None = None
    type: ClaimType | None = None
    article_id: str | None = None
    publisher: str | None = Field(default=None, description="of the article, case ignored")
    published_from: IsoDate | None = None
    published_to: IsoDate | None = None
    review: Review | None = Field(default=None, description="what a person decided; rejected ones are listed so only")
    min_confidence: Confidence = 0.0
    limit: PositiveInt | None = None
    after: str | None = Field(default=None, description="id of the claim after which to go on")


class EntityFilter(Filter):
    """Which entities to list."""

    text: str | None = Field(default=None, description="beginnings of words of the name or an alias")
    type: EntityType | None = None
    article_id: str | None = None
    limit: PositiveInt | None = None
    offset: NonNegativeInt = Field(default=0, description="so many are passed over: pages before this one")
    after: str | None = Field(default=None, description="id of the entity after which to go on")


class DecisionFilter(Filter):
    """Which decisions to list."""

    record_id: str | None = Field(default=None, description="a whole id; also what was decided on what it was before")
    who: str | None = None
    batch: str | None = None
    is_orphaned: bool = Field(default=False, description="only those whose record is found no more")
    is_reopened: bool = Field(default=False, description="only those whose text and extracted value have both changed")
    limit: PositiveInt | None = None
