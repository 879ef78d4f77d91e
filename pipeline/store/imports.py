"""The lines of an imported spreadsheet against those of its last import: what is new is entered, what differs corrected."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from pipeline.decisions import NewDecision
from pipeline.enumerations import DecisionAction, Origin
from pipeline.records import Record
from pipeline.store import schema
from pipeline.store.decisions import add_decision
from pipeline.store.entries import NewEntry, add_entry
from pipeline.store.locks import lock_register
from pipeline.store.own import save_imported
from pipeline.store.queries import is_one_of
from pipeline.store.rows import Row
from pipeline.store.store import Store

_BESIDE = "beside"  # where what stands beside the fields is kept in ``imported``


class GoodLine(Record):
    """A line that can be imported."""

    number: int
    key: str  #: what it is found by again
    values: dict[str, Any]  #: complete
    beside: dict[str, str]  #: source, url, quote, note


class ImportPlan(Record):
    """Whose import it is, and all good lines of it."""

    who: str
    source: str
    batch: str
    lines: tuple[GoodLine, ...]


class ImportCounts(Row):
    """What became of the good lines."""

    new: int = 0
    changed: int = 0
    same: int = 0


class StoredEntry(Row):
    """What a line is compared with."""

    own_id: str
    values: dict[str, Any]  #: as the last import had them


def save_lines(store: Store, plan: ImportPlan) -> ImportCounts:
    """Enter what is new and correct what differs, all in one transaction; two imports at once take turns."""
    outcomes: Counter[str] = Counter()
    with store.begin() as connection:
        lock_register(connection)
        for line, stored in list(_match(connection, plan)):
            outcomes[_name_outcome(line, stored)] += 1
            if stored is None:
                _enter(connection, line, plan)
            elif stored.values != _join(line):
                _correct(connection, line, stored, plan)
    return ImportCounts(**outcomes)


def compare_lines(store: Store, plan: ImportPlan) -> ImportCounts:
    """What :func:`save_lines` would do; nothing is saved."""
    with store.begin() as connection:
        return ImportCounts(**Counter(_name_outcome(*each) for each in _match(connection, plan)))


def pair_lines(stored: Sequence[StoredEntry], values: Sequence[Mapping[str, Any]]) -> list[StoredEntry | None]:
    """Which entry of an earlier import each of several lines of one key is; None where it is new.

    What is quite the same comes first, then what has the same date, then the order: two treaties may bear one name.
    """
    left = list(stored)
    found: list[StoredEntry | None] = [None] * len(values)
    for is_like in (_is_same, _has_same_date, _is_any):
        for at, each in enumerate(values):
            match = next((entry for entry in left if found[at] is None and is_like(entry.values, each)), None)
            if match is not None:
                found[at] = match
                left.remove(match)
    return found


def _match(connection: Connection, plan: ImportPlan) -> Iterator[tuple[GoodLine, StoredEntry | None]]:
    by_key: dict[str, list[GoodLine]] = {}
    for line in plan.lines:
        by_key.setdefault(line.key, []).append(line)
    known = _load_entries(connection, plan.source, by_key)
    for key, group in by_key.items():
        yield from zip(group, pair_lines(known.get(key, []), [_join(each) for each in group]), strict=True)


def _load_entries(connection: Connection, source: str, keys: Collection[str]) -> dict[str, list[StoredEntry]]:
    """What earlier imports of a source entered under these keys; what was undone is left out."""
    own = schema.own_agreement
    query = select(own.c.id, own.c.key, own.c.imported).where(
        own.c.source == source, is_one_of(own.c.key, keys), own.c.origin == Origin.IMPORT, ~own.c.is_withdrawn
    )
    found: dict[str, list[StoredEntry]] = {}
    for own_id, key, imported in connection.execute(query.order_by(own.c.number)):
        found.setdefault(key, []).append(StoredEntry(own_id=own_id, values=imported))
    return found


def _enter(connection: Connection, line: GoodLine, plan: ImportPlan) -> None:
    new = NewEntry(
        who=plan.who,
        origin=Origin.IMPORT,
        values=line.values,
        source=plan.source,
        url=line.beside.get("url"),
        quote=line.beside.get("quote"),
        batch=plan.batch,
    )
    made = add_entry(connection, new, key=line.key, place=line.number)
    save_imported(connection, made.record_id, _join(line))
    _note(connection, made.record_id, _find_note(line.beside), plan)


def _correct(connection: Connection, line: GoodLine, stored: StoredEntry, plan: ImportPlan) -> None:
    """Only fields that the file says otherwise now: what a person corrected in the others stays."""
    for field, value in line.values.items():
        if value != stored.values.get(field):
            facts: dict[str, Any] = {
                "who": plan.who,
                "record_id": stored.own_id,
                "batch": plan.batch,
                "field": field,
                "value": value,
            }
            add_decision(
                connection, NewDecision(action=DecisionAction.CORRECT, quote=line.beside.get("quote"), **facts)
            )
    note = _find_note(line.beside)
    if note != _find_note(stored.values.get(_BESIDE, {})):
        _note(connection, stored.own_id, note, plan)
    save_imported(connection, stored.own_id, _join(line))


def _note(connection: Connection, own_id: str, note: str | None, plan: ImportPlan) -> None:
    if note:
        facts: dict[str, Any] = {"who": plan.who, "record_id": own_id, "batch": plan.batch, "value": note}
        add_decision(connection, NewDecision(action=DecisionAction.NOTE, **facts))


def _find_note(beside: Mapping[str, str]) -> str | None:
    """What a line remarks, and from where it says it has all that."""
    source = beside.get("source")
    parts = [beside.get("note"), f"Source: {source}" if source else None]
    return "\n".join(part for part in parts if part) or None


def _join(line: GoodLine) -> dict[str, Any]:
    return line.values | {_BESIDE: line.beside}


def _name_outcome(line: GoodLine, stored: StoredEntry | None) -> str:
    if stored is None:
        return "new"
    return "same" if stored.values == _join(line) else "changed"


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return dict(one) == dict(other)


def _has_same_date(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one.get("date") is not None and one.get("date") == other.get("date")


def _is_any(_one: Mapping[str, Any], _other: Mapping[str, Any]) -> bool:
    return True
