"""How right each rule and model is, as people's decisions have it: of what they looked at, not of all there is.

People look at what is doubtful first, so these shares are lower than those over everything; ``trusted`` parts what the
register trusts without a look. Only what holds now counts, the newest few thousand decisions, found by an index.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Any, Literal

from sqlalchemy import Connection, Select, Table, Text, case, cast, func, lateral, null, or_, select, true

from pipeline.enumerations import DecisionAction, Review
from pipeline.records import TRUSTED
from pipeline.store import schema
from pipeline.store.row import Row
from pipeline.store.store import Store

By = Literal["rule", "version"]
#: The newest decisions that are asked; what rules said years ago is no news of them.
MOST = 5000
_95 = 1.959964  # standard deviations on both sides of the middle 95 %


class Share(Row):
    """A share and between what bounds it stands, by Wilson's interval of 95 %; of nothing there is none."""

    part: int
    whole: int
    value: float | None
    low: float | None
    high: float | None


class Precision(Row):
    """What people decided of the records that one rule or version found."""

    kind: Literal["agreement", "claim", "entity"]
    by: str  #: a rule's name, or a version's fingerprint
    decided: int
    right: int  #: accepted as it was found
    corrected: int  #: a field of it was wrong
    wrong: int  #: rejected
    precision: Share  #: right of all decided
    kept: Share  #: right or corrected: there was something
    trusted: Share  #: right of those that the register trusts without a look


class Mended(Row):
    """How often people corrected a field."""

    kind: Literal["agreement", "claim", "entity"]
    field: str
    corrected: int
    decided: int  #: records of the kind


def find_share(part: int, whole: int) -> Share:
    """A share with its interval: ``find_share(8, 10)`` is .8, between .49 and .94."""
    if whole == 0:
        return Share(part=0, whole=0, value=None, low=None, high=None)
    share, spread = part / whole, _95**2 / whole
    middle = (share + spread / 2) / (1 + spread)
    half = _95 * sqrt(share * (1 - share) / whole + spread / (4 * whole)) / (1 + spread)
    return Share(part=part, whole=whole, value=share, low=max(middle - half, 0.0), high=min(middle + half, 1.0))


def load_precision(store: Store, by: By = "rule", *, most: int = MOST) -> list[Precision]:
    """What people decided, rule by rule or version by version; of each kind those first that most was decided of.

    Args:
        store: the open store.
        by: ``rule`` (the rule or model that found a record) or ``version`` (the whole pipeline's fingerprint).
        most: so many of the newest decisions that hold are asked.
    """
    with store.read() as connection:
        return [each for kind, table in _TABLES.items() for each in _load_kind(connection, kind, table, (by, most))]


def load_mended(store: Store, *, most: int = MOST) -> list[Mended]:
    """Which fields people correct, most often first; of the same decisions."""
    newest = _select_newest(most).subquery()
    prefix = func.left(newest.c.record_id, 2)
    counted = select(
        prefix.label("prefix"),
        newest.c.field,
        func.count().filter(newest.c.action == DecisionAction.CORRECT.value).label("corrected"),
    ).group_by(prefix, newest.c.field)
    totals = select(prefix, func.count(newest.c.record_id.distinct())).group_by(prefix)
    with store.read() as connection:
        decided = {row[0]: row[1] for row in connection.execute(totals)}
        rows = connection.execute(counted.order_by(func.count().desc(), newest.c.field)).all()
    return [
        Mended(kind=_KINDS[row.prefix], field=row.field, corrected=row.corrected, decided=decided[row.prefix])
        for row in sorted(rows, key=lambda row: -row.corrected)
        if row.corrected and row.prefix in _KINDS
    ]


_KINDS: dict[str, Literal["agreement", "claim", "entity"]] = {"ag": "agreement", "cl": "claim", "en": "entity"}
_TABLES = {"ag": schema.agreement, "cl": schema.claim, "en": schema.entity}


def _select_newest(most: int) -> Select[Any]:
    standing = schema.standing
    counts = or_(standing.c.field == "", standing.c.action == DecisionAction.CORRECT.value)
    columns = (standing.c.record_id, standing.c.field, standing.c.action, standing.c.decision)
    return select(*columns).where(counts).order_by(standing.c.decision.desc()).limit(most)


def _select_judged(prefix: str, most: int) -> Select[Any]:
    """Each record once: what it was when it was decided on, and what was decided."""
    newest, decision = _select_newest(most).subquery(), schema.decision
    whole = newest.c.field == ""
    return (
        select(
            func.max(decision.c.record_id).label("was_id"),
            func.max(decision.c.extractor).label("extractor"),
            func.bool_or(whole & (newest.c.action == Review.ACCEPT.value)).label("is_accepted"),
            func.bool_or(whole & (newest.c.action == Review.REJECT.value)).label("is_rejected"),
            func.bool_or(newest.c.action == DecisionAction.CORRECT.value).label("is_corrected"),
        )
        .join(decision, decision.c.number == newest.c.decision)
        .where(newest.c.record_id.startswith(f"{prefix}-", autoescape=True))
        .group_by(newest.c.record_id)
    )


def _load_kind(connection: Connection, prefix: str, table: Table, asked: tuple[By, int]) -> list[Precision]:
    by, most = asked
    judged = _select_judged(prefix, most).subquery()
    found = _find_record(table, judged.c.was_id, judged.c.extractor)
    name = found.c.rule if by == "rule" else judged.c.extractor
    outcome = case(
        (judged.c.is_rejected, "wrong"), (judged.c.is_corrected, "corrected"), (judged.c.is_accepted, "right")
    )
    is_trusted = found.c.confidence >= TRUSTED
    query = (
        select(
            func.coalesce(name, "unknown").label("name"),
            func.count(outcome).label("decided"),
            *(func.count().filter(outcome == each).label(each) for each in ("right", "corrected", "wrong")),
            func.count(outcome).filter(is_trusted).label("trusted"),
            func.count().filter(is_trusted & (outcome == "right")).label("trusted_right"),
        )
        .select_from(judged.join(found, true()))
        .where(func.coalesce(found.c.rule, "") != "person")
        .group_by("name")
    )
    rows = [row for row in connection.execute(query) if row.decided]
    return [_make(_KINDS[prefix], row) for row in sorted(rows, key=lambda row: (-row.decided, row.name))]


def _find_record(table: Table, was_id: Any, extractor: Any) -> Any:  # noqa: ANN401 -- SQL expressions
    confidence = table.c.confidence if "confidence" in table.c else cast(null(), schema.agreement.c.confidence.type)
    query = select(cast(table.c.record["rule"].astext, Text).label("rule"), confidence.label("confidence"))
    query = query.where(table.c.id == was_id, table.c.fingerprint == extractor)
    return lateral(query.order_by(table.c.revision.desc()).limit(1))


def _make(kind: Literal["agreement", "claim", "entity"], row: Any) -> Precision:  # noqa: ANN401 -- a row of SQL
    return Precision(
        kind=kind,
        by=row.name,
        decided=row.decided,
        right=row.right,
        corrected=row.corrected,
        wrong=row.wrong,
        precision=find_share(row.right, row.decided),
        kept=find_share(row.right + row.corrected, row.decided),
        trusted=find_share(row.trusted_right, row.trusted),
    )


def sum_up(rows: Sequence[Precision], kind: str) -> Share:
    """The share of what the register trusts that people found right, over all rules of a kind."""
    return find_share(
        sum(each.trusted.part for each in rows if each.kind == kind),
        sum(each.trusted.whole for each in rows if each.kind == kind),
    )
