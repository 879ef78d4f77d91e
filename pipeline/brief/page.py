"""What a brief is made of; frozen, so that HTML, Markdown and JSON cannot differ in what they say."""

from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime

from pipeline.records import IsoDate, Record


class SectionKey(StrEnum):
    """The parts of a brief, in the order in which they stand on the page: by what an analyst must know first."""

    NEW_AGREEMENTS = "new_agreements"
    STATUS_CHANGES = "status_changes"
    NEW_PARTIES = "new_parties"
    DIFFERING_FIGURES = "differing_figures"
    NEW_CLAIMS = "new_claims"
    RISING_THEMES = "rising_themes"


#: What stands above each part.
TITLES: dict[SectionKey, str] = {
    SectionKey.NEW_AGREEMENTS: "New in the register",
    SectionKey.STATUS_CHANGES: "Changes of status",
    SectionKey.NEW_PARTIES: "New parties",
    SectionKey.DIFFERING_FIGURES: "Figures that differ",
    SectionKey.NEW_CLAIMS: "Who claims what",
    SectionKey.RISING_THEMES: "Rising themes",
}


class Quote(Record):
    """An article's own words: the ones that matter, with as much around them as fits.

    ``before + words + after`` is the whole quote; an ellipsis stands where something was left out.
    """

    before: str
    words: str
    after: str

    @property
    def text(self) -> str:
        """The quote in one piece."""
        return self.before + self.words + self.after


class Line(Record):
    """One thing that changed, with the words that say so and where they stand."""

    headline: str  #: "Kensington Treaty", "Mara Lind"
    is_named: bool = True  #: False where the headline is our own label, not a name in the text (set in italics)
    detail: str = ""  #: "treaty · signed 2025-07-17 · Norland, Sudland"
    quote: Quote | None = None
    article_id: str | None = None
    article_title: str | None = None
    publisher: str | None = None
    published: IsoDate | None = None
    link: str | None = None  #: what a browser opens: http(s) or file; None for standard input
    record_id: str


class Section(Record):
    """The lines of one part, most important first."""

    key: SectionKey
    title: str
    lines: tuple[Line, ...]
    found: int  #: how many there were to choose from; of claims the hundred most certain ones at most


class Brief(Record):
    """One morning's page."""

    since: AwareDatetime
    until: AwareDatetime
    made_at: datetime
    articles: int  #: read (new or revised) in that time
    last_change: AwareDatetime | None  #: when the register last changed before ``until``, whatever ``since`` is
    sections: tuple[Section, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed in that time."""
        return not any(section.lines for section in self.sections)

    @property
    def line_count(self) -> int:
        """How many lines stand on the page."""
        return sum(len(section.lines) for section in self.sections)
