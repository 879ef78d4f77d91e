"""What is read and saved of themes beside what a list shows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import AwareDatetime

from pipeline.records import Theme
from pipeline.store.rows import Row, ThemeRow

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class TrackRow:
    """What newcomers meet of a theme."""

    id: str
    center: Vectors
    floor: float
    founders: int
    size: int
    voters: Vectors  #: shape (n, dimensions)


@dataclass(frozen=True, slots=True)
class Comer:
    """A passage or claim that has no theme yet."""

    member_id: str
    text: str
    article_id: str


@dataclass(frozen=True, slots=True, eq=False)
class ThemeState:
    """The themes there are, and all that is looked at next."""

    version: int
    seen_number: int  #: of the newest entry that has a vector
    tracks: tuple[TrackRow, ...]
    comers: tuple[Comer, ...]
    vectors: Vectors  #: of the comers, row for row
    touched: tuple[str, ...]  #: articles that came in or changed
    terms: tuple[str, ...]  #: by which the themes are known


@dataclass(frozen=True, slots=True, eq=False)
class NewTheme:
    """A theme to be saved, with what newcomers will meet."""

    theme: Theme
    center: Vectors
    floor: float
    founders: int
    voter_ids: tuple[str, ...]  #: of passages and claims
    broad_id: str


class NewEvent(Row):
    """What happened to a theme."""

    fate: str
    theme_id: str
    other_id: str | None
    members: int
    reason: str


class EventRow(NewEvent):
    """What happened to a theme, and when."""

    at: AwareDatetime


class CountRow(Row):
    """How often a publisher or a speaker is met in a theme."""

    name: str
    count: int


class PeriodRow(Row):
    """How many articles of a week or month are of a theme."""

    period: str  #: the Monday of a week, or the month: 2025-07-14, 2025-07
    theme_id: str | None  #: None: of no theme
    articles: int


class ThemePage(Row):
    """A theme with what became of it and who is in it."""

    theme: ThemeRow
    first_published: str | None
    last_published: str | None
    articles: int  #: whose passages are of it mostly, copies and parts of others left out
    publishers: tuple[CountRow, ...]  #: by articles
    speakers: tuple[CountRow, ...]  #: by claims
    related: tuple[ThemeRow, ...]  #: the others of its broad group
    events: tuple[EventRow, ...]  #: the newest first


@dataclass(frozen=True, slots=True, eq=False)
class SampleRow:
    """A theme's place among the vectors, and some of its members."""

    theme_id: str
    center: Vectors
    vectors: Vectors  #: shape (n, dimensions)
    texts: tuple[str, ...]  #: one for each vector; empty where no article says it any more
