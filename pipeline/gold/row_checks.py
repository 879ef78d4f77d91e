"""Checks of agreements and of what belongs to them: acts, figures, due dates, parties, status."""

from collections.abc import Iterator

from pipeline.enumerations import Basis, PartyRole
from pipeline.gold.problems import Problem, say_nearest
from pipeline.gold.sections import Entry
from pipeline.gold.source import Source
from pipeline.gold.tables import ActTable, AgreementTable, DueTable, FigureTable
from pipeline.records import Act
from pipeline.status import status_of


def check_rows(source: Source) -> Iterator[Problem]:
    """Everything about agreements in one file."""
    shared: dict[str, str] = {}
    for entry, row in source.find_all(AgreementTable):
        yield from _check_parties(source, entry, row)
        yield from _check_status(source, entry, row)
        if row.entity is not None and not (row.entity[0] == "e" and source.has(row.entity)):
            yield Problem(entry.line, f"{entry.key}: entity {source.say_unknown(row.entity, 'e')}")
        if row.shared is not None and (other := shared.setdefault(row.shared, entry.key)) != entry.key:
            yield Problem(
                entry.line,
                f'{entry.key} and {other} have the same shared = "{row.shared}"; '
                "in one article an agreement is one row: make them one, or give one another slug",
            )
    yield from _check_owned(source)


def _check_parties(source: Source, entry: Entry, row: AgreementTable) -> Iterator[Problem]:
    seen: set[str] = set()
    for party in row.parties:
        key, _, role = party.partition(" ")
        if role not in set(PartyRole):
            yield Problem(
                entry.line,
                f'{entry.key}: party "{party}" must be an entity and a role, as "e1 lead"; '
                f'"{role}" is no role{say_nearest(role, PartyRole)}',
            )
        if not key.startswith("e") or not source.has(key):
            yield Problem(entry.line, f"{entry.key}: party {source.say_unknown(key, 'e')}")
        if party in seen:
            yield Problem(entry.line, f'{entry.key}: party "{party}" stands twice; take one away')
        seen.add(party)


def _check_status(source: Source, entry: Entry, row: AgreementTable) -> Iterator[Problem]:
    """A status must be the one that the acts give, or an alternative must be."""
    if source.tables.broken:
        return
    acts = [act for _, act in source.find_all(ActTable) if act.of == entry.key]
    if not acts:
        yield Problem(
            entry.line,
            f"{entry.key} has no act; what the text takes for granted is one too: "
            f'x9 = {{of = "{entry.key}", act = "operating", basis = "presupposed"}}',
        )
        return
    derived = status_of([_to_act(act) for act in acts])
    if row.status is None and derived is not None:
        yield Problem(entry.line, f'{entry.key} has no status; its acts give status = "{derived}"')
    elif row.status is not None and derived is not None and derived not in {row.status, *row.status_alt}:
        yield Problem(
            entry.line,
            f'{entry.key}: status = "{row.status}", but its acts ({_say_acts(acts)}) give '
            f'"{derived}"; write that, mend the acts (one without a date counts as of the day of the text), '
            f'or add status_alt = ["{derived}"]',
        )


def _to_act(act: ActTable) -> Act:
    # Only act, polarity, basis and date decide a status; the words are not looked at.
    return Act(start=0, end=1, text="x", act=act.act, polarity=act.polarity, basis=act.basis, date=act.date)


_BASES = {Basis.STATED: "", Basis.PRESUPPOSED: "presupposed:"}


def _say_acts(acts: list[ActTable]) -> str:
    return ", ".join(" ".join(filter(None, [_BASES[act.basis], act.polarity, act.act, act.date])) for act in acts)


def _check_owned(source: Source) -> Iterator[Problem]:
    """Acts, figures and due dates belong to something that is there; actors are entities."""
    for entry, act in source.find_all(ActTable):
        yield from _check_owner(source, entry, act.of, "a")
        for actor in act.actors:
            if not actor.startswith("e") or not source.has(actor):
                yield Problem(entry.line, f"{entry.key}: actor {source.say_unknown(actor, 'e')}")
    for entry, figure in source.find_all(FigureTable):
        yield from _check_owner(source, entry, figure.of, "ac")
    for entry, due in source.find_all(DueTable):
        yield from _check_owner(source, entry, due.of, "a")


def _check_owner(source: Source, entry: Entry, owner: str, letters: str) -> Iterator[Problem]:
    if not owner or owner[0] not in letters or not source.has(owner):
        yield Problem(entry.line, f"{entry.key}: of = {source.say_unknown(owner, letters)}")
