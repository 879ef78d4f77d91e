"""Whole lists, however long, a batch at a time: what exports are made of.

A list comes in the order and with the filters of its command, each record with what a person decided about it: the review
it stands under, and corrected values in place of extracted ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select
from sqlalchemy import Row as SqlRow

from pipeline.enumerations import Review
from pipeline.records import Extraction
from pipeline.store import schema
from pipeline.store.actors import order_entities, select_wanted_entities
from pipeline.store.articles import load_texts, select_wanted_articles
from pipeline.store.facts import load_seen, load_shown
from pipeline.store.filters import ArticleFilter, ClaimFilter, EntityFilter, RegisterFilter
from pipeline.store.past import load_past
from pipeline.store.records import make_claim_row, select_wanted_claims
from pipeline.store.register import load_register
from pipeline.store.rows import ArticleRow, EntityRow, RegisterRow, Row
from pipeline.store.standing import Standing, is_rejected, load_standing
from pipeline.store.store import Store

# Records between two looks at the database: 500 claims are 1 MB, and a look costs a millisecond.
_BATCH = 500
# A row of the register carries the last few of its observations.
_ROWS = 200
# Texts are larger than rows: a hundred articles of the corpus are a megabyte.
_TEXTS = 100


class Reviewed(NamedTuple):
    """A record of a list, as a person's decisions leave it."""

    record: Row
    review: Review | None = None  #: None: nobody has decided
    row_id: str | None = None  #: of an observation: the row of the register that it stands in

    @property
    def is_rejected(self) -> bool:
        """Whether a person said that it is wrong."""
        return self.review is Review.REJECT


class Annotated(NamedTuple):
    """An article with its text, what is extracted from it, and what a person decided about that."""

    article: ArticleRow
    text: str
    extraction: Extraction
    standing: Mapping[str, Standing]


def stream_register(
    store: Store, wanted: RegisterFilter | None = None, *, with_rejected: bool = False
) -> Iterator[Reviewed]:
    """Rows of the register, the most recently published first; corrections and reviews are in them already.

    Args:
        store: the open store.
        wanted: which rows.
        with_rejected: after them also those that a person rejected.
    """
    for rows in _page_register(store, wanted or RegisterFilter(), with_rejected=with_rejected):
        yield from (Reviewed(row, row.review) for row in rows)


def stream_observations(
    store: Store, wanted: RegisterFilter | None = None, *, with_rejected: bool = False
) -> Iterator[Reviewed]:
    """What each article says of the rows that a filter asks for, row by row, the oldest publication first."""
    wanted = wanted or RegisterFilter()
    for rows in _page_register(store, wanted, with_rejected=with_rejected):
        with store.read() as connection:
            seen = load_seen(connection, [row.id for row in rows])
            places = [
                (each.agreement_id, row.id)
                for row in rows
                for each in seen.get(row.id, ())
                if wanted.as_of is None or (each.published and each.published[: len(wanted.as_of)] <= wanted.as_of)
            ]
            for start in range(0, len(places), _BATCH):
                yield from _load_observations(connection, places[start : start + _BATCH])


def stream_claims(
    store: Store, wanted: ClaimFilter | None = None, *, with_rejected: bool = False
) -> Iterator[Reviewed]:
    """Claims, the youngest publication first (undated ones last), then in the order of the text; as people left them."""
    wanted = wanted or ClaimFilter()
    query = select_wanted_claims(wanted).limit(wanted.limit)
    if not with_rejected and wanted.review is None:  # who asks for a review gets what has it
        query = query.where(~is_rejected(schema.claim.c.id))
    with store.begin() as connection:
        for batch in _read(connection, query):
            claims = (make_claim_row(row._mapping) for row in batch)
            yield from (Reviewed(claim, claim.review) for claim in claims)


def stream_articles(store: Store, wanted: ArticleFilter | None = None) -> Iterator[Reviewed]:
    """Articles, the youngest publication first, undated ones last."""
    wanted = wanted or ArticleFilter()
    with store.begin() as connection:
        for batch in _read(connection, select_wanted_articles(wanted)):
            yield from (Reviewed(ArticleRow(**row._mapping)) for row in batch)


def stream_entities(store: Store, wanted: EntityFilter | None = None) -> Iterator[Reviewed]:
    """Who and what is named over all articles, those in most articles first; a person's corrections are in them already."""
    wanted = wanted or EntityFilter()
    query = order_entities(select_wanted_entities(wanted))
    with store.begin() as connection:
        for batch in _read(connection, query.limit(wanted.limit)):
            rows = [EntityRow(**row._mapping) for row in batch]
            standing = load_standing(connection, [row.id for row in rows])
            yield from (Reviewed(row, _review(standing.get(row.id))) for row in rows)


def stream_annotated(store: Store, wanted: ArticleFilter | None = None) -> Iterator[Annotated]:
    """Articles with their texts and all that is extracted from them, the youngest publication first."""
    with store.begin() as connection:
        for batch in _read(connection, select_wanted_articles(wanted or ArticleFilter()), _TEXTS):
            for text in load_texts(connection, [row.id for row in batch]):
                article = text.article
                found = load_past(connection, article.id, (article.revision, article.fingerprint))
                ids = [each.id for kind in (found.entities, found.agreements, found.claims) for each in kind]
                yield Annotated(article, text.text, found, load_standing(connection, ids))


def _page_register(store: Store, wanted: RegisterFilter, *, with_rejected: bool) -> Iterator[list[RegisterRow]]:
    """The list a page at a time, each going on after the last row of the one before."""
    left = wanted.limit
    while left is None or left > 0:
        rows = load_register(store, wanted.model_copy(update={"limit": min(left or _ROWS, _ROWS)}))
        left = None if left is None else left - len(rows)
        if rows:
            yield rows
            wanted = wanted.model_copy(update={"after": rows[-1].id})
        elif with_rejected and wanted.review is None:  # those are listed by themselves only
            wanted = wanted.model_copy(update={"review": Review.REJECT, "after": None})
        else:
            return


def _load_observations(connection: Connection, places: Sequence[tuple[str, str]]) -> Iterator[Reviewed]:
    ids = [agreement_id for agreement_id, _ in places]
    shown, standing = load_shown(connection, ids), load_standing(connection, ids)
    for agreement_id, row_id in places:
        if agreement_id in shown:
            yield Reviewed(shown[agreement_id].observation, _review(standing.get(agreement_id)), row_id)


def _read(connection: Connection, query: Select[Any], size: int = _BATCH) -> Iterator[Sequence[SqlRow[Any]]]:
    """The answer in batches, from a cursor that the server keeps: of a long list only one batch is in memory."""
    with connection.execute(query.execution_options(yield_per=size)) as result:  # closed also where a reader has enough
        yield from result.partitions()


def _review(standing: Standing | None) -> Review | None:
    return standing.review if standing else None
