"""The log of what people decided: it only grows, and what is in force follows from it in the same transaction."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, Select, insert, or_, select, true
from sqlalchemy.dialects.postgresql import insert as put

from pipeline.corrections import PLACES, check_field, check_value
from pipeline.decisions import REVIEWS, Decision, NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.errors import InputError, NotFoundError
from pipeline.store import schema
from pipeline.store.filters import DecisionFilter
from pipeline.store.locks import lock_register
from pipeline.store.places import check_places
from pipeline.store.row_reviews import changes_no_value, refresh_reviews
from pipeline.store.rows import Row
from pipeline.store.standing import Standing, load_standing, refresh_standing
from pipeline.store.store import Store, now
from pipeline.store.subjects import Subject, find_subject_id, load_subjects
from pipeline.store.touched import find_touched_rows, refresh_touched

# A note is a remark, not a document: longer ones belong into an article of one's own.
_LONGEST_NOTE = 10_000
_COLUMNS = [schema.decision.c[name] for name in Decision.model_fields]


class Decided(Row):
    """What became of a decision."""

    decision: Decision
    #: What somebody else decided on the record since the decider looked (``expected``); both are kept, this one holds.
    unseen: tuple[Decision, ...] = ()


def decide(store: Store, new: NewDecision) -> Decided:
    """Accept, reject or correct a record or one of its fields, or say that one is unsure, or add a note to it.

    The decision, what is in force, and the rows of the register that it touches are saved in one transaction. Two who
    decide at once take turns; both decisions are kept, the later one holds and is told of the other.

    Raises:
        NotFoundError: no record bears that id.
        InputError: the field or the value cannot be; the message says what can.
    """
    with store.begin() as connection:
        lock_register(connection)
        return add_decision(connection, new)


def decide_all(store: Store, wanted: Sequence[NewDecision]) -> list[Decided]:
    """As :func:`decide`, several at once in one transaction: all of them or, where one cannot be, none."""
    with store.begin() as connection:
        lock_register(connection)
        return [add_decision(connection, each) for each in wanted]


def add_decision(connection: Connection, new: NewDecision) -> Decided:
    """As :func:`decide`, in the caller's transaction, which holds the lock of the register."""
    record_id = find_subject_id(connection, new.record_id)
    subject = load_subjects(connection, [record_id])[record_id]
    before = load_standing(connection, [record_id]).get(record_id)
    completed = _complete(new, subject, before)
    if completed.action is DecisionAction.CORRECT and completed.field in PLACES and subject.article_id:
        check_places(connection, subject.article_id, completed.after)
    made = append(connection, completed)
    refresh_standing(connection, [record_id])
    _follow(connection, made, before)
    return Decided(decision=made, unseen=_find_unseen(connection, made, new.expected))


def _follow(connection: Connection, made: Decision, before: Standing | None) -> None:
    """Bring up to date what shows the record: no more than has changed, since somebody waits for it."""
    if made.action is DecisionAction.NOTE or made.field in PLACES:
        return
    if changes_no_value(made, before):
        refresh_reviews(connection, find_touched_rows(connection, [made.record_id]))
    else:
        refresh_touched(connection, [made.record_id])


def append(connection: Connection, made: Decision) -> Decision:
    """Add one decision to the log; gives it back with its number. What follows from it is the caller's affair."""
    values = made.model_dump(exclude={"number"})
    query = insert(schema.decision).values(values).returning(schema.decision.c.number)
    number: int = connection.execute(query).scalar_one()
    if made.article_id:
        note_decided(connection, [made.article_id])
    return made.model_copy(update={"number": number})


def note_decided(connection: Connection, article_ids: Iterable[str]) -> None:
    """Remember that decisions hang on these articles: they are looked at again when one is saved anew."""
    rows = [{"article_id": article_id, "is_stale": False} for article_id in sorted(set(article_ids))]
    if rows:
        connection.execute(put(schema.decided_article).values(rows).on_conflict_do_nothing())


def load_decisions(store: Store, wanted: DecisionFilter | None = None) -> list[Decision]:
    """Decisions, in the order in which they were made; with a limit, the newest of them."""
    wanted = wanted or DecisionFilter()
    with store.begin() as connection:
        query = (
            select(*_COLUMNS).where(*_conditions(wanted)).order_by(schema.decision.c.number.desc()).limit(wanted.limit)
        )
        return read_decisions(connection, query)[::-1]


def load_decision(connection: Connection, number: int) -> Decision:
    """One decision by its number.

    Raises:
        NotFoundError: there is none.
    """
    found = read_decisions(connection, select(*_COLUMNS).where(schema.decision.c.number == number))
    if not found:
        raise NotFoundError(f"There is no decision {number}; entente decisions lists them.")
    return found[0]


def select_decisions() -> Select[tuple[object, ...]]:
    """The columns of all decisions, for :func:`read_decisions`."""
    return select(*_COLUMNS)


def read_decisions(connection: Connection, query: Select[tuple[object, ...]]) -> list[Decision]:
    """The decisions that a query made of :func:`select_decisions` finds."""
    return [Decision(**row) for row in connection.execute(query).mappings()]


def load_undone(connection: Connection, numbers: Collection[int]) -> set[int]:
    """Which of these decisions are undone at present."""
    query = select(schema.undone.c.decision).where(schema.undone.c.decision.in_(numbers))
    return set(connection.execute(query).scalars())


def _complete(new: NewDecision, subject: Subject, before: Standing | None) -> Decision:
    record_id, field = subject.record_id, new.field
    if field is not None:
        check_field(record_id, field)
    value = _check(new, record_id)
    return Decision(
        who=new.who,
        when=now(),
        record_id=record_id,
        field=field,
        action=new.action,
        before=_find_before(new, subject, before),
        after=value,
        quote=new.quote or subject.quote,
        batch=new.batch,
        extractor=subject.extractor,
        article_id=subject.article_id,
        kind=subject.kind,
        text_sha256=subject.text_sha256,
        extracted=subject.values.get(field) if field else subject.values or None,
    )


def _check(new: NewDecision, record_id: str) -> object:
    if new.action is DecisionAction.CORRECT:
        if new.field is None:
            raise InputError(f"Say which field of {record_id} is to be corrected.")
        return check_value(record_id, new.field, new.value)
    if new.action is DecisionAction.NOTE:
        if not isinstance(new.value, str) or not 0 < len(new.value.strip()) <= _LONGEST_NOTE:
            raise InputError(f"A note is a text of at most {_LONGEST_NOTE} characters.")
        return new.value.strip()
    if new.action not in REVIEWS:
        raise InputError(f"{new.action} is no decision on a single record.")
    return None


def _find_before(new: NewDecision, subject: Subject, before: Standing | None) -> object:
    """What the person saw: the review of before, or the value that held of the field."""
    if new.action is DecisionAction.CORRECT:
        assert new.field is not None
        corrected = before.fields if before else {}
        return corrected.get(new.field, (subject.values | subject.places).get(new.field))
    if new.action in REVIEWS and before:
        return before.field_reviews.get(new.field) if new.field else before.review
    return None


def _find_unseen(connection: Connection, made: Decision, expected: int | None) -> tuple[Decision, ...]:
    """What others decided on the same record since; what the same person did, they know."""
    if expected is None:
        return ()
    decision = schema.decision
    query = select_decisions().where(
        decision.c.record_id == made.record_id,
        decision.c.number > expected,
        decision.c.number < made.number,
        decision.c.who != made.who,
    )
    return tuple(read_decisions(connection, query.order_by(decision.c.number)))


def _conditions(wanted: DecisionFilter) -> list[ColumnElement[bool]]:
    decision, attachment = schema.decision, schema.attachment
    conditions: list[ColumnElement[bool]] = [true()]
    if wanted.record_id:
        attached = select(attachment.c.record_id).where(attachment.c.now_id == wanted.record_id)
        named = decision.c.record_id == wanted.record_id
        conditions.append(or_(named, decision.c.record_id.in_(attached)))
    if wanted.who:
        conditions.append(decision.c.who == wanted.who)
    if wanted.batch:
        conditions.append(decision.c.batch == wanted.batch)
    if wanted.is_orphaned:
        orphans = select(attachment.c.record_id).where(attachment.c.now_id.is_(None))
        conditions.append(decision.c.record_id.in_(orphans))
    if wanted.is_reopened:
        conditions.append(
            decision.c.number.in_(select(schema.standing.c.decision).where(schema.standing.c.is_reopened))
        )
    return conditions
