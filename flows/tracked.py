"""What every flow begins and ends with: settings, logs, an open store, and a run of Entente's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from prefect import get_run_logger
from prefect.runtime import flow_run

from flows.overdue import cancel_overdue
from pipeline.jobs.counts import Counts
from pipeline.jobs.runs import Run
from pipeline.logs import configure_logs
from pipeline.settings import Settings
from pipeline.store.store import Store, open_store


class Tracked(NamedTuple):
    """A flow while it runs."""

    settings: Settings
    store: Store
    run: Run


@contextmanager
def track(kind: str, **given: object) -> Iterator[Tracked]:
    """A run of this kind, noted in the store with the flow run's id; what else is overdue of its deployment is cancelled.

    Example::

        with track("themes") as tracked:
            tracked.run.note(embed())

    Args:
        kind: ``ingest``, ``themes``, ...
        given: what it was asked to do, to be noted.
    """
    settings = start_logs()
    late = cancel_overdue()
    noted = {**given, "flow_run": str(flow_run.id)}
    with open_store(settings) as store, Run(store, kind, settings=settings, given=noted) as run:
        get_run_logger().info("entente run %s%s", run.id, f", {late} overdue run(s) cancelled" if late else "")
        yield Tracked(settings, store, run)


def start_logs() -> Settings:
    """The settings of this process, from its environment; the logs are started by them."""
    settings = Settings()
    configure_logs(level=settings.log_level, as_json=settings.log_json)
    return settings


def log_counts(subject: str, counts: Counts) -> None:
    """A line for what was done, and one for each article that failed, on the flow run's page.

    Args:
        subject: the run, the batch of ids or the source that it is about.
        counts: what came of it.
    """
    logger = get_run_logger()
    shown = ", ".join(f"{name} {number}" for name, number in counts.numbers().items() if number)
    logger.info("%s: %s", subject, shown or "nothing to do")
    for failure in getattr(counts, "failures", ()):
        logger.warning("%s: %s (%s): %s", subject, failure.address, failure.stage, failure.reason)
