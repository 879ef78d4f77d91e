"""What can be asked of the store: frozen filters; all conditions that are given hold."""

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt

from pipeline.enumerations import AgreementKind, ClaimType, EntityType, PartyRole, Status
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


class RegisterFilter(Filter):
    """Which rows of the register to list."""

    text: str | None = Field(default=None, description="words in the label, a name, an alias or the subject")
    kind: AgreementKind | None = None
    status: Status | None = None
    party: str | None = Field(default=None, description="a party's canonical name, case and accents ignored")
    role: PartyRole | None = Field(default=None, description="the role that party has")
    article_id: str | None = None
    as_of: IsoDate | None = Field(default=None, description="only what articles published until that day say")
    limit: PositiveInt | None = None


class ClaimFilter(Filter):
    """Which claims to list."""

    text: str | None = Field(default=None, description="words in the content")
    speaker: str | None = Field(default=None, description="a speaker's name, case and accents ignored")
    about: str | None = None
    type: ClaimType | None = None
    article_id: str | None = None
    min_confidence: Confidence = 0.0
    limit: PositiveInt | None = None


class EntityFilter(Filter):
    """Which entities to list."""

    text: str | None = Field(default=None, description="beginnings of words of the name or an alias")
    type: EntityType | None = None
    article_id: str | None = None
    limit: PositiveInt | None = None
    offset: NonNegativeInt = Field(default=0, description="so many are passed over: pages before this one")


class DecisionFilter(Filter):
    """Which decisions to list."""

    record_id: str | None = Field(default=None, description="a whole id; also what was decided on what it was before")
    who: str | None = None
    batch: str | None = None
    is_orphaned: bool = Field(default=False, description="only those whose record is found no more")
    is_reopened: bool = Field(default=False, description="only those whose text and extracted value have both changed")
    limit: PositiveInt | None = None
