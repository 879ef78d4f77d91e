"""What linking reads and writes: what is due, what may be the same, and links with the keys by which they are found.

All within the caller's transaction, which holds the lock of the register: two jobs at once would found a row each.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ARRAY, Connection, Text, bindparam, delete, exists, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from pipeline.records import Agreement, Confidence
from pipeline.store import schema
from pipeline.store.attachments import attach_rows
from pipeline.store.queries import is_current, is_current_revision, is_one_of
from pipeline.store.redirects import EMPTIED, reopen_rows
from pipeline.store.rows import Row
from pipeline.store.store import now

#: Of a key that many rows have, the newest are looked at: news returns to what is recent, and what is older is found by its
#: rarer keys. Fifty keys at the most, so 2,500 index entries for an observation however large the register is.
MOST_OF_KEY = 50
#: Rows that are compared with one observation, those that share most keys first, and observations of each.
MOST_ROWS = 12
MOST_OF_ROW = 4
#: Of a row that lost an observation these many others give it its keys anew.
_MOST_MEMBERS = 50


#: What the callers, who know no SQL, pass on.
Transaction: TypeAlias = Connection


class DueArticle(NamedTuple):
    """An article whose current records are not in the register yet."""

    id: str
    revision: int
    fingerprint: str
    published: str | None
    is_asked: bool  #: new, or somebody asks for it: whatever stands is looked at again


class Standing(NamedTuple):
    """How an observation stands in the register now."""

    row_id: str
    features: str | None  #: JSON


class Near(NamedTuple):
    """An observation in the register that shares a key with one to be linked."""

    one_id: str
    row_id: str
    agreement_id: str


class NewLink(Row):
    """A link to be saved, with what its observation is compared and found by."""

    row_id: str
    agreement_id: str
    reason: str
    score: Confidence
    reasons: tuple[dict[str, Any], ...] = ()
    features: dict[str, Any]
    keys: tuple[str, ...] = ()


def load_due_articles(connection: Connection, *, limit: int) -> list[DueArticle]:
    """Articles that are new, changed or asked for since they were linked, the oldest first."""
    article, revision = schema.article, schema.revision
    query = (
        select(
            article.c.id,
            article.c.revision,
            article.c.fingerprint,
            revision.c.published,
            article.c.linked_revision.is_(None),
        )
        .where(is_current_revision())
        .where(
            or_(
                article.c.linked_revision.is_distinct_from(article.c.revision),
                article.c.linked_fingerprint.is_distinct_from(article.c.fingerprint),
            )
        )
        .order_by(article.c.first_seen, article.c.id)
        .limit(limit)
    )
    return [DueArticle(*row) for row in connection.execute(query)]


def load_agreements(connection: Connection, article_id: str) -> list[Agreement]:
    """What an article says now, in its order."""
    agreement = schema.agreement
    record = agreement.c.record.cast(Text)
    query = (
        select(record).where(schema.article.c.id == article_id, is_current(agreement)).order_by(agreement.c.position)
    )
    return [Agreement.model_validate_json(each) for each in connection.execute(query).scalars()]


def load_gone(connection: Connection, article_id: str, current: Collection[str]) -> list[str]:
    """Observations of an article that stand in the register and that it does not say any more."""
    link, agreement = schema.link, schema.agreement
    query = select(link.c.agreement_id).where(
        link.c.agreement_id == agreement.c.id, agreement.c.article_id == article_id
    )
    return sorted(set(connection.execute(query).scalars()) - set(current))


def load_standing_links(connection: Connection, agreement_ids: Collection[str]) -> dict[str, Standing]:
    """How these observations stand in the register."""
    link = schema.link
    query = select(link.c.agreement_id, link.c.row_id, link.c.features.cast(Text)).where(
        is_one_of(link.c.agreement_id, agreement_ids)
    )
    return {row[0]: Standing(row[1], row[2]) for row in connection.execute(query)}


def load_unfree(connection: Connection, row_ids: Collection[str], agreement_ids: Collection[str]) -> set[str]:
    """Those of these rows that others than these observations stand in, or that were merged away."""
    link, gone = schema.link, schema.row_redirect
    others = select(link.c.row_id).where(
        is_one_of(link.c.row_id, row_ids), ~is_one_of(link.c.agreement_id, agreement_ids)
    )
    merged = select(gone.c.row_id).where(is_one_of(gone.c.row_id, row_ids), gone.c.reason != EMPTIED)
    return set(connection.execute(others.union(merged)).scalars())


def find_near(connection: Connection, keys: Mapping[str, Sequence[str]]) -> list[Near]:
    """What shares a key with each of some observations: a bounded number of rows, and of observations of each."""
    pairs = [(one_id, key) for one_id, held in sorted(keys.items()) for key in held]
    values = {
        "ones": [one for one, _ in pairs],
        "keys": [key for _, key in pairs],
        "of_key": MOST_OF_KEY,
        "rows": MOST_ROWS,
        "of_row": MOST_OF_ROW,
    }
    return [Near(*row) for row in connection.execute(_FIND_NEAR, values)]


def load_features(connection: Connection, agreement_ids: Collection[str]) -> dict[str, str]:
    """What these observations are compared by, as JSON."""
    standing = load_standing_links(connection, agreement_ids)
    return {agreement_id: each.features for agreement_id, each in standing.items() if each.features}


def load_members(connection: Connection, row_id: str) -> dict[str, str]:
    """What some of a row's observations are compared by, to give it keys again that another one took away."""
    link = schema.link
    query = select(link.c.agreement_id, link.c.features.cast(Text)).where(
        link.c.row_id == row_id, link.c.features.is_not(None)
    )
    return {row[0]: row[1] for row in connection.execute(query.order_by(link.c.linked_at).limit(_MOST_MEMBERS))}


def remove_links(connection: Connection, agreement_ids: Collection[str]) -> set[str]:
    """Take observations out of the register; returns the rows that they stood in."""
    link, key = schema.link, schema.link_key
    connection.execute(delete(key).where(is_one_of(key.c.agreement_id, agreement_ids)))
    gone = delete(link).where(is_one_of(link.c.agreement_id, agreement_ids)).returning(link.c.row_id)
    return set(connection.execute(gone).scalars())


def insert_links(connection: Connection, links: Sequence[NewLink]) -> None:
    """Put observations, that stand in no row, into theirs; rows that are new are made."""
    if not links:
        return
    at = now()
    rows: list[dict[str, Any]] = [
        {"id": row_id, "first_seen": at} for row_id in sorted({each.row_id for each in links})
    ]
    connection.execute(insert(schema.register_row).on_conflict_do_nothing(), rows)
    reopen_rows(connection, [row["id"] for row in rows])
    facts = [each.model_dump(exclude={"keys"}) | {"reasons": list(each.reasons), "linked_at": at} for each in links]
    connection.execute(insert(schema.link), facts)
    insert_keys(connection, [(each.row_id, key, each.agreement_id) for each in links for key in each.keys])


def insert_keys(connection: Connection, keys: Sequence[tuple[str, str, str]]) -> None:
    """Have rows found by keys, each as (row, key, observation); what a row has already stays."""
    names = ("row_ids", "keys", "ids")
    if keys:
        connection.execute(_INSERT_KEYS, dict(zip(names, map(list, zip(*keys, strict=True)), strict=True)))


def mark_linked(connection: Connection, article: DueArticle) -> None:
    """Note that what an article says, as it was read, stands in the register."""
    table = schema.article
    values = {"linked_revision": article.revision, "linked_fingerprint": article.fingerprint}
    connection.execute(update(table).where(table.c.id == article.id).values(values))


def merge_rows(connection: Connection, from_id: str, to_id: str, *, reason: str) -> bool:
    """Move all of one row into another and redirect it there; refused where one article or a judgement stands between."""
    link, key, moved = schema.link, schema.link_key, schema.row_redirect
    if _are_kept_apart(connection, from_id, to_id):
        return False
    connection.execute(update(link).where(link.c.row_id == from_id).values(row_id=to_id))
    connection.execute(_MOVE_KEYS, {"from_id": from_id, "to_id": to_id})
    connection.execute(delete(key).where(key.c.row_id == from_id))
    connection.execute(update(moved).where(moved.c.to_id == from_id).values(to_id=to_id))
    values = {"row_id": from_id, "to_id": to_id, "reason": reason, "made_at": now()}
    put = insert(moved).values(values)
    connection.execute(put.on_conflict_do_update(index_elements=["row_id"], set_=values))
    attach_rows(connection, {from_id: to_id})  # what a person decided on the one holds for the other
    return True


def _are_kept_apart(connection: Connection, from_id: str, to_id: str) -> bool:
    """Whether one article says of both rows, or a person said that something of one is nothing of the other."""
    ours, theirs, judgement = schema.link.alias(), schema.link.alias(), schema.judgement
    of_article = ours.c.features["article_id"].astext == theirs.c.features["article_id"].astext
    is_apart = judgement.c.is_in_force & ~judgement.c.is_same
    ids = (ours.c.agreement_id, theirs.c.agreement_id)
    both = [(judgement.c.one_id == one) & (judgement.c.other_id == other) for one, other in (ids, ids[::-1])]
    in_rows = (ours.c.row_id == from_id) & (theirs.c.row_id == to_id)
    found = (exists().where(in_rows, of_article), *(exists().where(in_rows, is_apart, each) for each in both))
    return bool(connection.execute(select(or_(*found))).scalar())


_FIND_NEAR = text(
    """
    WITH wanted AS (SELECT * FROM unnest(:ones, :keys) AS w(one_id, key)),
    hits AS (
        SELECT w.one_id, k.row_id, k.agreement_id, count(*) AS shared
        FROM wanted w CROSS JOIN LATERAL (
            SELECT row_id, agreement_id FROM link_key WHERE link_key.key = w.key ORDER BY number DESC LIMIT :of_key
        ) k
        GROUP BY w.one_id, k.row_id, k.agreement_id
    ),
    rows AS (SELECT *, sum(shared) OVER (PARTITION BY one_id, row_id) AS of_row FROM hits),
    placed AS (
        SELECT *,
            dense_rank() OVER (PARTITION BY one_id ORDER BY of_row DESC, row_id) AS place,
            row_number() OVER (PARTITION BY one_id, row_id ORDER BY shared DESC, agreement_id) AS within
        FROM rows
    )
    SELECT one_id, row_id, agreement_id FROM placed WHERE place <= :rows AND within <= :of_row
    ORDER BY one_id, place, within
    """
).bindparams(bindparam("ones", type_=ARRAY(Text)), bindparam("keys", type_=ARRAY(Text)))

_INSERT_KEYS = text(
    """
    INSERT INTO link_key (row_id, key, agreement_id) SELECT * FROM unnest(:row_ids, :keys, :ids)
    ON CONFLICT (row_id, key) DO NOTHING
    """
).bindparams(*(bindparam(name, type_=ARRAY(Text)) for name in ("row_ids", "keys", "ids")))

_MOVE_KEYS = text(
    """
    INSERT INTO link_key (row_id, key, agreement_id)
    SELECT :to_id, key, agreement_id FROM link_key WHERE row_id = :from_id ORDER BY number
    ON CONFLICT (row_id, key) DO NOTHING
    """
)
