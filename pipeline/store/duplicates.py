"""What repeats what: the articles' sketches, the words that pairs of them share, and the judgement on those pairs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as put

from pipeline.store import schema
from pipeline.store.originals import Originals, find_originals
from pipeline.store.queries import is_current_revision, is_one_of
from pipeline.store.recounts import find_recounted
from pipeline.store.refresh import refresh_rows
from pipeline.store.store import Store, now

# All 637 pairs of BBC articles that share 12 runs or more share two sampled ones; one run in common is a phrase.
_LEAST_HASHES = 2
# Each candidate's text is read and compared, at .5 ms. The nearest are asked first: what a publisher puts under every article
# must not make each new one be compared to all old ones.
_MOST_CANDIDATES = 50
# Of a run of words that many articles have, so many are looked at: a phrase of office must not lead to all who use it, and of a
# story that hundreds print, each run leads to the same ones.
_MOST_OF_HASH = 50
_NOT_COMPARED = 0  # a revision that no article has
_STEPS = 2  # see load_overlaps
# Of an article the so many others are looked at with which it shares most. A digest has a dozen sources; a form that an office
# fills in anew each day shares its sentences with all that were filled in before, and would be judged with all of them.
_MOST_OVERLAPS = 100


def load_unsketched(store: Store) -> list[str]:
    """Ids of articles whose current text was compared with no others yet, the oldest first."""
    article = schema.article
    is_new = article.c.compared_revision.is_distinct_from(article.c.revision)
    query = select(article.c.id).where(is_new).order_by(article.c.first_seen, article.c.id)
    with store.begin() as connection:
        return list(connection.execute(query).scalars())


def load_current_texts(store: Store, article_ids: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The current revision's number and text of each of these articles."""
    revision = schema.revision
    query = select(schema.article.c.id, revision.c.revision, revision.c.text).where(
        is_current_revision(), schema.article.c.id.in_(article_ids)
    )
    with store.begin() as connection:
        return {article_id: (number, text) for article_id, number, text in connection.execute(query)}


def save_sketch(store: Store, article_id: str, *, size: int, hashes: Sequence[int]) -> list[str]:
    """Keep the sketch of an article in place of an older one; returns what may share words with it, nearest first.

    It is not done yet: two articles that are sketched at once find each other, and one whose comparison died is compared
    again, until :func:`save_overlaps` says that it is.
    """
    values = {"revision": _NOT_COMPARED, "size": size, "hashes": list(hashes)}
    save = put(schema.sketch).values(article_id=article_id, **values)
    with store.begin() as connection:
        connection.execute(save.on_conflict_do_update(index_elements=["article_id"], set_=values))
    with store.begin() as connection:
        return _find_candidates(connection, article_id, size=size, hashes=hashes)


def save_overlaps(connection: Connection, article_id: str, *, revision: int, shared: Mapping[str, int]) -> set[str]:
    """Keep how many runs of words an article's revision shares with others, in place of what older ones shared.

    Returns the articles whose repetitions are to be judged anew in the same transaction: it, and those it shares words with
    or did. The caller holds the lock of the register.
    """
    overlap, sketch, article = schema.overlap, schema.sketch, schema.article
    rows = [
        {"article_id": min(article_id, other), "other_id": max(article_id, other), "shared": number}
        for other, number in sorted(shared.items())
    ]
    save = put(overlap)
    save = save.on_conflict_do_update(
        index_elements=["article_id", "other_id"], set_={"shared": save.excluded["shared"]}
    )
    gone = delete(overlap).where(_touches(overlap, [article_id])).returning(overlap.c.article_id, overlap.c.other_id)
    touched = {each for pair in connection.execute(gone) for each in pair}
    if rows:
        connection.execute(save, rows)
    connection.execute(update(sketch).where(sketch.c.article_id == article_id).values(revision=revision))
    connection.execute(update(article).where(article.c.id == article_id).values(compared_revision=revision))
    return touched | {article_id, *shared}


def load_overlaps(connection: Connection, around: Collection[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All that judging the repetitions of these articles needs: facts of those that share words, and the overlaps.

    Whether one of a pair is made of others hangs on all that it shares, and on what those share among themselves; so of
    each article that is judged two steps along the overlaps are looked at, of each the hundred largest.
    """
    overlap, sketch, article = schema.overlap, schema.sketch, schema.article
    reached, last = set(around), set(around)
    for _ in range(_STEPS):
        pairs = connection.execute(_FIND_LARGEST, {"ids": sorted(last), "most": _MOST_OVERLAPS})
        last = {each for pair in pairs for each in pair} - reached
        reached |= last
    within = (is_one_of(overlap.c.article_id, reached), is_one_of(overlap.c.other_id, reached))
    overlaps = [dict(row) for row in connection.execute(select(overlap).where(*within)).mappings()]
    sharing = {each[name] for each in overlaps for name in ("article_id", "other_id")}
    facts = (
        select(sketch.c.article_id, sketch.c.size, schema.revision.c.published, article.c.first_seen)
        .where(sketch.c.article_id == article.c.id, is_current_revision(), is_one_of(article.c.id, sharing))
        .order_by(article.c.id)
    )
    return [dict(row) for row in connection.execute(facts).mappings()] if sharing else [], overlaps


def save_duplicates(
    connection: Connection, duplicates: Iterable[Mapping[str, Any]], around: Collection[str] | None = None
) -> int:
    """Put this judgement in place of the one before; returns how many links are new or changed.

    To be called in the transaction that read the overlaps, with the register locked before: a job that reads earlier and
    saves later would take back what another one found between. Each is given as ``article_id``, ``other_id``, ``kind`` and
    ``score``. A link that stays keeps its ``found_at``. Only links of the articles ``around`` are replaced and made, of
    all where none are given.
    """
    table, at = schema.duplicate, now()
    wanted = {(each["article_id"], each["other_id"]): (each["kind"], each["score"]) for each in duplicates}
    query = select(table)
    if around is not None:
        wanted = {pair: value for pair, value in wanted.items() if not set(pair).isdisjoint(around)}
        query = query.where(_touches(table, around))
    known = {(row[0], row[1]): (row[2], row[3]) for row in connection.execute(query)}
    gone = [key for key, value in known.items() if wanted.get(key) != value]
    new = [key for key, value in wanted.items() if known.get(key) != value]
    # How many independent articles say so changes for these rows.
    recounted = find_recounted(
        connection, gone={pair: known[pair][0] for pair in gone}, new={pair: wanted[pair][0] for pair in new}
    )
    for one, other in gone:
        connection.execute(delete(table).where(table.c.article_id == one, table.c.other_id == other))
    rows = [
        {"article_id": one, "other_id": other, "kind": kind, "score": score, "found_at": at}
        for one, other in new
        for kind, score in [wanted[one, other]]
    ]
    if rows:
        connection.execute(insert(table), rows)
    refresh_rows(connection, recounted)
    return len(new)


def _touches(table: Table, article_ids: Collection[str]) -> ColumnElement[bool]:
    return or_(is_one_of(table.c.article_id, article_ids), is_one_of(table.c.other_id, article_ids))


def load_duplicates(store: Store) -> Originals:
    """What repeats what, to count independent articles with."""
    with store.begin() as connection:
        return load_originals(connection)


def load_originals(connection: Connection) -> Originals:
    """The same within a transaction."""
    table = schema.duplicate
    rows = connection.execute(select(table.c.article_id, table.c.other_id, table.c.kind))
    return find_originals((row[0], row[1], row[2]) for row in rows)


def is_repetition(article_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether an article is a copy or a part of another one; a digest is not, since it is no one's."""
    table = schema.duplicate
    return select(1).where(table.c.article_id == article_id, table.c.kind.in_(("copy", "part"))).exists()


def _find_candidates(connection: Connection, article_id: str, *, size: int, hashes: Sequence[int]) -> list[str]:
    values = {
        "article_id": article_id,
        "size": size,
        "hashes": list(hashes),
        "of_hash": _MOST_OF_HASH,
        "least": _LEAST_HASHES,
        "most": _MOST_CANDIDATES,
    }
    return list(connection.execute(_FIND_CANDIDATES, values).scalars())


# Each of the two halves is led by an index; the planner does not split an OR within LATERAL.
_FIND_LARGEST = text(
    """
    SELECT largest.article_id, largest.other_id FROM unnest(:ids) AS one(id) CROSS JOIN LATERAL (
        SELECT * FROM (
            SELECT * FROM overlap WHERE overlap.article_id = one.id
            UNION ALL SELECT * FROM overlap WHERE overlap.other_id = one.id
        ) AS its ORDER BY shared DESC, article_id, other_id LIMIT :most
    ) AS largest
    """
).bindparams(bindparam("ids", type_=ARRAY(Text)))
_FIND_CANDIDATES = text(
    """
    WITH shared AS (
        SELECT held.article_id, held.size, count(*) AS hashes
        FROM unnest(:hashes) AS mine(hash) CROSS JOIN LATERAL (
            SELECT article_id, size FROM sketch
            WHERE hashes @> ARRAY[mine.hash] AND article_id <> :article_id LIMIT :of_hash
        ) AS held
        GROUP BY held.article_id, held.size
    )
    SELECT article_id FROM shared WHERE hashes >= :least
    ORDER BY hashes * 1000 / greatest(least(size, :size), 1) DESC, article_id LIMIT :most
    """
).bindparams(bindparam("hashes", type_=ARRAY(BigInteger)))
