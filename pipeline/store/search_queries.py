"""The questions put to the table of search entries: by words, newest entries first, and by nearness of vectors.

No question reads more than it has to, however large the table: each entry carries the number of its article's arrival,
in lexemes of growing range, so that the index itself yields the newest entries that have a word. They are asked in
rounds of the newest 512 to 1,024 numbers, eight times as many, and so on, until there are enough.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from pipeline.store.schema import embedding
from pipeline.store.search_entries import load_newest_number
from pipeline.store.search_language import Question, Term
from pipeline.store.search_rows import QueryVector
from pipeline.store.search_tables import search_entry

#: Of a frequent word so many entries are ranked, those that came in last; ranking one reads all its words (15 µs).
MOST_RANKED = 200
#: So many nearest vectors are asked for; what is further on has next to no weight: 1/(60+100) against 1/61.
MOST_NEAR = 100
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


def write_words(connection: Connection, question: Question) -> str:
    """The question as PostgreSQL writes it; empty where it has only words that every text has ("the")."""
    whole: ColumnElement[Any] = literal("", TSQUERY())
    for group in question.groups:
        part: ColumnElement[Any] = literal("", TSQUERY())
        for term in group:
            part = part.op("||", return_type=TSQUERY())(_write_term(term))
        whole = whole.op("&&", return_type=TSQUERY())(part)
    return str(connection.execute(select(cast(whole, String))).scalar_one())


def find_by_words(connection: Connection, words: str, wanted: Conditions) -> tuple[list[Found], bool]:
    """The entries that have the words, the best first, and whether there are more than were ranked.

    Args:
        connection: an open transaction.
        words: from :func:`write_words`; empty: all that the conditions hold for, the newest first.
        wanted: what they have to be.
    """
    newest = load_newest_number(connection)
    found: list[Any] = []
    seen = ""
    for level, blocks in _choose_windows(words):
        last = newest >> level
        window = _write_window(wanted.kind, level, range(max(0, last - blocks + 1), last + 1)) if blocks else ""
        every = write_facet("k", [wanted.kind])
        asked = join_facets(words, wanted.facets, window or every, seen and f"!({seen})")
        found += connection.execute(_select_ranked(asked, words, wanted, limit=MOST_RANKED - len(found)))
        # A window that reaches back to the first entry, or as far as is wanted, shows all there is.
        reached = (last - blocks + 1) << level if blocks else 0
        if len(found) >= MOST_RANKED or reached <= wanted.after:
            break
        seen = window
    found.sort(key=lambda row: (-row.rank, -row.number, row.record_id))
    return [Found(*row[:3]) for row in found], len(found) >= MOST_RANKED


def find_by_meaning(connection: Connection, vector: QueryVector, wanted: Conditions) -> list[Found]:
    """The entries whose vectors lie nearest, the nearest first; those of the vector's own route alone."""
    entry = search_entry
    near = _select_near(vector, wanted).subquery()
    query = (
        select(entry.c.record_id, entry.c.article_id, entry.c.number)
        .join(near, near.c.content_sha256 == entry.c.content_sha256)
        .where(*_write_conditions(wanted))
        .order_by(near.c.distance, entry.c.number.desc(), entry.c.record_id)
        .limit(MOST_RANKED)
    )
    # Where few entries are wanted the index goes on until there are enough, or 20,000 vectors were looked at.
    connection.execute(text("SET LOCAL hnsw.iterative_scan = relaxed_order"))
    return [Found(*row) for row in connection.execute(query)]


def write_facet(name: str, values: Collection[str]) -> str:
    """A tsquery for entries with one of these values of a facet: ``'=t:prediction' | '=t:evaluation'``."""
    quoted = (f"={name}:{value}".replace("\\", "\\\\").replace("'", "''") for value in values)
    return " | ".join(f"'{each}'" for each in quoted)


def join_facets(*parts: str) -> str:
    """A tsquery for what all parts hold for; empty ones say nothing."""
    return " & ".join(f"({part})" for part in parts if part)


def _select_ranked(asked: str, words: str, wanted: Conditions, *, limit: int) -> Select[Any]:
    entry = search_entry
    newest = (
        select(entry.c.record_id, entry.c.article_id, entry.c.number, entry.c.words)
        # The index is of all but passages; said in its own words, so that every plan knows.
        .where(text("kind <> 'passage'"), entry.c.words.op("@@")(literal(asked, TSQUERY())))
        .where(*wanted.others, entry.c.number > wanted.after)
        .order_by(entry.c.number.desc(), entry.c.record_id)
        .limit(limit)
        .subquery()
    )
    rank: ColumnElement[float] = func.ts_rank(newest.c.words, literal(words, TSQUERY()), type_=Double())
    return select(newest.c.record_id, newest.c.article_id, newest.c.number, rank.label("rank"))


def _select_near(vector: QueryVector, wanted: Conditions) -> Select[Any]:
    size = len(vector.values)
    distance = cast(embedding.c.vector, HALFVEC(size)).cosine_distance(list(vector.values))
    # The route stands in the text of the query: the index of a route is used only where the plan can see it.
    route = bindparam("route", vector.route, type_=String, literal_execute=True)
    is_wanted = select(1).where(search_entry.c.content_sha256 == embedding.c.content_sha256, *_write_conditions(wanted))
    return (
        select(embedding.c.content_sha256, distance.label("distance"))
        .where(embedding.c.route == route, is_wanted.exists())
        .order_by(distance)
        .limit(MOST_NEAR)
    )


def _write_conditions(wanted: Conditions) -> list[ColumnElement[bool]]:
    entry = search_entry
    conditions = [entry.c.kind == wanted.kind, entry.c.number > wanted.after, *wanted.others]
    if wanted.facets:
        conditions.append(entry.c.words.op("@@")(literal(wanted.facets, TSQUERY())))
    return conditions


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
