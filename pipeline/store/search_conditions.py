"""What the conditions of a search come to for each kind of entry; a kind of which one of them says nothing is left out."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.dialects.postgresql import TSQUERY

from pipeline.enumerations import Review
from pipeline.records import normalise
from pipeline.store import schema
from pipeline.store.queries import is_one_of
from pipeline.store.search_language import split_words
from pipeline.store.search_queries import Conditions, join_facets, write_facet
from pipeline.store.search_rows import SearchKind, SearchQuery
from pipeline.store.search_tables import search_entry

_MOST_KEY = 200  # characters of a name in a facet, as in migration 0009
_MOST_MONTHS = 36  # a longer time is asked for by its years: a query of more terms takes longer than what they spare
_ROW, _OBSERVATION, _PASSAGE = "row", "agreement", "passage"


class Bounds(NamedTuple):
    """What limits a search beside what is wanted."""

    after: int = 0  #: only entries of a larger number
    # The years that articles were published in: a year that none was costs as much in a query as one that many were.
    first_year: int = 1900
    last_year: int = 2100


EVERYTHING = Bounds()


def find_kinds(wanted: SearchQuery) -> list[SearchKind]:
    """The kinds that all conditions say something of."""
    of_rows = any((wanted.party, wanted.kind, wanted.status))
    of_claims = any((wanted.type, wanted.speaker))
    able = {
        SearchKind.ARTICLE: not (of_rows or of_claims or wanted.review),
        SearchKind.AGREEMENT: not of_claims,
        SearchKind.CLAIM: not of_rows,
    }
    return [kind for kind in SearchKind if kind in wanted.kinds and able[kind]]


def limit_articles(wanted: SearchQuery, bounds: Bounds = EVERYTHING) -> Conditions:
    """What an article has to be."""
    others = _others(wanted, search_entry.c.article_id)
    return Conditions("article", _of_article(wanted, bounds), others, bounds.after, bool(wanted.theme))


def limit_passages(wanted: SearchQuery, bounds: Bounds = EVERYTHING) -> Conditions:
    """What a passage of an article has to be; it is found by meaning alone."""
    return Conditions(_PASSAGE, _of_article(wanted, bounds), _others(wanted, None), is_themed=bool(wanted.theme))


def limit_claims(wanted: SearchQuery, bounds: Bounds = EVERYTHING) -> Conditions:
    """What a claim has to be."""
    facets = [_of_article(wanted, bounds)]
    if wanted.type:
        facets.append(write_facet("t", [wanted.type]))
    if wanted.speaker:
        facets.append(write_facet("s", [normalise(wanted.speaker)[:_MOST_KEY]]))
    reviewed = _is_reviewed(wanted.review) if wanted.review else ~_is_reviewed(Review.REJECT)
    others = (*_others(wanted, None), reviewed)
    return Conditions("claim", join_facets(*facets), others, bounds.after, bool(wanted.theme))


def limit_observations(wanted: SearchQuery, bounds: Bounds = EVERYTHING) -> Conditions:
    """What an article that tells of an agreement has to be; :func:`select_wanted_places` sees to the row it stands in."""
    others = (*_others(wanted, search_entry.c.article_id), ~_is_reviewed(Review.REJECT))
    return Conditions(_OBSERVATION, _of_article(wanted, bounds), others, bounds.after, bool(wanted.theme))


def limit_rows(wanted: SearchQuery, bounds: Bounds = EVERYTHING) -> Conditions | None:
    """What a row of the register has to be; None where only its articles can say (a theme)."""
    if wanted.theme:
        return None
    facets = [_of_row(wanted)]
    if wanted.publisher:
        facets.append(write_facet("p", [_make_key(wanted.publisher)]))
    if wanted.authority:
        facets.append(write_facet("a", [wanted.authority]))
    return Conditions(_ROW, join_facets(*facets), (*_of_row_days(wanted), *_of_row_review(wanted)), bounds.after)


def select_wanted_places(wanted: SearchQuery, observations: Collection[str]) -> Select[tuple[str, str]]:
    """(observation, row) where the row is shown and has the party, kind, status and review that are wanted."""
    entry, link = search_entry, schema.link
    query = select(link.c.agreement_id, link.c.row_id).join(entry, entry.c.record_id == link.c.row_id)
    query = query.where(is_one_of(link.c.agreement_id, observations), *_of_row_review(wanted))
    facets = _of_row(wanted)
    return query.where(entry.c.words.op("@@")(literal(facets, TSQUERY()))) if facets else query


def _of_row(wanted: SearchQuery) -> str:
    given = {
        "q": wanted.kind,
        "u": wanted.status,
        "r": wanted.review,
        "w": normalise(wanted.party)[:_MOST_KEY] if wanted.party else None,
    }
    return join_facets(*(write_facet(name, [value]) for name, value in given.items() if value))


def _of_row_review(wanted: SearchQuery) -> list[ColumnElement[bool]]:
    """Rejected rows are found where they are asked for only; a facet says of which review a row has to be."""
    row = schema.register_row
    is_rejected = select(1).where(row.c.id == search_entry.c.record_id, row.c.review == Review.REJECT.value).exists()
    return [] if wanted.review else [~is_rejected]


def _of_row_days(wanted: SearchQuery) -> list[ColumnElement[bool]]:
    """Something of it was published within the days: they and the time from its first to its last article overlap."""
    entry, row = search_entry, schema.register_row
    conditions: list[ColumnElement[bool]] = []
    if wanted.published_from:
        conditions.append(entry.c.day >= wanted.published_from)
    if wanted.published_to:
        begins = func.left(row.c.first_published, len(wanted.published_to)) <= wanted.published_to
        is_dated = row.c.first_published != ""
        conditions.append(select(1).where(row.c.id == entry.c.record_id, is_dated, begins).exists())
    return conditions


def _of_article(wanted: SearchQuery, bounds: Bounds) -> str:
    publisher = write_facet("p", [_make_key(wanted.publisher)]) if wanted.publisher else ""
    authority = write_facet("a", [wanted.authority]) if wanted.authority else ""
    return join_facets(publisher, authority, _write_time(wanted.published_from, wanted.published_to, bounds))


def _make_key(name: str) -> str:
    return " ".join(split_words(name))[:_MOST_KEY]


def _write_time(since: str | None, until: str | None, bounds: Bounds) -> str:
    """The months or years that days from ``since`` to ``until`` can lie in; the days themselves are compared too."""
    if not since and not until:
        return ""
    earliest, latest = bounds.first_year * 12, bounds.last_year * 12 + 11
    first = max(_count_months(since, default=earliest), earliest)
    last = min(_count_months(until, default=latest, at_end=True), latest)
    years = [str(year) for year in range(first // 12, last // 12 + 1)]
    if not years:
        return write_facet("y", ["none"])
    if last - first >= _MOST_MONTHS or (first % 12, last % 12) == (0, 11):
        return write_facet("y", years)
    months = [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last + 1)]
    return write_facet("m", [*months, *years])  # a year: of what is known no better


def _count_months(day: str | None, *, default: int, at_end: bool = False) -> int:
    if day is None:
        return default
    month = int(day[5:7]) - 1 if len(day) > 4 else 11 * at_end
    return int(day[:4]) * 12 + month


def _others(wanted: SearchQuery, article_id: ColumnElement[Any] | None) -> tuple[ColumnElement[bool], ...]:
    """What no facet says. The theme is the record's own, or where ``article_id`` is given one of its passages' or claims'."""
    entry = search_entry
    conditions: list[ColumnElement[bool]] = []
    if wanted.published_from:
        conditions.append(entry.c.day >= wanted.published_from)
    if wanted.published_to:
        conditions.append(func.left(entry.c.day, len(wanted.published_to)) <= wanted.published_to)
    if wanted.theme:
        conditions.append(_is_of_theme(wanted.theme, article_id))
    return tuple(conditions)


def _is_of_theme(theme: str, article_id: ColumnElement[Any] | None) -> ColumnElement[bool]:
    member = schema.theme_member
    query = select(1).where(member.c.theme_id == theme)
    if article_id is None:
        return query.where(member.c.member_id == search_entry.c.record_id).exists()
    inner = search_entry.alias("member_entry")
    return query.where(inner.c.record_id == member.c.member_id, inner.c.article_id == article_id).exists()


def _is_reviewed(review: Review) -> ColumnElement[bool]:
    standing = schema.standing
    query = select(1).where(
        standing.c.record_id == search_entry.c.record_id, standing.c.field == "", standing.c.action == review
    )
    return query.exists()
