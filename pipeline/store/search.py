"""Search over articles, agreements and claims: by words and by meaning, the two joined by reciprocal rank.

Reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009): what stands at rank r of a list gets 1 / (60 + r), and
the sums are compared. It needs no scores that are comparable, and it is the same for a list that is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from pipeline.store.search_conditions import (
    EVERYTHING,
    Bounds,
    find_kinds,
    limit_articles,
    limit_claims,
    limit_observations,
    limit_passages,
    limit_rows,
    select_wanted_places,
)
from pipeline.store.search_hits import Chosen, load_hits
from pipeline.store.search_language import Question, parse_question
from pipeline.store.search_near import find_by_meaning
from pipeline.store.search_queries import Conditions, Found, find_by_words, write_question
from pipeline.store.search_rows import QueryVector, SearchHit, SearchKind, SearchPage, SearchQuery
from pipeline.store.store import Store

_K = 60  # as in the paper: its results hardly depend on it
_NO_WORD = "There is no word in this that could be searched for."
_TOLD, _ROW = "told", "row"
_ORDER = {kind: at for at, kind in enumerate(SearchKind)}
_NOTHING_LEFT = "Every text has these words: give one that says more."


class _Listed(NamedTuple):
    """One record in one list, and the record of an article that shows why."""

    id: str
    evidence: str
    number: int


class _Asked(NamedTuple):
    """What is searched for, in the forms that the database takes."""

    wanted: SearchQuery
    words: str
    vector: QueryVector | None
    by_words: bool
    newest: int  #: the number of what came in last
    kinds: tuple[SearchKind, ...]
    bounds: Bounds


_FoundByWords = Mapping[
    str, Sequence[Found]
]  # of each kind; of an agreement by its articles' words and by its row's name


def search(store: Store, wanted: SearchQuery, vector: QueryVector | None = None) -> SearchPage:
    """A page of what is found, the best first; without a vector, or stored ones of its route, by words alone.

    Any text can be searched for: what is no question (a quote that does not end, a lone minus) is left out, and the page
    has a note where that matters. Of words that very many texts have, the newest texts are ranked (``is_cut``).

    Raises:
        StoreError: the database went away.
    """
    question = parse_question(wanted.text)
    with store.read() as connection:
        asked, notes = _ask(connection, wanted, question, vector)
        held, is_cut = _find_by_words(connection, asked)
        near = _find_near(connection, asked)
        told = (*held.get(_TOLD, ()), *near.get(SearchKind.AGREEMENT, ()))
        row_of = _find_rows(connection, told, wanted)
        by_words, by_meaning = _list_by_words(held, row_of), _list_by_meaning(near, row_of)
        chosen = [
            each for kind in asked.kinds for each in _fuse(kind, by_words.get(kind, []), by_meaning.get(kind, []))
        ]
        ordered = sorted(chosen, key=lambda each: (-each.score, _ORDER[each.kind], each.id))
        page = ordered[wanted.offset : wanted.offset + wanted.limit]
        hits = load_hits(connection, page, question.terms)
    return SearchPage(
        query=wanted,
        hits=hits,
        total=len(ordered),
        is_cut=is_cut,
        by_meaning=any(by_meaning.values()),
        notes=tuple(notes),
    )


def search_newest(
    store: Store, wanted: SearchQuery, *, after: int = 0, since: datetime | None = None
) -> tuple[tuple[SearchHit, ...], int]:
    """What the words and conditions hold for and came in last, the newest first; and the number of the newest entry now.

    By words alone: something lies nearest to any vector, so by meaning there would always be something new.

    Args:
        store: an open store.
        wanted: its page is not looked at, its limit is for each kind.
        after: only entries of a larger number (of :func:`pipeline.store.search_entries.load_newest_number`).
        since: only what came in from then on.
    """
    question = parse_question(wanted.text)
    with store.read() as connection:
        asked, _ = _ask(connection, wanted, question, None)
        held, _ = _find_by_words(connection, asked._replace(bounds=asked.bounds._replace(after=after)))
        listed = _list_by_words(held, _find_rows(connection, held.get(_TOLD, ()), wanted))
        chosen = []
        for kind, found in listed.items():
            chosen += _fuse(kind, sorted(found, key=lambda each: -each.number)[: wanted.limit], [])
        hits = load_hits(connection, chosen, question.terms)
    fresh = [hit for hit in hits if since is None or hit.first_seen >= since]
    return tuple(sorted(fresh, key=lambda hit: (hit.first_seen, hit.id), reverse=True)), asked.newest


def _ask(
    connection: Connection, wanted: SearchQuery, question: Question, vector: QueryVector | None
) -> tuple[_Asked, list[str]]:
    written = write_question(connection, question)
    has_words = bool(written.words) or not wanted.text.strip()
    notes = [*question.notes, *([] if has_words else [_NOTHING_LEFT if question.groups else _NO_WORD])]
    asked = _Asked(
        wanted=wanted,
        words=written.words,
        vector=vector if wanted.text.strip() else None,
        by_words=has_words,
        newest=written.newest,
        kinds=tuple(find_kinds(wanted)),
        bounds=Bounds(0, *written.years) if written.years else EVERYTHING,
    )
    return asked, notes


def _find_by_words(connection: Connection, asked: _Asked) -> tuple[_FoundByWords, bool]:
    """What the words find of each kind that is asked for, and whether more match than were ranked."""
    wanted, bounds = asked.wanted, asked.bounds
    limits: dict[str, Conditions] = {}
    if SearchKind.ARTICLE in asked.kinds:
        limits[SearchKind.ARTICLE] = limit_articles(wanted, bounds)
    if SearchKind.CLAIM in asked.kinds:
        limits[SearchKind.CLAIM] = limit_claims(wanted, bounds)
    if SearchKind.AGREEMENT in asked.kinds:
        limits[_TOLD] = limit_observations(wanted, bounds)
        limits |= {_ROW: rows} if (rows := limit_rows(wanted, bounds)) is not None else {}
    if not limits or not asked.by_words:
        return {}, False
    listed = find_by_words(connection, asked.words, list(limits.values()), newest=asked.newest)
    found = dict(zip(limits, listed, strict=True))
    return {name: each for name, (each, _) in found.items()}, any(is_cut for _, is_cut in found.values())


def _list_by_words(held: _FoundByWords, row_of: Mapping[str, str]) -> dict[SearchKind, list[_Listed]]:
    articles, claims = held.get(SearchKind.ARTICLE, ()), held.get(SearchKind.CLAIM, ())
    named = [_Listed(each.record_id, "", each.number) for each in held.get(_ROW, ())]
    return {
        SearchKind.ARTICLE: [_Listed(each.record_id, "", each.number) for each in articles],
        SearchKind.CLAIM: [_Listed(each.record_id, each.record_id, each.number) for each in claims],
        SearchKind.AGREEMENT: _join(_list_rows(held.get(_TOLD, ()), row_of), named),
    }


def _find_near(connection: Connection, asked: _Asked) -> dict[SearchKind, list[Found]]:
    """What lies near of each kind that is asked for: of articles their passages, of rows their observations."""
    if asked.vector is None or not asked.kinds:
        return {}
    limits = {
        SearchKind.ARTICLE: limit_passages,
        SearchKind.CLAIM: limit_claims,
        SearchKind.AGREEMENT: limit_observations,
    }
    conditions = [limits[kind](asked.wanted, asked.bounds) for kind in asked.kinds]
    return dict(zip(asked.kinds, find_by_meaning(connection, asked.vector, conditions), strict=True))


def _list_by_meaning(
    near: Mapping[SearchKind, Sequence[Found]], row_of: Mapping[str, str]
) -> dict[SearchKind, list[_Listed]]:
    passages, claims = near.get(SearchKind.ARTICLE, ()), near.get(SearchKind.CLAIM, ())
    return {
        SearchKind.ARTICLE: _once(_Listed(each.article_id or "", each.record_id, each.number) for each in passages),
        SearchKind.CLAIM: [_Listed(each.record_id, each.record_id, each.number) for each in claims],
        SearchKind.AGREEMENT: _list_rows(near.get(SearchKind.AGREEMENT, ()), row_of),
    }


def _find_rows(connection: Connection, told: Sequence[Found], wanted: SearchQuery) -> dict[str, str]:
    """The row that each of these observations stands in, as far as it is wanted."""
    if not told:
        return {}
    places = connection.execute(select_wanted_places(wanted, {each.record_id for each in told}))
    return {row[0]: row[1] for row in places}


def _list_rows(told: Iterable[Found], row_of: Mapping[str, str]) -> list[_Listed]:
    """Their rows, each with the best of its observations."""
    held = ((row_of[each.record_id], each) for each in told if each.record_id in row_of)
    return _once(_Listed(row_id, each.record_id, each.number) for row_id, each in held)


def _join(told: list[_Listed], named: list[_Listed]) -> list[_Listed]:
    """One list of two, by the better place: what is found by a row's name goes before what its articles' words find."""
    evidence = {each.id: each.evidence for each in told}
    ranked = sorted(
        [*((at, 1, each) for at, each in enumerate(told)), *((at, 0, each) for at, each in enumerate(named))]
    )
    return _once(each._replace(evidence=evidence.get(each.id, "")) for _, _, each in ranked)


def _once(listed: Iterable[_Listed]) -> list[_Listed]:
    first: dict[str, _Listed] = {}
    for each in listed:
        first.setdefault(each.id, each)
    return list(first.values())


def _fuse(kind: SearchKind, by_words: list[_Listed], near: list[_Listed]) -> list[Chosen]:
    words = {each.id: at for at, each in enumerate(by_words, 1)}
    meaning = {each.id: at for at, each in enumerate(near, 1)}
    held = {each.id: each for each in [*near, *(each for each in by_words if each.evidence or each.id not in meaning)]}
    return [
        Chosen(
            kind=kind,
            id=record_id,
            evidence=held[record_id].evidence,
            number=held[record_id].number,
            score=sum(1 / (_K + rank[record_id]) for rank in (words, meaning) if record_id in rank),
            word_rank=words.get(record_id),
            meaning_rank=meaning.get(record_id),
        )
        for record_id in dict.fromkeys([*words, *meaning])
    ]
