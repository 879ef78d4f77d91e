"""What the store gives back of what is to be reviewed."""

from typing import Literal

from pydantic import Field, PositiveInt

from pipeline.enumerations import Queue, Review
from pipeline.records import Confidence, IsoDate
from pipeline.store.filters import Filter
from pipeline.store.row import Row

ItemKind = Literal["agreement", "claim", "row"]


class QueueFilter(Filter):
    """What to look at next."""

    queue: Queue = Queue.DOUBTFUL
    kind: Literal["agreement", "claim"] | None = None
    publisher: str | None = None
    source: str | None = Field(default=None, description="of the catalogue")
    theme: str | None = Field(default=None, description="id of the theme that most of the article is of")
    limit: PositiveInt = 50
    after: str | None = Field(default=None, description="id of the record after which to go on")


class QueueItem(Row):
    """One record to look at, with what a list shows of it; corrected values stand for extracted ones."""

    id: str
    kind: ItemKind
    label: str  #: what an agreement or row is called; a claim's content
    type: str  #: an agreement's kind, a claim's type
    status: str | None  #: of agreements and rows
    who: tuple[str, ...]  #: the parties; a claim's speaker
    quote: str | None  #: the words it stands on; None of rows
    sayings: tuple[str, ...] = ()  #: of a row: how it stands by each of its last articles
    confidence: Confidence
    rule: str | None
    article_id: str | None  #: None of rows
    title: str | None
    publisher: str | None
    published: IsoDate | None
    articles: int = 1  #: that tell of it
    review: Review | None
    is_reopened: bool  #: decided once; text and extracted value have both changed since
    decision: int  #: the newest on it (0: none), for whoever decides next


class ItemCount(Row):
    """How much of one sort is decided; ``is_more``: there are more than were counted."""

    kind: ItemKind
    open: int
    is_more: bool
    accepted: int
    rejected: int
    unsure: int
    reopened: int


class PersonCount(Row):
    """What one person decided, today and ever; undos are counted apart."""

    who: str
    today: int
    in_all: int
    undone_today: int


class Progress(Row):
    """How far reviewing has come."""

    items: tuple[ItemCount, ...]
    people: tuple[PersonCount, ...]  #: who decided most today first
