"""The ingest flow: from inputs to a register, themes and a brief, tracked by Prefect."""

from collections.abc import Sequence
from datetime import UTC, datetime

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.runtime import flow_run

from flows.steps import brief, cluster, cut_batches, embed, fetch, fetch_again, find_pending, ingest_batch, link
from pipeline.jobs.counts import Counts, FetchCounts, IngestCounts
from pipeline.jobs.runs import Run
from pipeline.logs import configure_logs
from pipeline.records import IsoDate
from pipeline.settings import Settings
from pipeline.sources.catalog import ALL
from pipeline.store.store import open_store


def _name_run() -> str:
    """What, and when it started (UTC): "ingest ministries 2026-11-22 06:00"."""
    source = flow_run.parameters.get("source")
    what = "all sources" if source == ALL else source
    return " ".join(filter(None, ["ingest", what, f"{datetime.now(UTC):%Y-%m-%d %H:%M}"]))


@flow(name="ingest", flow_run_name=_name_run, persist_result=False)
def ingest(
    inputs: list[str], source: str | None = None, published: IsoDate | None = None, publisher: str | None = None
) -> IngestCounts:
    """Fetch, read, extract, save, link, embed, cluster, and write the brief.

    What is known is not done again, so a late or repeated run does nothing; what an earlier run left unread is read.

    Args:
        inputs: files, folders and URLs; none, where the place of a source is read.
        source: the source of the catalogue that the inputs belong to; its publisher and language are given to them.
            "*" stands for all that are enabled.
        published: the day of publication where the inputs do not carry one (an ISO date, or a prefix of one).
        publisher: the publisher, likewise.

    Returns:
        What became of the inputs.
    """
    given = {key: value for key, value in (("published", published), ("publisher", publisher)) if value is not None}
    settings = Settings()
    configure_logs(level=settings.log_level, as_json=settings.log_json)
    noted = {"inputs": inputs, "source": source, "given": given, "flow_run": str(flow_run.id)}
    with open_store(settings) as store, Run(store, "ingest", settings=settings, given=noted) as run:
        get_run_logger().info("entente run %s", run.id)
        with run.time("fetch"):
            fetched = _fetch(inputs, source, given)
        raw_ids = dict.fromkeys([*fetched.raw_ids, *find_pending()])
        ingested = IngestCounts.total([ingest_batch(batch, run.id) for batch in cut_batches(raw_ids)])
        counts = IngestCounts.total([IngestCounts.of_fetch(fetched), ingested])
        run.note(counts)
        later: list[Counts] = []
        for stage, step in (("link", link), ("embed", embed), ("cluster", cluster)):
            with run.time(stage):
                later.append(step())
            run.note(later[-1])
        _publish(counts, later, brief_path=brief())
    return counts


def _fetch(inputs: list[str], source: str | None, given: dict[str, str]) -> FetchCounts:
    """Everything once, then what may pass again, page by page; a source's own pages wait for its next poll."""
    fetched = fetch(inputs, source, given)
    if not inputs:
        return fetched
    again = [fetch_again(failure.address, source, given) for failure in fetched.failures if failure.is_passing]
    lasting = tuple(failure for failure in fetched.failures if not failure.is_passing)
    return FetchCounts.total([fetched.model_copy(update={"failures": lasting}), *again])


def _publish(counts: IngestCounts, later: Sequence[Counts], *, brief_path: str) -> None:
    """The counts as a table on the run's page, with what failed below it."""
    rows = [f"| {name} | {number} |" for part in (counts, *later) for name, number in part.numbers().items()]
    failures = [f"- `{failure.address}` ({failure.stage}): {failure.reason}" for failure in counts.failures]
    lines = ["| what | count |", "|---|---:|", *rows, "", f"Brief: `{brief_path}`", "", *failures]
    create_markdown_artifact("\n".join(lines), key="ingest-counts", description="What became of the inputs")
