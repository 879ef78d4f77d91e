"""The nouns: what Entente keeps. Frozen, strict and dumb: fields, validation, id.

Terms follow the treaty databases (UN Multilateral Treaties, ATOP), the PLOVER event ontology and the attribution literature
(PARC, PolNeAR), but who utters a claim is its *speaker*: a "source" is where articles come from. Offsets are Unicode code points
into the article's text, end exclusive. Dates are ISO 8601 calendar dates or a prefix of one ("2025-07"), as far as known.
"""

import hashlib
import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from pipeline.enumerations import (
    ActType,
    AgreementKind,
    Basis,
    ClaimType,
    EntityType,
    MentionFlag,
    PartyRole,
    Polarity,
    Status,
)

# Of 200 pages of trafilatura's evaluation 34 agree less; their bodies have a mean F1 of .72 against .94 for the others, and
# 13 of the 19 that are wrong for the most part (F1 below .7) are among them.
SURE_BODY = 0.9
#: The view of the register that is trusted without a look: a row in five may be wrong at most.
TRUSTED = 0.8
AUTHOR = "AUTHOR"  #: the speaker of what the article's own writer says


def _check_calendar(value: str) -> str:
    date.fromisoformat((value + "-01-01")[:10])
    return value


_ISO = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
IsoDate = Annotated[str, StringConstraints(pattern=_ISO), AfterValidator(_check_calendar)]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


class Record(BaseModel):
    """The base of every record: immutable, no unknown fields, no silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Span(Record):
    """Some words of an article: ``article.text[start:end] == text``, always."""

    start: int = Field(ge=0)
    end: int
    text: str

    @model_validator(mode="after")
    def _check_length(self) -> Self:
        if self.end <= self.start or self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}-{self.end} does not fit its text of {len(self.text)} characters")
        return self


class Mention(Span):
    """One place where an entity is named or referred to."""

    flags: tuple[MentionFlag, ...] = ()


class Reason(Span):
    """The words from which a field has its value, and the rule or model that read them."""

    field: str  #: "status", "date", "obligations", …
    rule: str


class Entity(Record):
    """An actor or thing that an article names, with all its mentions there."""

    id: str
    type: EntityType
    canonical: str
    iso: str | None = None  #: ISO 3166-1 alpha-2
    wikidata: str | None = None  #: QID
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...]
    rule: str | None = None  #: who found it first; here and below None in what older versions saved


class Party(Span):
    """An actor named for an agreement, its role, and the words that say so."""

    entity: str  #: the entity's canonical name
    role: PartyRole
    rule: str | None = None
    confidence: Confidence | None = None


class Act(Span):
    """Something that happened to an agreement; the span is its evidence, the sentence."""

    act: ActType
    polarity: Polarity = Polarity.DONE
    basis: Basis = Basis.STATED
    date: IsoDate | None = None
    date_text: str | None = None
    date_resolution: str | None = None  #: how a date was completed: "written", "year from published", ...
    actors: tuple[str, ...] = ()
    trigger: Span | None = None  #: the word that says it: "signed"
    rule: str | None = None


class Figure(Span):
    """A number said of an agreement or in a claim: ``members = 26``."""

    name: str
    value: float
    unit: str | None = None


class Due(Span):
    """A date by which something is promised."""

    date: IsoDate
    date_text: str


class Agreement(Record):
    """What one article says of one agreement (an observation; the register joins them)."""

    id: str
    name: str | None
    label: str
    aliases: tuple[str, ...] = ()
    kind: AgreementKind
    status: Status | None
    date: IsoDate | None = None
    subject: str | None = None
    legal_form: str | None = None  #: as the text has it: "legally binding", "political", "memorandum"
    reference: str | None = None  #: official number: "Resolution 2292", "Joint Action 2008/124/CFSP"
    obligations: tuple[str, ...] = ()  #: "defence", "consultation", "aid", … (models/lexicon/terms.toml)
    confidence: Confidence
    due: tuple[Due, ...] = ()
    parties: tuple[Party, ...] = ()
    mentions: tuple[Span, ...]
    acts: tuple[Act, ...] = ()
    figures: tuple[Figure, ...] = ()
    rule: str  #: what found it: the name of a rule or a model
    why: tuple[Reason, ...] = ()


class Speaker(Record):
    """Who utters a claim: an entity's canonical name, the words that stand for it in the text, or AUTHOR without any."""

    name: str | None
    start: int | None = None
    end: int | None = None
    text: str | None = None


class Claim(Record):
    """Something that somebody says, thinks, wants or promises in one article."""

    id: str
    type: ClaimType
    hedged: bool
    negated: bool
    direct: bool
    about: tuple[str, ...] = ()  #: labels of agreements; canonical names of entities where it is about no agreement
    content: tuple[Span, ...] = Field(min_length=1)
    speaker: Speaker | None
    cue: Span | None
    figures: tuple[Figure, ...] = ()
    confidence: Confidence
    rule: str
    why: tuple[Reason, ...] = ()


class RawArticle(Record):
    """What was fetched, as it came: stored before anything is made of it."""

    address: str  #: URL, absolute path or "stdin:<digest>"; what a person would open
    media_type: str
    body: bytes
    fetched_at: datetime  #: UTC
    given: dict[str, Any] = Field(default_factory=dict)  #: metadata given beside the bytes (sidecar, options)
    aliases: tuple[str, ...] = ()  #: the addresses that redirects led through
    source: str | None = None  #: of the catalogue
    listed: dict[str, Any] = Field(default_factory=dict)  #: what a feed or sitemap says of it: title, authors, …

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes and of what was given beside them: what is the same needs no second reading."""
        given = repr(sorted(self.given.items())).encode() if self.given else b""
        return hashlib.sha256(self.body + given).hexdigest()


class Provenance(Record):
    """How an article was read from its bytes: so that a wrong title or a doubtful body can be traced and reviewed."""

    body: str | None = None  #: what took the text: a format (``pdf``), or of a page the extractor (``trafilatura``)
    confidence: Confidence | None = None  #: how far several extractors agree on the body; None where one decided alone
    origins: dict[str, str] = Field(default_factory=dict)  #: where each fact is from: ``{"title": "json-ld"}``

    @property
    def is_doubtful(self) -> bool:
        """Whether the extractors disagree so much that a person should look at the body."""
        return self.confidence is not None and self.confidence < SURE_BODY


class Article(Record):
    """A readable article; its text is immutable from here on."""

    id: str
    address: str
    url: str | None = None  #: canonical address on the web, where the input carries one
    aliases: tuple[str, ...] = ()  #: further addresses that lead to it
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: IsoDate | None = None
    publisher: str | None = None
    language: str = "en"
    text: str
    provenance: Provenance = Provenance()

    @property
    def sha256(self) -> str:
        """Digest of the text: the same text at a second address is the same article."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class Extraction(Record):
    """Everything that was extracted from one article by one version of the pipeline."""

    article_id: str
    fingerprint: str
    entities: tuple[Entity, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    claims: tuple[Claim, ...] = ()


class Passage(Span):
    """The unit that is embedded and searched: a paragraph, or short ones up to about 120 words."""

    id: str
    article_id: str


class Theme(Record):
    """A group of passages and claims that are about the same thing."""

    id: str
    label: str
    terms: tuple[str, ...]
    size: int
    members: tuple[str, ...]  #: ids of passages and claims
    exemplars: tuple[str, ...] = ()  #: ids of the members nearest to the centre


def normalise(text: str) -> str:
    """A name or anchor in the form that is compared: accents, case, punctuation, possessives and a leading "the" removed."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return re.sub(r"^the ", "", re.sub(r"[\W_]+", " ", re.sub(r"[’']s\b", "", plain)).strip())


def make_article_id(address: str) -> str:
    """The id an article gets at first sight: from its canonical address alone."""
    return "ar-" + _short(address)


def make_record_id(prefix: str, article_id: str, anchor: str, occurrence: int = 0) -> str:
    """A record's id; without offsets, so that it survives a typo mended elsewhere in the text.

    Args:
        prefix: ``en`` entity, ``ag`` agreement, ``cl`` claim, ``pa`` passage.
        article_id: the article it stands in.
        anchor: an agreement's name or first mention, a claim's content, an entity's canonical key.
        occurrence: counts equal anchors in one article from 0.
    """
    return f"{prefix}-" + _short(f"{article_id}\n{prefix}\n{normalise(anchor)}\n{occurrence}")


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]  # 64 bits: of ten million any two meet 3 times in a million
