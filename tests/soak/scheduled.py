"""Schedules that are disturbed in every way: what has come in at the end is what comes in where nothing disturbs.

Articles appear on a faulty site; runs are due every minute and asked for besides; and at moments that follow from a seed a
process is killed, the disk is full for a while, or the clock jumps.
"""

import random
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists, PrefectHTTPStatusError
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings
from sqlalchemy import text

from flows.deployments import Plan, make_deployment
from pipeline.errors import StoreError
from pipeline.jobs import extractor
from pipeline.jobs.embed import embed_new
from pipeline.jobs.ingest import ingest_all
from pipeline.settings import Settings
from pipeline.store.store import Store, open_store
from tests.soak import light_road
from tests.soak.checks import find_faults, load_grouping
from tests.soak.faulty_site import FaultySite
from tests.soak.machine import POOL, Machine

# A busy machine starts a Prefect server in three minutes, and each run in one; after kills its SQLite may be locked for five.
_START = 900.0
_RUN = 900.0
_END = 1800.0
# Seconds after a run's start: it fetches, saves, links and finds themes in so long.
_LONGEST_RUN = 8.0
# Of a run's time two thirds are imports; of the moments fewer.
_AT_WORK = 0.75
_FULL_FOR = 6.0

#: What can happen besides a kill.
FULL_DISK, CLOCK = "full disk", "clock"
_ASKED = ("source-river", "team-harbour")  #: by whom they are run: entente serve, the worker
_JUMPS = ("3 days", "-90 minutes")

_LEFT = """
    SELECT (SELECT count(*) FROM raw_article WHERE article_id IS NULL)
        + (SELECT count(*) FROM article WHERE linked_revision IS DISTINCT FROM revision)
        + (SELECT count(*) FROM quarantine WHERE resolved_at IS NULL AND dropped_at IS NULL)
        + (SELECT count(*) FROM passage p
            WHERE NOT EXISTS (SELECT FROM embedding e WHERE e.content_sha256 = p.content_sha256))"""
_TOLD = {
    "articles": "SELECT a.address, a.id, a.revision, r.text FROM article a "
    "JOIN revision r ON (r.article_id, r.revision) = (a.id, a.revision) ORDER BY 1",
    "agreements": "SELECT id, record FROM agreement ORDER BY 1",
    "claims": "SELECT id, record FROM claim ORDER BY 1",
    "entities": "SELECT id, record FROM entity ORDER BY 1",
    "passages": "SELECT id, text FROM passage ORDER BY 1",
    "vectors": "SELECT content_sha256, count(*) FROM embedding GROUP BY 1 ORDER BY 1",
}


class Report(NamedTuple):
    """What was done, and what there was in the end."""

    done: dict[str, int]
    failed: dict[str, int]  #: requests, by how
    found: dict[str, int]
    seconds: float


def disturb(folder: Path, undisturbed: Settings, events: Sequence[str], *, seed: str) -> Report:
    """Let all that happen, one thing after the other, and compare what came in.

    Args:
        folder: an empty one.
        undisturbed: of an empty store, for what should have come in.
        events: kinds of processes to kill (:data:`tests.soak.machine.TARGETS`), ``full disk``, ``clock``.
        seed: of what fails, when.

    Raises:
        AssertionError: something is lost, doubled, or otherwise than it would have been.
    """
    chance, began, done = random.Random(seed), time.monotonic(), dict.fromkeys(events, 0)
    with FaultySite(seed) as site, Machine(folder, site) as machine:
        machine.wait(machine.is_answering, "Prefect's server does not answer", limit=_START)
        machine.wait(lambda: _prepare(machine), "nothing is deployed", limit=_START)
        for event in events:
            site.publish(chance.randrange(1, 4))
            _happen(machine, event, chance)
            done[event] += 1
        site.publish(2)
        site.is_bad = False
        _finish(machine, site)
        found = _compare(machine.settings, undisturbed)
        assert found["articles"] == site.articles
        return Report(done, site.failed, found, time.monotonic() - began)


def _prepare(machine: Machine) -> bool:
    """Make the pool and the worker's deployment, once the server has those of ``entente serve``."""
    with _connect(machine) as client:
        if "source-river" not in {each.name for each in client.read_deployments()}:
            return False
        with suppress(ObjectAlreadyExists):
            client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
        deployment = make_deployment(Plan(name="team-harbour", source="harbour", every=60.0))
        deployment.work_pool_name = POOL
        deployment.apply()
    return True


class _connect:  # noqa: N801 -- used as a function
    """A client of the machine's server, and this process's settings for it."""

    def __init__(self, machine: Machine) -> None:
        home = machine.folder / "client"
        self._settings = temporary_settings({PREFECT_API_URL: machine.url, PREFECT_HOME: home})
        self._client: Any = None

    def __enter__(self) -> SyncPrefectClient:
        self._settings.__enter__()
        self._client = get_client(sync_client=True)
        client: SyncPrefectClient = self._client.__enter__()
        return client

    def __exit__(self, *error: Any) -> None:
        self._client.__exit__(*error)
        self._settings.__exit__(*error)


def _ask_for_runs(machine: Machine, *, names: tuple[str, ...] = _ASKED) -> None:
    """Ask for a run of each that has none waiting or under way; a server that is away now is no matter."""
    with suppress(httpx.HTTPError, PrefectHTTPStatusError), _connect(machine) as client:
        busy = {
            run.deployment_id
            for run in client.read_flow_runs(limit=200)
            if run.state_name in {"Pending", "Running", "AwaitingConcurrencySlot"}
        }
        for deployment in client.read_deployments():
            if deployment.name in names and deployment.id not in busy:
                client.create_flow_run_from_deployment(deployment.id)


def _happen(machine: Machine, event: str, chance: random.Random) -> None:
    """Let something happen to a machine on which a run is under way: mostly while it works, else while it starts."""
    began = datetime.now(UTC)
    _ask_for_runs(machine)
    if chance.random() < _AT_WORK:
        machine.wait(lambda: _has_begun(machine.settings, began), "no run begins its work", limit=_RUN)
    else:
        machine.wait(lambda: bool(machine.find_victims("run")), "no run begins", limit=_RUN)
    _rest(machine, chance.uniform(0, _LONGEST_RUN))
    if event == CLOCK:
        _shift_clock(machine.settings, chance.choice(_JUMPS))
    elif event == FULL_DISK:
        with machine.full_disk() as is_felt:
            _ask_for_runs(machine)
            machine.wait(is_felt, "nobody meets the full disk", limit=_RUN)
            _rest(machine, _FULL_FOR)
    else:
        machine.wait(lambda: machine.kill(event), f"there is no {event} to kill", limit=_RUN)


def _has_begun(settings: Settings, since: datetime) -> bool:
    """Whether a run of ours has begun since; it asks for nothing but the database, and starts that where it is dead."""
    with suppress(StoreError), open_store(settings) as store, store.begin() as connection:
        newest = connection.execute(text("SELECT max(started_at) FROM run")).scalar()
        return newest is not None and newest > since
    return False


def _rest(machine: Machine, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        machine.keep()
        time.sleep(0.2)


def _shift_clock(settings: Settings, by: str) -> None:
    """As a clock's jump looks to the store: all times it has kept are so much longer ago, or yet to come."""
    with suppress(StoreError), open_store(settings) as store, store.begin() as connection:
        for table, columns in (
            ("source_state", ("polled_at", "changed_at", "next_try")),
            ("quarantine", ("next_try",)),
        ):
            moved = ", ".join(f"{column} = {column} - interval '{by}'" for column in columns)
            connection.execute(text(f"UPDATE {table} SET {moved}"))


def _finish(machine: Machine, site: FaultySite) -> None:
    """Until all has come in: what failed becomes due as days pass, and the schedules do the rest."""
    asked = time.monotonic() - _RUN

    def is_done() -> bool:
        nonlocal asked
        if _is_complete(machine.settings, site.find_addresses()):
            return True
        if time.monotonic() - asked > 45 and not machine.find_victims("run"):
            _shift_clock(machine.settings, "8 days")
            _ask_for_runs(machine, names=(*_ASKED, "retry-quarantine"))
            asked = time.monotonic()
        return False

    machine.wait(is_done, "not all has come in", limit=_END)
    machine.stop()  # whatever is under way finds nothing new


def _is_complete(settings: Settings, addresses: list[str]) -> bool:
    with suppress(StoreError), open_store(settings) as store, store.begin() as connection:
        there = set(connection.execute(text("SELECT address FROM article")).scalars())
        return there >= set(addresses) and connection.execute(text(_LEFT)).scalar() == 0
    return False


def _compare(settings: Settings, undisturbed: Settings) -> dict[str, int]:
    with open_store(settings) as store:
        assert find_faults(store) == {}
        found = _load(store)
    wanted = _ingest_undisturbed(undisturbed.model_copy(update={"sources": settings.sources}))
    for name, what in wanted.items():
        assert found[name] == what, f"{name}: {_find_difference(found[name], what)}"
    return {name: len(what) for name, what in found.items()}


def _find_difference(found: Any, wanted: Any) -> str:
    """The first few of what is there in one of them only: found, then wanted."""
    ours, theirs = (
        {str(each) for each in (what.items() if isinstance(what, dict) else what)} for what in (found, wanted)
    )
    return f"{sorted(ours - theirs)[:3]} for {sorted(theirs - ours)[:3]}"


def _ingest_undisturbed(settings: Settings) -> dict[str, Any]:
    changed = settings.model_copy(update={"fetch_allow_private": True, "fetch_pace": 0.0})
    with pytest.MonkeyPatch.context() as patch, open_store(changed) as store:
        patch.setattr(extractor, "_load_extract", lambda _: _extract)
        counts = ingest_all(store, [], settings=changed, given={}, source="*")
        assert counts.failures == ()
        embed_new(store, settings=changed)
        return _load(store)


def _extract(article: Any) -> Any:
    return light_road.extract_article(None, article, fingerprint=light_road.pipeline_fingerprint(None))


def _load(store: Store) -> dict[str, Any]:
    with store.begin() as connection:
        told = {name: [tuple(row) for row in connection.execute(text(query))] for name, query in _TOLD.items()}
    grouped = load_grouping(store)
    return told | {name: grouped[name] for name in ("rows", "actors")}
