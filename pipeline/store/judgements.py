"""What people say of pairs: these are one, those are not. It holds through re-extraction and new articles.

Between what is merged a star of pairs is kept (each of one side with the first of the other), so that it holds whichever
observation goes; a split keeps each of what was taken out apart from all that it stood with. Of two judgements on one
pair the newer holds.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from typing import Any

from sqlalchemy import Connection, exists, func, insert, select, tuple_, update

from pipeline.decisions import Decision
from pipeline.enumerations import DecisionAction
from pipeline.errors import InputError
from pipeline.records import Record
from pipeline.store import schema
from pipeline.store.decisions import append, note_decided
from pipeline.store.links import mark_unlinked
from pipeline.store.locks import lock_register
from pipeline.store.own import mark_own_linked
from pipeline.store.queries import is_one_of
from pipeline.store.standing import load_judgements
from pipeline.store.store import Store, now
from pipeline.store.subjects import find_subject_id, load_subjects
from pipeline.store.touched import mark_todo

_Pair = tuple[str, str]
_FAMILIES = {"ag": "agreements", "ow": "agreements", "rw": "agreements", "en": "entities", "ac": "entities"}


class NewJudgement(Record):
    """What somebody says of several records: that they are one, or that some stand where they do not belong."""

    who: str
    record_ids: tuple[str, ...]  #: of what is merged, or of what is split off; beginnings do
    row_id: str | None = None  #: of a split: where they do not belong; by default the row they stand in
    quote: str | None = None
    batch: str | None = None


def merge(store: Store, new: NewJudgement) -> Decision:
    """Say that rows, observations, entities or actors are one, for good; linking joins them (:func:`mark_unlinked`).

    Raises:
        InputError: fewer than two, or not all of one sort.
        NotFoundError: no record bears an id.
    """
    with store.begin() as connection:
        lock_register(connection)
        ids, groups, moved = plan_merge(connection, new.record_ids)
        after = {"merged": ids, "groups": groups, "moved": moved}
        made = _append(connection, new, DecisionAction.MERGE, (ids[0], after))
        _keep(connection, made, _make_star(connection, groups), is_same=True)
        mark_moved(connection, moved)
    return made


def split(store: Store, new: NewJudgement) -> Decision:
    """Say that observations do not belong in their row (or entities to their actor), for good; linking takes them out.

    Raises:
        InputError: they stand in no row, or in several, or nothing else stands there.
        NotFoundError: no record bears an id.
    """
    with store.begin() as connection:
        lock_register(connection)
        ids, place, others = plan_split(connection, new.record_ids, new.row_id)
        made = _append(connection, new, DecisionAction.SPLIT, (place, {"split": ids, "from": place, "others": others}))
        bound = {each for pair in load_judgements(connection, ids).same for each in pair}
        _keep(connection, made, product(ids, {*others, *bound} - set(ids)), is_same=False)
        mark_moved(connection, ids)
    return made


def plan_merge(connection: Connection, record_ids: Iterable[str]) -> tuple[list[str], list[list[str]], list[str]]:
    """What a merge of these comes to: their whole ids, what stands in each, and what of it has to move to the largest.

    Raises:
        InputError: fewer than two, or not all of one sort.
        NotFoundError: no record bears an id.
    """
    ids = _find_ids(connection, record_ids)
    if len(ids) < 2:
        raise InputError("Say at least two records that are one.")
    groups = [_expand(connection, each) for each in ids]
    return ids, groups, _all_but_largest(groups, [_weigh(connection, group) for group in groups])


def plan_split(
    connection: Connection, record_ids: Iterable[str], row_id: str | None
) -> tuple[list[str], str, list[str]]:
    """What a split comes to: the whole ids of what leaves, the row or actor they stand in, and what stays there.

    Raises:
        InputError: they stand in no row, or in several, or nothing else stands there.
        NotFoundError: no record bears an id.
    """
    ids = _find_ids(connection, record_ids)
    place = find_subject_id(connection, row_id) if row_id else _find_place(connection, ids)
    others = [each for each in _expand(connection, place) if each not in ids]
    if not others:
        raise InputError(f"Nothing else stands in {place}: there is nothing to split.")
    return ids, place, others


def refresh_judgements(connection: Connection, decision: Decision) -> None:
    """Work out anew which judgements are in force, of the pairs that a decision speaks of; after an undo."""
    judgement = schema.judgement
    pairs = select(judgement.c.one_id, judgement.c.other_id).where(judgement.c.decision == decision.number)
    found: list[_Pair] = [(row[0], row[1]) for row in connection.execute(pairs)]
    _refresh_pairs(connection, found)
    after: dict[str, Any] = decision.after or {}
    mark_moved(connection, after.get("split") or after.get("moved", []))


def is_judgement_superseded(connection: Connection, number: int) -> bool:
    """Whether newer judgements took every pair of a merge or split."""
    judgement = schema.judgement
    newer = judgement.alias()
    is_undone = exists().where(schema.undone.c.decision == newer.c.decision)
    has_newer = exists().where(
        newer.c.one_id == judgement.c.one_id,
        newer.c.other_id == judgement.c.other_id,
        newer.c.decision > judgement.c.decision,
        ~is_undone,
    )
    left = select(1).where(judgement.c.decision == number, ~has_newer).limit(1)
    return connection.execute(left).first() is None


def mark_moved(connection: Connection, ids: Collection[str]) -> None:
    """Have linking look at these observations, entities or actors again."""
    agreements = [each for each in ids if each.startswith("ag-")]
    if agreements:
        mark_unlinked(connection, agreements)
    mark_own_linked(connection, [each for each in ids if each.startswith("ow-")], is_linked=False)
    subjects = load_subjects(connection, [each for each in ids if each.startswith("en-")])
    todo = {each.article_id for each in subjects.values()} | {each for each in ids if each.startswith("ac-")}
    mark_todo(connection, {each for each in todo if each})


def _find_ids(connection: Connection, record_ids: Iterable[str]) -> list[str]:
    ids = list(dict.fromkeys(find_subject_id(connection, each) for each in record_ids))
    if len({_FAMILIES.get(each[:2]) for each in ids}) > 1:
        raise InputError(f"{' and '.join(ids[:3])} are of different sorts: they cannot be one.")
    if any(each[:2] not in _FAMILIES for each in ids):
        raise InputError("Only agreements, rows, entities and actors can be merged or split.")
    return ids


def _expand(connection: Connection, record_id: str) -> list[str]:
    """The observations of a row, oldest link first (its founder); anything else is itself."""
    if not record_id.startswith("rw-"):
        return [record_id]
    link = schema.link
    query = select(link.c.agreement_id).where(link.c.row_id == record_id)
    found = list(connection.execute(query.order_by(link.c.linked_at, link.c.agreement_id)).scalars())
    if not found:
        raise InputError(f"Nothing stands in the row {record_id} any more.")
    return found


def _find_place(connection: Connection, ids: Sequence[str]) -> str:
    if any(each.startswith("rw-") for each in ids):
        raise InputError("Say which observations (ag-…) of a row do not belong there; entente show lists them.")
    if any(each.startswith("ac-") for each in ids):
        raise InputError("Say which entities (en-…) of an actor are another; entente show lists them.")
    link, actor_link = schema.link, schema.actor_link
    rows = select(link.c.row_id).where(is_one_of(link.c.agreement_id, ids))
    actors = select(actor_link.c.actor_id).where(is_one_of(actor_link.c.entity_id, ids))
    found = set(connection.execute(rows.union(actors)).scalars())
    if len(found) != 1:
        raise InputError(f"{', '.join(ids[:3])} stand in {len(found)} rows: say those of one row.")
    return str(found.pop())


def _append(
    connection: Connection, new: NewJudgement, action: DecisionAction, what: tuple[str, dict[str, Any]]
) -> Decision:
    record_id, after = what
    members = [*after.get("split", []), *(each for group in after.get("groups", []) for each in group)]
    subjects = load_subjects(connection, members)
    note_decided(connection, {each.article_id for each in subjects.values() if each.article_id})
    made = Decision(
        who=new.who,
        when=now(),
        record_id=record_id,
        action=action,
        after=after,
        quote=new.quote,
        batch=new.batch,
    )
    return append(connection, made)


def _make_star(connection: Connection, groups: Sequence[Sequence[str]]) -> set[_Pair]:
    """Each group's members with the first of the first group and the other way round, and all that was kept apart."""
    first, *others = groups
    star = {(first[0], each) for group in others for each in group}
    star |= {(each, group[0]) for group in others for each in first}
    known = load_judgements(connection, [each for group in groups for each in group])
    place = {each: at for at, group in enumerate(groups) for each in group}
    apart = {pair for pair in known.apart if place.get(pair[0], -1) != place.get(pair[1], -1)}
    return star | {pair for pair in apart if pair[0] in place and pair[1] in place}


def _keep(connection: Connection, made: Decision, pairs: Iterable[_Pair], *, is_same: bool) -> None:
    ordered = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    rows = [
        {"one_id": one, "other_id": other, "decision": made.number, "is_same": is_same, "is_in_force": True}
        for one, other in ordered
    ]
    if rows:
        connection.execute(insert(schema.judgement), rows)
    _refresh_pairs(connection, ordered)


def _refresh_pairs(connection: Connection, pairs: Sequence[_Pair]) -> None:
    """Of each pair the newest judgement that is not undone is in force."""
    judgement = schema.judgement
    newer = judgement.alias()
    for at in range(0, len(pairs), 1000):  # a thousand pairs are 60 KB of parameters
        some = tuple_(judgement.c.one_id, judgement.c.other_id).in_(pairs[at : at + 1000])
        is_undone = exists().where(schema.undone.c.decision == judgement.c.decision)
        is_newer_undone = exists().where(schema.undone.c.decision == newer.c.decision)
        has_newer = exists().where(
            newer.c.one_id == judgement.c.one_id,
            newer.c.other_id == judgement.c.other_id,
            newer.c.decision > judgement.c.decision,
            ~is_newer_undone,
        )
        connection.execute(update(judgement).where(some).values(is_in_force=~is_undone & ~has_newer))


def _weigh(connection: Connection, group: Sequence[str]) -> int:
    """How many observations stand in the row of a group's first: one that is named alone may stand in a large row."""
    link, mine = schema.link, schema.link.alias()
    place = select(mine.c.row_id).where(mine.c.agreement_id == group[0]).scalar_subquery()
    found: int = connection.execute(select(func.count()).where(link.c.row_id == place)).scalar_one()
    return max(found, len(group))


def _all_but_largest(groups: Sequence[Sequence[str]], sizes: Sequence[int]) -> list[str]:
    """What has to move: what stands in smaller rows goes to the largest."""
    stays = max(range(len(groups)), key=lambda place: sizes[place])
    return [each for place, group in enumerate(groups) if place != stays for each in group]
