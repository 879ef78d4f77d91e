"""The questions put to the table of search entries by words, the newest entries first.

No question reads more than it has to, however large the table: each entry carries the number of its article's arrival,
in lexemes of growing range, so that the index itself yields the newest entries that have a word. They are asked in
rounds of the newest 512 to 1,024 numbers, eight times as many, and so on, until there are enough.
"""

from collections.abc import Collection, Iterable, Sequence
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
    searches = [_Search(each) for each in wanted]
    for level, blocks in _choose_windows(words):
        if not (going := [(at, each) for at, each in enumerate(searches) if not each.is_done]):
            break
        asked = [_select_window(at, each, words, (newest, level, blocks)) for at, each in going]
        # One statement for all kinds: a round trip costs as much as most of them take.
        for row in connection.execute(union_all(*asked)):
            searches[row.at].found.append(row)
        for _, each in going:
            each.note_window((newest >> level) - blocks + 1 << level if blocks else 0)
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
    found: list[Any] = field(default_factory=list)
    seen: str = ""  #: the window that was looked through last
    is_done: bool = False

    def note_window(self, reached: int) -> None:
        """A window that reaches back to the first entry, or as far as is wanted, shows all there is."""
        self.is_done = len(self.found) >= MOST_RANKED or reached <= self.wanted.after


def _order(found: list[Any]) -> list[Found]:
    ordered = sorted(found, key=lambda row: (-row.rank, -row.number, row.record_id))
    return [Found(row.record_id, row.article_id, row.number) for row in ordered]


def _select_window(at: int, search: _Search, words: str, window: tuple[int, int, int]) -> Select[Any]:
    """What stands in a window of numbers (the newest, the size of a block as a power of two, blocks; none for all)."""
    newest, level, blocks = window
    wanted, last = search.wanted, newest >> level
    within = _write_window(wanted.kind, level, range(max(0, last - blocks + 1), last + 1)) if blocks else ""
    every = write_facet("k", [wanted.kind])
    asked = join_facets(words, wanted.facets, within or every, search.seen and f"!({search.seen})")
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


def _choose_windows(words: str) -> Sequence[tuple[int, int]]:
    """How far back to look, one window after the other: so many blocks of 2^level numbers; none for all there is."""
    if ":*" in words:  # all words that begin so are gone through each time
        return ((12, 2), (0, 0))
    if "<" in words:  # a phrase: each text that has its words is read, so that too large a step costs most
        return (*((level, blocks) for level in _LEVELS for blocks in (2, 6)), (0, 0))
    return (*((level, 2) for level in _LEVELS), (0, 0))


def _write_window(kind: str, level: int, blocks: Iterable[int]) -> str:
    return write_facet(str(level), [f"{kind}:{each}" for each in blocks])
