"""What runs extracted, also where it counts no more: pairs of extractions of one article, to be compared."""

from collections.abc import Iterator
from itertools import groupby
from typing import TypeVar

from sqlalchemy import Connection, String, Table, cast, select

from pipeline.records import Agreement, Claim, Entity, Extraction, Record
from pipeline.store import schema
from pipeline.store.rows import Row
from pipeline.store.run_rows import Made
from pipeline.store.runs import load_made
from pipeline.store.store import Store

_R = TypeVar("_R", bound=Record)


class Pair(Row):
    """Two extractions of one article; None where a run made none of it, or nothing stood before."""

    article_id: str
    before: Extraction | None
    after: Extraction | None
    is_revised: bool  #: the text is another one too


def load_pairs(store: Store, before: str | None, after: str) -> Iterator[Pair]:
    """What two runs (whole ids) made of each article that either read; without ``before``, what ``after`` replaced.

    By article id, a page of 500 at a time; of an article that a run read twice, the last extraction counts.
    """
    last = ""
    while keys := load_keys(store, before, after, after=last):
        for article_id, (old, new) in keys.items():
            with store.begin() as connection:
                yield Pair(
                    article_id=article_id,
                    before=load_past(connection, article_id, old) if old else None,
                    after=load_past(connection, article_id, new) if new else None,
                    is_revised=bool(old and new and old[0] != new[0]),
                )
        last = max(keys)


_Key = tuple[int, str]  # revision, fingerprint


def load_keys(
    store: Store, before: str | None, run_id: str, *, after: str = "", limit: int = 500
) -> dict[str, tuple[_Key | None, _Key | None]]:
    """For the next articles in order of their ids: what stood by the one run, and by the other."""
    new = _by_article(load_made(store, run_id, after=after, limit=limit))
    if before is None:
        return {article_id: (_old_key(made[0]), _key(made[-1])) for article_id, made in new.items()}
    old = _by_article(load_made(store, before, after=after, limit=limit))
    pages = [max(found) for found in (new, old) if len(found) == limit]
    ids = sorted({*new, *old})
    shown = [each for each in ids if not pages or each <= min(pages)]  # beyond it, the shorter page knows no more
    return {
        each: (_key(old[each][-1]) if each in old else None, _key(new[each][-1]) if each in new else None)
        for each in shown
    }


def load_past(connection: Connection, article_id: str, key: _Key) -> Extraction:
    """An article's extraction at a revision, by a version of the pipeline."""
    return Extraction(
        article_id=article_id,
        fingerprint=key[1],
        entities=tuple(_load_all(connection, schema.entity, Entity, (article_id, *key))),
        agreements=tuple(_load_all(connection, schema.agreement, Agreement, (article_id, *key))),
        claims=tuple(_load_all(connection, schema.claim, Claim, (article_id, *key))),
    )


def _load_all(connection: Connection, table: Table, kind: type[_R], key: tuple[str, int, str]) -> list[_R]:
    query = select(cast(table.c.record, String)).where(
        table.c.article_id == key[0], table.c.revision == key[1], table.c.fingerprint == key[2]
    )
    records = connection.execute(query.order_by(table.c.position)).scalars()
    return [kind.model_validate_json(record) for record in records]


def _by_article(made: list[Made]) -> dict[str, list[Made]]:
    return {article_id: list(found) for article_id, found in groupby(made, key=lambda each: each.article_id)}


def _key(made: Made) -> _Key:
    return made.revision, made.fingerprint


def _old_key(made: Made) -> _Key | None:
    if made.old_revision is None or made.old_fingerprint is None:
        return None
    return made.old_revision, made.old_fingerprint
