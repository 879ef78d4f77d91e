"""Taking decisions back: an undo is a decision that names what it undoes, and undoing an undo brings that back."""

from collections.abc import Sequence
from uuid import uuid4

from pydantic import Field
from sqlalchemy import Connection, delete, insert, select

from pipeline.decisions import Decision, find_superseding
from pipeline.enumerations import DecisionAction
from pipeline.errors import InputError, NotFoundError
from pipeline.store import schema
from pipeline.store.additions import put_back, set_aside
from pipeline.store.decisions import (
    append,
    load_decision,
    load_undone,
    read_decisions,
    select_decisions,
)
from pipeline.store.judgements import is_judgement_superseded, refresh_judgements
from pipeline.store.locks import lock_register
from pipeline.store.own import withdraw_own
from pipeline.store.refresh import refresh_rows
from pipeline.store.row_reviews import refresh_reviews, says_other
from pipeline.store.rows import Row
from pipeline.store.standing import load_now_ids, load_standing, refresh_standing
from pipeline.store.store import Store, now
from pipeline.store.touched import find_touched_rows, refresh_touched


class Undone(Row):
    """What an undo came to."""

    made: tuple[Decision, ...]  #: the undos, each with what it undoes
    left: dict[int, str] = Field(default_factory=dict)  #: of a batch: what was left as it is, by its number, and why


def undo(store: Store, number: int, *, who: str, batch: str | None = None) -> Undone:
    """Undo one decision; of an undo, bring back what it undid.

    Raises:
        NotFoundError: there is no such decision.
        InputError: it is undone already, or a later decision took its place; that one is named.
    """
    with store.begin() as connection:
        lock_register(connection)
        target = load_decision(connection, number)
        if reason := _find_obstacle(connection, target):
            raise InputError(f"Decision {number} {reason}")
        made, root = _undo(connection, target, who, batch)
        _follow(connection, [root])
        return Undone(made=(made,))


def undo_batch(store: Store, batch: str, *, who: str) -> Undone:
    """Undo all decisions of a batch, the newest first; what is undone already or was decided anew since is left as it is.

    Raises:
        NotFoundError: there is no such batch.
        InputError: nothing of it is left to undo.
    """
    decision = schema.decision
    query = select_decisions().where(decision.c.batch == batch, decision.c.action != DecisionAction.UNDO)
    with store.begin() as connection:
        lock_register(connection)
        targets = read_decisions(connection, query.order_by(decision.c.number.desc()))
        if not targets:
            raise NotFoundError(f"There is no batch {batch}; entente decisions lists the batches.")
        done = undo_all(connection, targets, who=who)
        if not done.made:
            raise InputError(f"Nothing of batch {batch} is left to undo: all is undone or was decided anew since.")
    return done


def undo_all(connection: Connection, targets: Sequence[Decision], *, who: str) -> Undone:
    """Undo these in their order, as far as they can be, in the caller's transaction, which holds the lock of the register.

    Where they are several, their undos are a batch too: they can be undone as one.
    """
    made, left, roots = [], {}, []
    batch = f"undo-{uuid4().hex[:12]}" if len(targets) > 1 else None
    for target in targets:
        assert target.number is not None, "it came from the log"
        if reason := _find_obstacle(connection, target):
            left[target.number] = reason
        else:
            done, root = _undo(connection, target, who, batch)
            made.append(done)
            roots.append(root)
    _follow(connection, roots)
    return Undone(made=tuple(made), left=left)


def _undo(connection: Connection, target: Decision, who: str, batch: str | None) -> tuple[Decision, Decision]:
    """The undo, and what it is about in the end; what follows from it is left to :func:`_follow`."""
    root = _find_root(connection, target)
    facts = root.model_dump(include={"record_id", "field", "article_id", "kind", "quote"})
    # What an undo of a correction takes back, and to what, so that the log reads by itself.
    is_redo = target.action is DecisionAction.UNDO and target.undoes == root.number
    facts |= {"before": root.before, "after": root.after} if is_redo else {"before": root.after, "after": root.before}
    made = Decision(who=who, when=now(), action=DecisionAction.UNDO, undoes=target.number, batch=batch, **facts)
    made = append(connection, made)
    _toggle(connection, target)
    return made, root


def _find_root(connection: Connection, target: Decision) -> Decision:
    """What an undo of an undo of … is about in the end."""
    while target.undoes is not None:
        target = load_decision(connection, target.undoes)
    return target


def _find_obstacle(connection: Connection, target: Decision) -> str | None:
    """Why this cannot be undone now, or None."""
    assert target.number is not None, "it came from the log"
    decision = schema.decision
    if load_undone(connection, [target.number]):
        query = select(decision.c.number).where(decision.c.undoes == target.number).order_by(decision.c.number.desc())
        by = connection.execute(query).scalars().first()
        return f"is undone already, by decision {by}; undo {by} to bring it back."
    root = _find_root(connection, target)
    assert root.number is not None, "it came from the log"
    if root.action in (DecisionAction.MERGE, DecisionAction.SPLIT):
        return _SUPERSEDED if is_judgement_superseded(connection, root.number) else None
    is_later = (decision.c.record_id == root.record_id) & (decision.c.number > root.number)
    later = read_decisions(connection, select_decisions().where(is_later))
    undone = load_undone(connection, [each.number for each in later if each.number is not None])
    taker = find_superseding(root, [each for each in later if each.number not in undone])
    return f"has no effect any more: decision {taker.number} took its place; undo that one first." if taker else None


_SUPERSEDED = "has no effect any more: later merges or splits took its place; undo those first."


def _toggle(connection: Connection, target: Decision | None) -> None:
    """Down the chain each is in turn undone and back in force."""
    undone, is_undone = schema.undone, True
    while target is not None:
        if is_undone:
            connection.execute(insert(undone).values(decision=target.number))
        else:
            connection.execute(delete(undone).where(undone.c.decision == target.number))
        is_undone = not is_undone
        target = load_decision(connection, target.undoes) if target.undoes is not None else None


def _follow(connection: Connection, roots: Sequence[Decision]) -> None:
    """Bring what follows from decisions up to date, now that they are undone or back: of reviews and values all at once."""
    other = (DecisionAction.MERGE, DecisionAction.SPLIT, DecisionAction.CREATE)
    record_ids = {each.record_id for each in roots if each.action not in other}
    if record_ids:
        now_ids = sorted(set(load_now_ids(connection, record_ids).values()))
        before = load_standing(connection, now_ids)
        refresh_standing(connection, now_ids)
        after = load_standing(connection, now_ids)
        changed = [each for each in now_ids if says_other(before.get(each), after.get(each))]
        refresh_touched(connection, changed)
        alike = find_touched_rows(connection, now_ids) - find_touched_rows(connection, changed)
        refresh_reviews(connection, alike)
    for root in roots:
        if root.action is DecisionAction.CREATE:
            _follow_creation(connection, root)
        elif root.action in other:
            refresh_judgements(connection, root)


def _follow_creation(connection: Connection, root: Decision) -> None:
    assert root.number is not None, "it came from the log"
    is_withdrawn = bool(load_undone(connection, [root.number]))
    if root.article_id is not None:
        (set_aside if is_withdrawn else put_back)(connection, root)
        return
    rows = withdraw_own(connection, root.record_id, is_withdrawn=is_withdrawn)
    if rows:
        refresh_rows(connection, rows)
