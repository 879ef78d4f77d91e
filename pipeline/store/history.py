"""A person's own decisions as steps that can be taken back and made again: of a batch all at once, whatever was restarted since.

The log is the stack. The next step back is their newest decision, or batch, that is in force; the next step forward is their
newest undo, as long as they decided nothing after it.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select, true

from pipeline.decisions import Decision
from pipeline.enumerations import DecisionAction
from pipeline.errors import InputError
from pipeline.store import schema
from pipeline.store.decisions import read_decisions, select_decisions
from pipeline.store.locks import lock_register
from pipeline.store.rows import Row
from pipeline.store.store import Store
from pipeline.store.undo import Undone, undo_all

# Of what somebody else has decided anew since, nothing can be undone: so many steps are passed over to find one that can.
_MOST_PASSED = 20
_UNDO = DecisionAction.UNDO.value


class Step(Row):
    """What one key takes back, or makes again."""

    first: Decision  #: of a batch its newest
    count: int  #: decisions in it


class Steps(Row):
    """Where a person stands: what can be taken back, and what made again."""

    back: Step | None
    forward: Step | None


class Past(Row):
    """A decision of the log, as a history shows it."""

    decision: Decision
    is_undone: bool


def step_back(store: Store, who: str) -> Undone:
    """Undo a person's newest step; one that others decided anew since is passed over, and said in ``left``.

    Raises:
        InputError: nothing is left to undo.
    """
    passed: dict[int, str] = {}
    with store.begin() as connection:
        lock_register(connection)
        for _ in range(_MOST_PASSED):
            targets = _load_step(connection, _is_done(who), before=min(passed, default=None))
            if not targets:
                break
            done = undo_all(connection, targets, who=who)
            passed |= done.left
            if done.made:
                return Undone(made=done.made, left=passed)
    raise InputError("There is nothing to undo." if not passed else f"Nothing can be undone: decision {_tell(passed)}")


def step_forward(store: Store, who: str) -> Undone:
    """Make again what a person took back last.

    Raises:
        InputError: they took nothing back, or decided something else since; or it cannot be any more.
    """
    with store.begin() as connection:
        lock_register(connection)
        targets = _load_forward(connection, who)
        if not targets:
            raise InputError(
                "There is nothing to make again: what was undone comes back until something else is decided."
            )
        done = undo_all(connection, targets, who=who)
    if not done.made:
        raise InputError(f"It cannot be made again: decision {_tell(done.left)}")
    return done


def load_steps(store: Store, who: str) -> Steps:
    """What the keys for undo and redo would do now."""
    with store.begin() as connection:
        back, forward = _load_step(connection, _is_done(who)), _load_forward(connection, who)
    return Steps(back=_make_step(back), forward=_make_step(forward))


def load_past_decisions(
    store: Store, *, who: str | None = None, article_id: str | None = None, before: int | None = None, limit: int = 50
) -> list[Past]:
    """The log, the newest first: of everybody, of one person or of one article; a page goes on ``before`` a number."""
    decision = schema.decision
    query = select_decisions().order_by(decision.c.number.desc()).limit(limit)
    if who:
        query = query.where(decision.c.who == who)
    if article_id:
        query = query.where(decision.c.article_id == article_id)
    if before is not None:
        query = query.where(decision.c.number < before)
    with store.begin() as connection:
        found = read_decisions(connection, query)
        undone = select(schema.undone.c.decision).where(schema.undone.c.decision.in_([each.number for each in found]))
        numbers = set(connection.execute(undone).scalars())
    return [Past(decision=each, is_undone=each.number in numbers) for each in found]


def _is_done(who: str) -> list[ColumnElement[bool]]:
    """Decisions of a person, not undos, that are in force."""
    decision = schema.decision
    return [decision.c.who == who, decision.c.action != _UNDO, _is_in_force()]


def _is_in_force() -> ColumnElement[bool]:
    return ~select(1).where(schema.undone.c.decision == schema.decision.c.number).exists()


def _load_step(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], *, before: int | None = None
) -> list[Decision]:
    """The newest decision that is so, with all of its batch that are so too, the newest first."""
    decision = schema.decision
    query = select_decisions().where(*conditions).order_by(decision.c.number.desc())
    last = decision.c.number < before if before is not None else true()
    found = read_decisions(connection, query.where(last).limit(1))
    if not found or found[0].batch is None:
        return found
    return read_decisions(connection, query.where(decision.c.batch == found[0].batch))


def _load_forward(connection: Connection, who: str) -> list[Decision]:
    decision, target = schema.decision, schema.decision.alias()
    of_decision = select(1).where(target.c.number == decision.c.undoes, target.c.action != _UNDO).exists()
    found = _load_step(connection, [decision.c.who == who, decision.c.action == _UNDO, of_decision, _is_in_force()])
    if not found:
        return []
    later = select(1).where(decision.c.who == who, decision.c.action != _UNDO, decision.c.number > found[0].number)
    # The newest undo first: of a batch it is of the oldest decision, and what was decided first is made again first.
    return [] if connection.execute(later.limit(1)).first() else found


def _make_step(found: Sequence[Decision]) -> Step | None:
    return Step(first=found[0], count=len(found)) if found else None


def _tell(left: dict[int, str]) -> str:
    number, reason = next(iter(left.items()))
    return f"{number} {reason}"
