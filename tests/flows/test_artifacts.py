"""What stands on a run's page."""

import json
from datetime import UTC, datetime

import pytest
from prefect import flow
from prefect.client.orchestration import get_client

from flows.artifacts import publish_brief, publish_counts, publish_failures, publish_review
from pipeline.brief.page import Brief
from pipeline.jobs.counts import EmbedCounts, Failure, IngestCounts
from pipeline.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]


def test_what_a_run_leaves_on_its_page():
    at = datetime(2026, 11, 22, 5, tzinfo=UTC)
    brief = Brief(since=at, until=at, made_at=at, articles=0, last_change=None, sections=())
    failures = [Failure(address=f"/{n}", stage="read", reason="it is empty", exit_code=3) for n in range(60)]

    @flow(name="artifacts", flow_run_name="artifacts", persist_result=False)
    def publish() -> None:
        publish_counts("some-counts", [IngestCounts(new=2), EmbedCounts(embedded=7)])
        publish_failures("no-failures", [])
        publish_failures("some-failures", failures)
        publish_brief(brief)
        publish_review(Settings(review_url="https://entente.example/"))

    publish()
    with get_client(sync_client=True) as client:
        (run,) = [each for each in client.read_flow_runs(limit=200) if each.name == "artifacts"]
        made = {each.key: each for each in client.read_artifacts() if each.flow_run_id == run.id}
    assert set(made) == {"some-counts", "some-failures", "brief", "review"}
    counts = {row["what"]: row["count"] for row in json.loads(str(made["some-counts"].data))}
    assert (counts["new"], counts["embedded"]) == (2, 7)
    assert len(json.loads(str(made["some-failures"].data))) == 50
    assert "60 failed" in str(made["some-failures"].description)
    assert str(made["brief"].data).startswith("# ")
    assert "https://entente.example/" in str(made["review"].data)
