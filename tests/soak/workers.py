"""Processes that write to and read from one store at once, and put down what they were told is done."""

import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.decisions import NewDecision
from pipeline.enumerations import AgreementKind, DecisionAction, Status
from pipeline.errors import InputError, NotFoundError
from pipeline.jobs.imports import ImportOptions, import_agreements
from pipeline.jobs.link import link_register
from pipeline.settings import Settings
from pipeline.store.actor_pages import load_actor
from pipeline.store.actors import load_entities
from pipeline.store.changes import load_changes
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.filters import ClaimFilter, DecisionFilter, EntityFilter, RegisterFilter
from pipeline.store.judgements import NewJudgement, merge, split
from pipeline.store.records import load_claims
from pipeline.store.register import load_register
from pipeline.store.row_pages import load_row
from pipeline.store.search import search
from pipeline.store.search_rows import SearchQuery
from pipeline.store.store import Store, now, open_store
from pipeline.store.undo import undo
from tests.soak.told import save_told, tell


class Part(NamedTuple):
    """What one process is given."""

    settings: Settings
    notes: Path  #: where it puts down what it was told is done, a line of JSON each
    number: int  #: which of ``of`` processes of its kind it is
    of: int
    until: float  #: when to end, by the machine's clock
    seed: str


def choose_seed() -> str:
    """A seed, shown where the test fails; given back in SOAK_SEED it makes the same choices."""
    seed = os.environ.get("SOAK_SEED") or str(random.randrange(10**6))
    print(f"SOAK_SEED={seed}")
    return seed


def note(path: Path, **facts: Any) -> None:
    """Put down what is done: in one write, so that a process that is killed leaves whole lines."""
    line = json.dumps(facts, default=str) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line.encode())
    finally:
        os.close(descriptor)


def read_notes(path: Path) -> list[dict[str, Any]]:
    """What a process put down."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def start(work: Callable[[Any], None], part: Any) -> Any:
    """Run that in a process of its own, forked: a kill every fifth of a second leaves no time to import anything.

    It ends with 1 and the traceback on its stderr where it fails.
    """

    def run() -> None:
        code = 1
        try:
            work(part)
            code = 0
        except Exception:
            traceback.print_exc()
            raise
        finally:
            sys.stderr.flush()
            os._exit(code)  # without what the parent's libraries would do at its end

    process = get_context("fork").Process(target=run)
    process.start()
    return process


def write(part: Part) -> None:
    """Save articles, many of them at the same time as a neighbour does, link, decide, undo and import."""
    chance = random.Random(f"{part.seed} writer {part.number}")
    with open_store(part.settings) as store:
        turn = 0
        while time.time() < part.until:
            for number in (turn * part.of + part.number, turn * part.of + (part.number + 1) % part.of):
                _save(store, part, number)
            if turn % 3 == 2:
                # A text of its own alone: of two that save one address in two versions, either may be the last.
                _save(store, part, 1_000_000 + (turn // 3) * part.of + part.number, versions=(1, 2))
            if turn % 4 == 1:
                link_register(store)
                note(part.notes, did="link")
            _decide(store, part, chance)
            if turn % 6 == 5:
                _import(store, part, turn)
            turn += 1
        link_register(store)


def _save(store: Store, part: Part, number: int, versions: tuple[int, ...] = (1,)) -> None:
    for version in versions:
        told = tell(number, version)
        outcome = save_told(store, told)
        note(part.notes, did="article", id=told.article.id, number=number, version=version, outcome=outcome)


def _decide(store: Store, part: Part, chance: random.Random) -> None:
    """Decide on a row, on what somebody else may be deciding on, or say that two are one, and take some of it back."""
    rows = load_register(store, RegisterFilter(limit=20))
    if not rows:
        return
    row = chance.choice(rows)
    seen = chance.choice(row.observations)
    who = f"writer {part.number}"
    what = chance.randrange(6)
    try:
        if what == 0 and len(row.observations) > 1:
            made = split(store, NewJudgement(who=who, record_ids=(seen.agreement_id,)))
        elif what == 1 and len(rows) > 1:
            ids = tuple(each.observations[0].agreement_id for each in chance.sample(rows, 2))
            made = merge(store, NewJudgement(who=who, record_ids=ids))
        else:
            made = decide(store, _make_decision(who, what, chance.choice([row.id, seen.agreement_id]))).decision
    except NotFoundError:
        return  # somebody saved the article anew meanwhile, and it says so no more
    note(part.notes, did="decision", number=made.number, record_id=made.record_id)
    if chance.random() < 0.3:
        assert made.number is not None
        _undo(store, part, made.number)


def _make_decision(who: str, what: int, record_id: str) -> NewDecision:
    if what == 2:
        return NewDecision(who=who, record_id=record_id, action=DecisionAction.NOTE, value="seen")
    if what == 3:
        return NewDecision(who=who, record_id=record_id, action=DecisionAction.CORRECT, field="subject", value="ports")
    action = DecisionAction.REJECT if what == 4 else DecisionAction.ACCEPT
    return NewDecision(who=who, record_id=record_id, action=action)


def _undo(store: Store, part: Part, number: int) -> None:
    try:
        done = undo(store, number, who=f"writer {part.number}")
    except InputError:
        return  # somebody decided anew meanwhile
    note(part.notes, did="decision", number=done.made[0].number, record_id=done.made[0].record_id)


def _import(store: Store, part: Part, turn: int) -> None:
    path = part.notes.with_suffix(".csv")
    names = [f"Own {part.number} {each}" for each in range(max(0, turn - 6), turn + 1)]
    lines = [f"{name},treaty,signed,2025-0{1 + turn % 9}" for name in names]
    path.write_text("\n".join(["Name,Kind,Status,Date", *lines, ""]), "utf-8")
    report = import_agreements(store, path, ImportOptions(who=f"writer {part.number}", source=f"soak {part.number}"))
    note(part.notes, did="import", source=report.source, names=names)


def read(part: Part) -> None:
    """Ask for lists, pages, searches and the past, over and over."""
    chance = random.Random(f"{part.seed} reader {part.number}")
    asked = 0
    with open_store(part.settings) as store:
        while time.time() < part.until:
            chance.choice(_QUESTIONS)(store, chance)
            asked += 1
    note(part.notes, did="read", asked=asked)


def _list(store: Store, chance: random.Random) -> None:
    wanted = chance.choice(
        [
            {},
            {"party": ("Norland",)},
            {"status": Status.SIGNED},
            {"kind": AgreementKind.TREATY, "text": "treaty"},
            {"as_of": f"2025-0{chance.randrange(1, 9)}-15"},
            {"published_from": "2025-03", "published_to": "2025-06"},
            {"review": "accept"},
            {"publisher": "The Soak", "differs": True},
        ]
    )
    after = None
    for _ in range(3):
        rows = load_register(store, RegisterFilter(**wanted, limit=7, after=after))
        ids = [row.id for row in rows]
        assert len(ids) == len(set(ids)), ids
        for row in rows:
            observed = [seen.agreement_id for seen in row.observations]
            assert len(observed) == len(set(observed)), row
        if len(ids) < 7 or "as_of" in wanted:
            return
        after = ids[-1]


def _open_row(store: Store, chance: random.Random) -> None:
    rows = load_register(store, RegisterFilter(limit=30))
    if not rows:
        return
    row = chance.choice(rows)
    try:
        page = load_row(store, row.id, as_of=chance.choice([None, None, "2025-07-31"]))
    except NotFoundError:
        return  # it was merged away meanwhile, or nothing of it was published by then
    observed = [seen.agreement_id for seen in page.observations]
    assert len(observed) == len(set(observed)), page


def _search(store: Store, chance: random.Random) -> None:
    words = chance.choice(["treaty", '"Kestrel Harbour"', "harb*", "norland -sudland", "part OR hall", "guests"])
    page = search(store, SearchQuery(text=words, limit=20))
    ids = [hit.id for hit in page.hits]
    assert len(ids) == len(set(ids)), ids


def _open_actor(store: Store, chance: random.Random) -> None:
    actors = load_entities(store, EntityFilter(limit=20))
    assert len({each.id for each in actors}) == len(actors)
    if actors:
        found = load_actor(store, chance.choice(actors).id)
        assert found.record.actor.articles >= 0


def _list_claims(store: Store, _: random.Random) -> None:
    claims = load_claims(store, ClaimFilter(limit=50))
    assert len({each.id for each in claims}) == len(claims)


def _see_changes(store: Store, _: random.Random) -> None:
    load_changes(store, since=now() - timedelta(seconds=2))
    load_decisions(store, DecisionFilter(limit=20))


_QUESTIONS = (_list, _list, _list, _open_row, _open_row, _search, _search, _open_actor, _list_claims, _see_changes)
