"""What every flow begins and ends with."""

from uuid import UUID

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId

from flows.tracked import log_counts, start_logs, track
from pipeline.jobs.counts import Failure, IngestCounts
from pipeline.settings import Settings
from pipeline.store.runs import load_runs

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]


def test_a_run_of_ours_and_a_flow_run_name_each_other(store, settings: Settings):
    assert start_logs() == settings

    @flow(name="tracked", persist_result=False)
    def tracked() -> str:
        with track("ingest", source="bulletin") as (mine, _, run):
            assert mine == settings
            failure = Failure(address="/a.txt", stage="read", reason="it is empty", exit_code=3)
            log_counts(f"run {run.id}, ra-1 to ra-9", IngestCounts(new=8, failures=(failure,)))
            log_counts("sources", IngestCounts())
            return run.id

    run_id = tracked()
    (run,) = load_runs(store)
    assert (run.id, run.state, run.settings["source"]) == (run_id, "completed", "bulletin")
    flow_run_id = UUID(str(run.settings["flow_run"]))
    said = wait_for_logs(flow_run_id, 4)
    assert f"entente run {run_id}" in said
    assert f"run {run_id}, ra-1 to ra-9: new 8, quarantined 1" in said
    assert f"run {run_id}, ra-1 to ra-9: /a.txt (read): it is empty" in said
    assert "sources: nothing to do" in said


def wait_for_logs(flow_run_id: UUID, least: int) -> list[str]:
    from prefect.logging.handlers import APILogWorker

    APILogWorker.drain_all(timeout=30)
    wanted = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[flow_run_id]))
    with get_client(sync_client=True) as client:
        messages = [log.message for log in client.read_logs(wanted)]
    assert len(messages) >= least
    return messages
