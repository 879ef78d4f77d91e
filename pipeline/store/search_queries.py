"""The questions put to the table of search entries by words, the newest entries first.

No question reads more than it has to, however large the table: each entry carries the number of its article's arrival,
in lexemes of growing range, so that the index itself yields the newest entries that have a word. They are asked in
rounds of the newest thousand numbers, then as many as there should be enough in, and so on.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Double,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from pipeline.store.search_language import Question, Term, parse_question
from pipeline.store.search_tables import search_entry

#: Of a frequent word so many entries are ranked, those that came in last; ranking one reads all its words (15 µs).
MOST_RANKED = 200
_ENGLISH: ColumnElement[Any] = literal_column("'pg_catalog.english'::regconfig")
_LEVELS = (9, 12, 15, 18)  # as in the function search_facets of migration 0009
_MOST_BLOCKS = 16  # of one window
# How many numbers back to look first; of a beginning all words that begin so are gone through each time.
_FIRST, _FIRST_OF_BEGINNINGS = 1_024, 8_192
# Then as far as there should be half as many again as are wanted, by what was found so far, and so many times as far at
# most: what is read too much is read for nothing. Of a phrase each text that has its words is read.
_SPARE, _STEP, _STEP_OF_PHRASES, _STEP_OF_BEGINNINGS = 1.5, 8, 3, 64
# Where some were found and by them there should be no more than so many in all, all are asked for at once. None says nothing:
# the newest numbers may all be rows that were linked, and what has a word nearly all that came before.
_SOME, _FEW = 5, 2_000


class Found(NamedTuple):
    """An entry that was found, the best first in its list."""

    record_id: str
    article_id: str | None
    number: int


class Conditions(NamedTuple):
    """What an entry has to be beside its words."""

    kind: str
    facets: str = ""  #: a tsquery of facets, such as ``'=t:prediction'``
    others: tuple[ColumnElement[bool], ...] = ()
    after: int = 0  #: only entries of a larger number
    is_themed: bool = False  #: one of the others is a theme


class Written(NamedTuple):
    """A question as the database understands it, and how far what it is asked of reaches."""

    words: str  #: a tsquery; empty where there are only words that every text has ("the")
    newest: int  #: the number of what came in last
    years: tuple[int, int] | None  #: the first and the last that an article was published in, if any has a day


def write_question(connection: Connection, question: Question) -> Written:
    """What a search has to know before it begins, at once."""
    day, is_article = search_entry.c.day, search_entry.c.kind == "article"
    dated = select(func.left(day, 4)).where(is_article, day.is_not(None)).limit(1)
    query = select(
        cast(make_words(question), String),
        literal_column("(SELECT last_value FROM search_number)"),
        # As the index of days is ordered, from its two ends.
        dated.order_by(day.asc().nulls_first()).scalar_subquery(),
        dated.order_by(day.desc().nulls_last()).scalar_subquery(),
    )
    words, newest, first, last = connection.execute(query).one()
    return Written(words, newest, (int(first), int(last)) if first else None)


def make_words(question: Question) -> ColumnElement[Any]:
    """The question as an expression, to be compared with the words of an entry."""
    whole: ColumnElement[Any] = literal("", TSQUERY())
    for group in question.groups:
        part: ColumnElement[Any] = literal("", TSQUERY())
        for term in group:
            part = part.op("||", return_type=TSQUERY())(_write_term(term))
        whole = whole.op("&&", return_type=TSQUERY())(part)
    return whole


def select_claims_with(words: str) -> Select[tuple[str]]:
    """The ids of the claims that have these words, as a search understands them (:func:`parse_question`), in no order."""
    entry = search_entry
    asked = make_words(parse_question(words)).op("&&", return_type=TSQUERY())(
        literal(write_facet("k", ["claim"]), TSQUERY())
    )
    return select(entry.c.record_id).where(entry.c.words.op("@@")(asked))


def find_by_words(
    connection: Connection, words: str, wanted: Sequence[Conditions], *, newest: int
) -> list[tuple[list[Found], bool]]:
    """For each kind that is wanted its entries with the words, the best first, and whether there are more than were ranked.

    Args:
        connection: an open transaction.
        words: from :func:`write_question`; empty: all that the conditions hold for, the newest first.
        wanted: what they have to be, each of a kind of its own.
        newest: from the same: entries of larger numbers are not looked for.
    """
    begins = ":*" in words
    reach = _FIRST_OF_BEGINNINGS if begins else _FIRST
    step = _STEP_OF_PHRASES if "<" in words else _STEP_OF_BEGINNINGS if begins else _STEP
    searches = [_Search(each, reach, step) for each in wanted]
    while going := {at: each for at, each in enumerate(searches) if not each.is_done}:
        # One statement for all kinds: a round trip costs as much as most of them take.
        asked = _select_together(going, words, newest) if begins else _select_windows(going, words, newest)
        for row in connection.execute(asked):
            searches[row.at].found.append(row)
        for each in going.values():
            each.go_on(newest)
    return [(_order(each.found), len(each.found) >= MOST_RANKED) for each in searches]


def write_facet(name: str, values: Collection[str]) -> str:
    """A tsquery for entries with one of these values of a facet: ``'=t:prediction' | '=t:evaluation'``."""
    quoted = (f"={name}:{value}".replace("\\", "\\\\").replace("'", "''") for value in values)
    return " | ".join(f"'{each}'" for each in quoted)


def join_facets(*parts: str) -> str:
    """A tsquery for what all parts hold for; empty ones say nothing."""
    return " & ".join(f"({part})" for part in parts if part)


@dataclass
class _Search:
    """What was found of one kind so far."""

    wanted: Conditions
    reach: int  #: how many numbers back to look next
    step: int  #: how many times as far at most, after that
    found: list[Any] = field(default_factory=list)
    seen: str = ""  #: the window that was looked through last
    reached: int = 0  #: the number it reaches back to
    is_done: bool = False

    def go_on(self, newest: int) -> None:
        """Look as far back as there should be enough; a window that reaches as far as is wanted shows all there is."""
        self.is_done = len(self.found) >= MOST_RANKED or self.reached <= self.wanted.after
        whole = newest - self.wanted.after
        if self.step > _STEP_OF_PHRASES and len(self.found) >= _SOME and len(self.found) * whole <= _FEW * self.reach:
            self.reach = whole
            return
        wanting = _SPARE * MOST_RANKED / max(len(self.found), 1)
        self.reach = int(self.reach * min(max(wanting, 2), self.step))

    def write_next(self, newest: int) -> str:
        """A tsquery for what stands in the next window, without those that were looked through before."""
        within, self.reached = _write_window(self.wanted.kind, newest, self.reach)
        asked = join_facets(self.wanted.facets, within, self.seen and f"!({self.seen})")
        self.seen = within
        return asked


def _order(found: list[Any]) -> list[Found]:
    ordered = sorted(found, key=lambda row: (-row.rank, -row.number, row.record_id))
    return [Found(row.record_id, row.article_id, row.number) for row in ordered]


def _select_windows(going: Mapping[int, _Search], words: str, newest: int) -> CompoundSelect[Any]:
    """The newest of each kind in its window."""
    return union_all(*(_select_window(at, each, words, newest) for at, each in going.items()))


def _select_window(at: int, search: _Search, words: str, newest: int) -> Select[Any]:
    entry = search_entry
    asked = join_facets(words, search.write_next(newest))
    window = (
        select(_place(at), entry.c.record_id, entry.c.article_id, entry.c.number, entry.c.words)
        .where(entry.c.words.op("@@")(literal(asked, TSQUERY())), *_write_others(search.wanted))
        .order_by(entry.c.number.desc(), entry.c.record_id)
        .limit(MOST_RANKED - len(search.found))
        .subquery()
    )
    return _rank(window, words)


def _select_together(going: Mapping[int, _Search], words: str, newest: int) -> Select[Any]:
    """The same of a beginning: the index goes through all words that begin so, once for all kinds instead of for each."""
    entry, windows = search_entry, {at: each.write_next(newest) for at, each in going.items()}
    asked = join_facets(words, " | ".join(f"({each})" for each in windows.values()))
    kinds = {at: and_(entry.c.kind == each.wanted.kind, *_write_others(each.wanted)) for at, each in going.items()}
    found = (
        select(entry, case(*((is_it, at) for at, is_it in kinds.items())).label("at"))
        .where(entry.c.words.op("@@")(literal(asked, TSQUERY())))
        .subquery()
    )
    order = func.row_number().over(partition_by=found.c.at, order_by=(found.c.number.desc(), found.c.record_id))
    placed = select(found, order.label("place")).where(found.c.at.is_not(None)).subquery()
    room = case(*((placed.c.at == at, MOST_RANKED - len(each.found)) for at, each in going.items()))
    return _rank(select(placed).where(placed.c.place <= room).subquery(), words)


def _rank(newest: Subquery, words: str) -> Select[Any]:
    rank: ColumnElement[float] = func.ts_rank(newest.c.words, literal(words, TSQUERY()), type_=Double())
    return select(newest.c.at, newest.c.record_id, newest.c.article_id, newest.c.number, rank.label("rank"))


def _place(at: int) -> ColumnElement[int]:
    return literal_column(str(at)).label("at")


def _write_others(wanted: Conditions) -> tuple[ColumnElement[bool], ...]:
    return (*wanted.others, search_entry.c.number > wanted.after)


def _write_term(term: Term) -> ColumnElement[Any]:
    if term.is_prefix:
        *before, last = term.words
        # The index has stems: of "deterring" it knows "deter", which does not begin with "deterr".
        begins = f"({last}:* | {last}ing | {last}ed)"
        query: ColumnElement[Any] = func.to_tsquery(_ENGLISH, " <-> ".join([*before, begins]), type_=TSQUERY())
    else:
        query = func.phraseto_tsquery(_ENGLISH, " ".join(term.words), type_=TSQUERY())
    return func.tsquery_not(query, type_=TSQUERY()) if term.is_negated else query


def _write_window(kind: str, newest: int, reach: int) -> tuple[str, int]:
    """A tsquery for entries of so many of the newest numbers, or a little more, and the number they reach back to."""
    level = next((each for each in _LEVELS if reach >> each < _MOST_BLOCKS), _LEVELS[-1])
    last = newest >> level
    first = max(0, (newest - reach) >> level)
    if first == 0:
        return write_facet("k", [kind]), 0
    return write_facet(str(level), [f"{kind}:{each}" for each in range(first, last + 1)]), first << level
