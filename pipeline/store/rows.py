"""What the store gives back: frozen rows, JSON by ``row.model_dump(mode="json")``.

A row is a view of current records, made for reading; what was extracted stands in :mod:`pipeline.records`.
Dates are ISO dates or prefixes as the articles have them; time stamps (``first_seen``, ...) are ours, aware and UTC.
"""

from typing import Literal

from pydantic import AwareDatetime

from pipeline.enumerations import ClaimType, EntityType, Review
from pipeline.records import Agreement, Claim, Confidence, Entity, Figure, IsoDate, Provenance, Span
from pipeline.store.register_rows import (
    DifferingFigure,
    FigureValue,
    NewParty,
    ObservationRow,
    PartyRow,
    RegisterPage,
    RegisterRow,
    StatusChange,
)
from pipeline.store.row import Row
from pipeline.store.standing_rows import Standing

__all__ = [  # with all that follow
    "DifferingFigure",
    "FigureValue",
    "NewParty",
    "ObservationRow",
    "PartyRow",
    "RegisterPage",
    "RegisterRow",
    "Row",
    "StatusChange",
]


class SavedRaw(Row):
    """What became of a fetched article when it was saved."""

    raw_id: str
    article_id: str | None  #: the article it was read into, once it was
    is_known: bool  #: the last thing read at this address is this very raw article: nothing to do


class ArticleRow(Row):
    """One article as it stands now."""

    id: str
    revision: int
    fingerprint: str
    address: str  #: the first address; what a person would open
    addresses: tuple[str, ...]  #: all of them, the first one first
    url: str | None
    title: str | None
    authors: tuple[str, ...]
    published: IsoDate | None
    publisher: str | None
    language: str
    sha256: str
    words: int
    provenance: Provenance  #: how it was read
    agreements: int
    claims: int
    entities: int
    repeats: tuple[str, ...]  #: ids of the articles it is a copy, a part or a digest of
    first_seen: AwareDatetime
    saved_at: AwareDatetime  #: when the current revision was saved


class ArticleText(Row):
    """An article with its text, to show quotes in."""

    article: ArticleRow
    text: str


class ClaimRow(Row):
    """One claim with its article's facts."""

    id: str
    type: ClaimType
    speaker: str | None  #: a canonical name, the words that describe the speaker, or AUTHOR
    content: str  #: its spans joined by " … "
    cue: str | None
    hedged: bool
    negated: bool
    direct: bool
    about: tuple[str, ...]
    spans: tuple[Span, ...]
    figures: tuple[Figure, ...]
    confidence: Confidence
    rule: str
    article_id: str
    address: str
    url: str | None
    title: str | None
    publisher: str | None
    published: IsoDate | None
    first_seen: AwareDatetime
    review: Review | None = None  #: what a person decided of it; rejected ones are listed nowhere


class EntityRow(Row):
    """One actor or thing over all current articles that name it."""

    id: str  #: ac-…; it stays, and leads on where it is joined to another
    type: EntityType
    canonical: str
    iso: str | None
    wikidata: str | None
    aliases: tuple[str, ...]
    mentions: int
    articles: int
    first_published: IsoDate | None
    last_published: IsoDate | None
    first_seen: AwareDatetime
    last_seen: AwareDatetime  #: when its youngest article came in


class MemberRow(Row):
    """A passage or claim that themes are made of."""

    id: str
    kind: Literal["passage", "claim"]
    text: str
    article_id: str
    title: str | None
    published: IsoDate | None
    first_seen: AwareDatetime


class ThemeRow(Row):
    """A theme with its exemplars (nearest to the centre first)."""

    id: str
    label: str
    terms: tuple[str, ...]
    size: int  #: members, passages and claims
    articles: int
    exemplars: tuple[MemberRow, ...]
    first_seen: AwareDatetime
    last_seen: AwareDatetime  #: when its youngest member came in
    broad_id: str | None = None  #: the theme that leads its broad group; its own id where that is itself
    is_named: bool = False  #: a person gave it its label


class FailureRow(Row):
    """What failed on the road and stands in quarantine until it succeeds."""

    id: str
    address: str
    stage: str  #: fetch, read, extract or save; source, of a feed or sitemap
    reason: str
    raw_id: str | None
    size: int | None  #: bytes that are kept, None where there were none
    times: int
    first_at: AwareDatetime
    last_at: AwareDatetime
    next_try: AwareDatetime | None  #: None: not by itself


class Failure(Row):
    """A failure with the bytes that failed."""

    failure: FailureRow
    raw: bytes | None


class FoundRecord(Row):
    """What an id stands for, and the texts its offsets point into."""

    id: str
    kind: Literal["article", "agreement", "entity", "claim", "row", "theme"]
    record: ArticleRow | Agreement | Entity | Claim | RegisterPage | ThemeRow
    articles: tuple[ArticleText, ...]  #: one, except for rows and themes: each article of an observation or exemplar
    standing: Standing | None = None  #: what people decided of it, where anybody has

    def text_of(self, article_id: str) -> str:
        """The text of one of its articles, to cut quotes from."""
        return next(each.text for each in self.articles if each.article.id == article_id)


class ThemeCount(Row):
    """How much of a theme came in since a time stamp."""

    theme: ThemeRow
    recent: int  #: members that came in since
    recent_articles: int
    before: int  #: members that were there already


class Changes(Row):
    """What an analyst has not seen yet: everything that came into the store since a time stamp."""

    since: AwareDatetime
    new_articles: int
    new_rows: tuple[RegisterRow, ...]  #: most observations and highest confidence first
    status_changes: tuple[StatusChange, ...]
    new_parties: tuple[NewParty, ...]
    differing_figures: tuple[DifferingFigure, ...]
    new_claims: tuple[ClaimRow, ...]  #: highest confidence first
    themes: tuple[ThemeCount, ...]  #: most recent members first
