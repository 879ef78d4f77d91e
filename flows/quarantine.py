"""The flow that tries again what stands in quarantine, when it is due; tracked by Prefect."""

from prefect import flow

from flows.artifacts import publish_counts
from flows.limits import FETCH, take_turn
from flows.overdue import cancel_overdue
from flows.steps import cut_batches, find_due, ingest_batch, link, retry
from flows.tracked import start_logs, track
from pipeline.jobs.counts import IngestCounts
from pipeline.jobs.quarantine import RetryCounts


@flow(name="retry-quarantine", persist_result=False)
def quarantine() -> RetryCounts:
    """Try again what is due, and read what a run that died has left; themes and brief follow with the next ingest.

    Where there is nothing of either, this is three queries.
    """
    start_logs()
    cancel_overdue()
    due, left = find_due()
    parts = [RetryCounts(**dict(_read(left)))] if left else []
    if due:
        with take_turn(FETCH):
            parts.append(retry())
    counts = RetryCounts.total(parts)
    if parts:
        publish_counts("retry-counts", [counts])
    return counts


def _read(raw_ids: list[str]) -> IngestCounts:
    with track("ingest", left_over=len(raw_ids)) as (_, _, run):
        counts = IngestCounts.total([ingest_batch(batch, run.id) for batch in cut_batches(raw_ids)])
        run.note(counts)
        run.note(link())
    return counts
