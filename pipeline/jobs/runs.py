"""Every job leaves a row in the store: what it was started with, by which versions, what it counted and took, how it ended.

The row is written when the job begins, so a job that is killed stays visible as "running", with its start and the
process that ran it, instead of leaving no trace.
"""

import platform
from collections.abc import Mapping
from contextlib import AbstractContextManager
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

from models import data_digest, load_manifest
from pipeline.errors import EntenteError
from pipeline.jobs.counts import Counts, Failure
from pipeline.jobs.notes import Notes
from pipeline.jobs.stale import describe_process
from pipeline.logs import get_logger
from pipeline.settings import Settings
from pipeline.store.run_rows import RunEnd, RunFailure
from pipeline.store.runs import finish_run, start_run
from pipeline.store.store import Store

_LOGGER = get_logger(__name__)

_WITH_PASSWORD = ("database_url", "prefect_database_url", "https_proxy", "http_proxy")


class Run:
    """A job while it runs: a context manager that writes the run's row at its start and at its end.

    Example::

        with Run(store, "ingest", settings=settings, given={"inputs": ["corpus/articles"]}) as run:
            run.note(ingest_raws(..., run_id=run.id))
            with run.time("link"):
                run.note(link_register(store))

    It ends "completed"; "failed" where an exception (also Ctrl-C) leaves the block, which then goes on its way.
    """

    def __init__(self, store: Store, kind: str, *, settings: Settings, given: Mapping[str, Any] | None = None) -> None:
        self._store = store
        self._kind = kind
        self._settings = describe_settings(settings) | describe_process() | dict(given or {})
        self._versions = find_versions(settings)
        self._counts: dict[str, int] = {}
        self._failures: list[Failure] = []
        self._notes = Notes(store, None)
        self.id = ""

    def note(self, counts: Counts) -> None:
        """Add what a part of the job counted, and what failed in it."""
        for name, number in counts.numbers().items():
            self._counts[name] = self._counts.get(name, 0) + number
        self._failures += getattr(counts, "failures", ())

    def time(self, stage: str) -> AbstractContextManager[None]:
        """Measure what the block takes: ``fetch``, ``link``, ``embed``, ``cluster``; ``ingest_raws`` measures its own."""
        return self._notes.time(stage)

    def __enter__(self) -> Self:
        self.id = start_run(self._store, self._kind, settings=self._settings, versions=self._versions)
        self._notes = Notes(self._store, self.id)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        message = None if error is None else _say_error(error)
        if message is not None:
            # Not a warning: the error goes on its way, and whoever meets it at the end tells of it once.
            _LOGGER.info("run failed", run=self.id, kind=self._kind, error=message)
        self._notes.flush()
        failures = tuple(RunFailure(**each.model_dump(include=set(RunFailure.model_fields))) for each in self._failures)
        state = "completed" if message is None else "failed"
        end = RunEnd(state=state, counts=self._counts, message=message, failures=failures)
        finish_run(self._store, self.id, end)


def describe_settings(settings: Settings) -> dict[str, Any]:
    """The settings as JSON values, without the passwords of the database and of proxies."""
    described: dict[str, Any] = settings.model_dump(mode="json")
    masked = {name: mask_password(described[name]) for name in _WITH_PASSWORD if described[name]}
    return described | masked


def mask_password(url: str) -> str:
    """An address that can be shown: ``postgresql://me:secret@host/db`` becomes ``postgresql://me:***@host/db``.

    The query is left out, since libpq takes a password there too (``?password=secret``).
    """
    parts = urlsplit(url)
    account, at, host = parts.netloc.rpartition("@")
    user, colon, _ = account.partition(":")
    return urlunsplit(parts._replace(netloc=f"{user}{colon and ':***'}{at}{host}", query=""))


def _say_error(error: BaseException) -> str:
    """Our own errors are sentences; of others the type says most, and of Ctrl-C all."""
    return str(error) if isinstance(error, EntenteError) else f"{type(error).__name__}: {error}".rstrip(": ")


def find_versions(settings: Settings) -> dict[str, str]:
    """What the results depend on: Python, our version, the models' packages, the digest of models/; loads no model."""
    packages = {"entente": "entente", "spacy": "spacy"}
    for model in (settings.spacy_model, settings.embedding_model):
        pinned = load_manifest().get(model)
        packages[model] = pinned.package if pinned else ""
    known = {"python": platform.python_version(), "models": data_digest()[:12]}
    return known | {name: _version(package) for name, package in packages.items()}


def _version(package: str) -> str:
    try:
        return version(package) if package else "unpinned"
    except PackageNotFoundError:  # run from a bare checkout: not a reason to stop
        return "not installed"
