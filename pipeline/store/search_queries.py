"""The questions put to the table of search entries by words, the newest entries first.

No question reads more than it has to, however large the table: each entry carries the number of its article's arrival,
in lexemes of growing range, so that the index itself yields the newest entries that have a word. They are asked in
rounds of the newest thousand numbers, then as many as there should be enough in, and so on.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    Select,
    String,
    cast,
    func,
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from pipeline.store.search_entries import load_newest_number
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
_SPARE, _STEP, _STEP_OF_PHRASES = 1.5, 8, 3


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


def write_words(connection: Connection, question: Question) -> str:
    """The question as PostgreSQL writes it; empty where it has only words that every text has ("the")."""
    return str(connection.execute(select(cast(make_words(question), String))).scalar_one())


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


def find_by_words(connection: Connection, words: str, wanted: Sequence[Conditions]) -> list[tuple[list[Found], bool]]:
    """For each kind that is wanted its entries with the words, the best first, and whether there are more than were ranked.

    Args:
        connection: an open transaction.
        words: from :func:`write_words`; empty: all that the conditions hold for, the newest first.
        wanted: what they have to be.
    """
    newest = load_newest_number(connection)
    reach = _FIRST_OF_BEGINNINGS if ":*" in words else _FIRST
    step = _STEP_OF_PHRASES if "<" in words else _STEP
    searches = [_Search(each, reach, step) for each in wanted]
    while going := [(at, each) for at, each in enumerate(searches) if not each.is_done]:
        # One statement for all kinds: a round trip costs as much as most of them take.
        for row in connection.execute(union_all(*(_select_window(at, each, words, newest) for at, each in going))):
            searches[row.at].found.append(row)
        for _, each in going:
            each.go_on()
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

    def go_on(self) -> None:
        """Look as far back as there should be enough; a window that reaches as far as is wanted shows all there is."""
        self.is_done = len(self.found) >= MOST_RANKED or self.reached <= self.wanted.after
        wanting = _SPARE * MOST_RANKED / max(len(self.found), 1)
        self.reach = int(self.reach * min(max(wanting, 2), self.step))


def _order(found: list[Any]) -> list[Found]:
    ordered = sorted(found, key=lambda row: (-row.rank, -row.number, row.record_id))
    return [Found(row.record_id, row.article_id, row.number) for row in ordered]


def _select_window(at: int, search: _Search, words: str, newest: int) -> Select[Any]:
    """What stands in the newest numbers, without those that were looked through before."""
    wanted = search.wanted
    within, search.reached = _write_window(wanted.kind, newest, search.reach)
    asked = join_facets(words, wanted.facets, within, search.seen and f"!({search.seen})")
    search.seen = within
    return _select_ranked(asked, words, wanted, limit=MOST_RANKED - len(search.found)).add_columns(
        literal_column(str(at)).label("at")
    )


def _select_ranked(asked: str, words: str, wanted: Conditions, *, limit: int) -> Select[Any]:
    entry = search_entry
    newest = (
        select(entry.c.record_id, entry.c.article_id, entry.c.number, entry.c.words)
        .where(entry.c.words.op("@@")(literal(asked, TSQUERY())))
        .where(*wanted.others, entry.c.number > wanted.after)
        .order_by(entry.c.number.desc(), entry.c.record_id)
        .limit(limit)
        .subquery()
    )
    rank: ColumnElement[float] = func.ts_rank(newest.c.words, literal(words, TSQUERY()), type_=Double())
    return select(newest.c.record_id, newest.c.article_id, newest.c.number, rank.label("rank"))


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
