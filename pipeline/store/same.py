"""Deciding the same of all that has the same words: in one article or in all of them, so many at most, counted first."""

from typing import Any, Literal, NamedTuple
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Select, func, select

from pipeline.corrections import PLACES
from pipeline.decisions import REVIEWS, Decision, NewDecision
from pipeline.enumerations import DecisionAction
from pipeline.errors import InputError
from pipeline.store import schema
from pipeline.store.decisions import add_decision, read_decisions, select_decisions
from pipeline.store.locks import lock_register
from pipeline.store.queries import is_current
from pipeline.store.rows import Row
from pipeline.store.store import Store
from pipeline.store.subjects import find_subject_id

#: Records that are decided in one transaction: each takes about 10 ms, and everybody else who decides waits meanwhile.
MOST = 100
Scope = Literal["article", "all"]


class Same(Row):
    """What a person decided last of a record, and how many others have the same words."""

    decision: Decision
    words: str  #: an entity's name, an agreement's label, a claim's content
    kind: str
    here: int  #: in the same article
    everywhere: int  #: in all articles, this one included; never more than :data:`MOST` and one


class _Words(NamedTuple):
    article_id: str
    text: str
    kind: str
    is_same: tuple[ColumnElement[bool], ...]


def count_same(store: Store, record_id: str, *, who: str) -> Same:
    """How many records the last decision of a person on this one could be taken over to.

    Raises:
        NotFoundError: no current record of an article bears that id.
        InputError: they decided nothing of it that could be said of others too.
    """
    with store.begin() as connection:
        full_id = find_subject_id(connection, record_id)
        made, words = _load_last(connection, full_id, who), _load_words(connection, full_id)
        here, everywhere = (len(_find(connection, full_id, words, scope)) for scope in ("article", "all"))
    return Same(decision=made, words=words.text, kind=words.kind, here=here, everywhere=everywhere)


def decide_same(store: Store, record_id: str, *, who: str, scope: Scope, expected: int) -> list[Decision]:
    """Decide of all that has the same words what the person decided last of this record; one batch, one transaction.

    Args:
        store: the open store.
        record_id: a whole id, or an unambiguous beginning of one.
        who: whose decision, and who decides.
        scope: in the record's article, or in all.
        expected: how many they were told that there are.

    Raises:
        NotFoundError: no current record of an article bears that id.
        InputError: there are not as many (any more), or too many.
    """
    with store.begin() as connection:
        lock_register(connection)
        full_id = find_subject_id(connection, record_id)
        made, words = _load_last(connection, full_id, who), _load_words(connection, full_id)
        found = _find(connection, full_id, words, scope)
        if len(found) != expected:
            raise InputError(f"There were {expected} when you looked, and there are {len(found)} now: look again.")
        if len(found) > MOST:
            raise InputError(f"More than {MOST} at once would have everybody else wait: narrow it to this article.")
        new = NewDecision(
            who=who,
            record_id=full_id,
            action=made.action,
            field=made.field,
            value=made.after,
            batch=f"same-{uuid4().hex[:12]}",
        )
        return [add_decision(connection, new.model_copy(update={"record_id": each})).decision for each in found]


def _load_last(connection: Connection, record_id: str, who: str) -> Decision:
    decision = schema.decision
    actions = [each.value for each in (*REVIEWS, DecisionAction.CORRECT)]
    is_undone = select(1).where(schema.undone.c.decision == decision.c.number).exists()
    query = select_decisions().where(
        decision.c.record_id == record_id, decision.c.who == who, decision.c.action.in_(actions), ~is_undone
    )
    found = read_decisions(connection, query.order_by(decision.c.number.desc()).limit(1))
    if not found:
        raise InputError("Decide on this one first: what you decide can then be taken over to all with the same words.")
    if found[0].field in PLACES:
        raise InputError("A place in one text is none in another: the words that it stands on cannot be taken over.")
    return found[0]


def _load_words(connection: Connection, record_id: str) -> _Words:
    entity, agreement, claim = schema.entity, schema.agreement, schema.claim
    queries: dict[str, tuple[Any, Any, Any]] = {
        "en": (entity, entity.c.canonical, entity.c.type),
        "ag": (agreement, agreement.c.label, agreement.c.kind),
        "cl": (claim, claim.c.content, claim.c.type),
    }
    if record_id[:2] not in queries:
        raise InputError("Only what stands in an article has words that others have too.")
    table, text, kind = queries[record_id[:2]]
    query = select(table.c.article_id, text, kind).where(table.c.id == record_id, is_current(table))
    article_id, said, kind_said = connection.execute(query).one()
    return _Words(article_id, said, kind_said, _is_same(connection, record_id, said, kind_said))


def _is_same(connection: Connection, record_id: str, said: str, kind: str) -> tuple[ColumnElement[bool], ...]:
    """The words and the kind, by the index of each sort."""
    entity, agreement, claim = schema.entity, schema.agreement, schema.claim
    if record_id.startswith("en-"):
        return entity.c.canonical == said, entity.c.type == kind
    if record_id.startswith("cl-"):
        return (claim.c.content_sha256 == _load_digest(connection, record_id),)
    return func.left(agreement.c.label, 200) == said[:200], agreement.c.label == said, agreement.c.kind == kind


def _load_digest(connection: Connection, record_id: str) -> str:
    claim = schema.claim
    query = select(claim.c.content_sha256).where(claim.c.id == record_id, is_current(claim))
    return str(connection.execute(query).scalar_one())


def _find(connection: Connection, record_id: str, words: _Words, scope: Scope) -> list[str]:
    table = {"en": schema.entity, "ag": schema.agreement, "cl": schema.claim}[record_id[:2]]
    query: Select[tuple[str]] = select(table.c.id).where(is_current(table), table.c.id != record_id, *words.is_same)
    if scope == "article":
        query = query.where(table.c.article_id == words.article_id)
    return list(connection.execute(query.order_by(table.c.id).limit(MOST + 1)).scalars())
