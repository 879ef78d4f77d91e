"""The ingest flow: from inputs to a register, themes and a brief, tracked by Prefect."""

from datetime import UTC, datetime

from prefect import flow
from prefect.runtime import flow_run

from flows.artifacts import publish_counts, publish_failures, publish_review
from flows.limits import FETCH, THEMES, take_turn
from flows.steps import brief, cluster, cut_batches, embed, fetch, fetch_again, find_pending, ingest_batch, link
from flows.tracked import track
from pipeline.jobs.counts import Counts, FetchCounts, IngestCounts
from pipeline.jobs.runs import Run
from pipeline.records import IsoDate
from pipeline.sources.catalog import ALL, REST

_MANY = {ALL: "all sources", REST: "sources"}


def _name_run() -> str:
    """What, and when it started (UTC): "ingest ministries 2026-11-22 06:00"."""
    source = flow_run.parameters.get("source")
    return " ".join(filter(None, ["ingest", _MANY.get(source, source), f"{datetime.now(UTC):%Y-%m-%d %H:%M}"]))


@flow(name="ingest", flow_run_name=_name_run, persist_result=False)
def ingest(
    inputs: list[str], source: str | None = None, published: IsoDate | None = None, publisher: str | None = None
) -> IngestCounts:
    """Fetch, read, extract, save, link, embed, cluster, and write the brief.

    What is known is not done again, so a late or repeated run does nothing; what an earlier run left unread is read.

    Args:
        inputs: files, folders and URLs; none, where the place of a source is read.
        source: the source of the catalogue that the inputs belong to; its publisher and language are given to them.
            "*" stands for all that are enabled, "*rest" for those of them without times of their own.
        published: the day of publication where the inputs do not carry one (an ISO date, or a prefix of one).
        publisher: the publisher, likewise.

    Returns:
        What became of the inputs.
    """
    given = {key: value for key, value in (("published", published), ("publisher", publisher)) if value is not None}
    with track("ingest", inputs=inputs, source=source, given=given) as (settings, _, run):
        with take_turn(FETCH), run.time("fetch"):
            fetched = _fetch(inputs, source, given)
        raw_ids = dict.fromkeys([*fetched.raw_ids, *find_pending()])
        ingested = IngestCounts.total([ingest_batch(batch, run.id) for batch in cut_batches(raw_ids)])
        counts = IngestCounts.total([IngestCounts.of_fetch(fetched), ingested])
        run.note(counts)
        later = _finish(run)
        brief()
        publish_counts("ingest-counts", [counts, *later])
        publish_failures("ingest-failures", counts.failures)
        publish_review(settings)
    return counts


def _fetch(inputs: list[str], source: str | None, given: dict[str, str]) -> FetchCounts:
    """Everything once, then what may pass again, page by page; a source's own pages wait for its next poll."""
    fetched = fetch(inputs, source, given)
    if not inputs:
        return fetched
    again = [fetch_again(failure.address, source, given) for failure in fetched.failures if failure.is_passing]
    lasting = tuple(failure for failure in fetched.failures if not failure.is_passing)
    return FetchCounts.total([fetched.model_copy(update={"failures": lasting}), *again])


def _finish(run: Run) -> list[Counts]:
    """Link, embed, cluster; the counts of each are noted at once, so that a run that dies tells of what it did."""
    with run.time("link"):
        done: list[Counts] = [link()]
    run.note(done[-1])
    with take_turn(THEMES):
        for stage, step in (("embed", embed), ("cluster", cluster)):
            with run.time(stage):
                done.append(step())
            run.note(done[-1])
    return done
