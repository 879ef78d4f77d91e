"""prefect.yaml is what the plans of the example catalogue are."""

from pathlib import Path

import yaml

from flows.deployments import Plan, make_plans
from flows.manifest import write_manifest
from pipeline.settings import Settings

ROOT = Path(__file__).parents[2]


def test_prefect_yaml_is_made_of_the_plans():
    plans = make_plans(Settings(sources=ROOT / "corpus/sources.toml"))
    assert write_manifest(plans) == (ROOT / "prefect.yaml").read_text("utf-8"), (
        "entente serve --manifest > prefect.yaml"
    )


def test_a_plan_as_prefect_reads_it():
    plans = [
        Plan(name="source-own", description="Own: news.", source="own", every=3600.0),
        Plan(name="weekly", flow="themes", cron="0 3 * * 0"),
        Plan(name="asked", flow="reextract"),
    ]
    own, weekly, asked = yaml.safe_load(write_manifest(plans))["deployments"]
    assert (own["entrypoint"], own["parameters"]) == ("flows/ingest.py:ingest", {"inputs": [], "source": "own"})
    assert own["schedules"] == [{"interval": 3600.0, "active": True}]
    assert weekly["schedules"] == [{"cron": "0 3 * * 0", "timezone": "UTC", "active": True}]
    assert (weekly["parameters"], asked["schedules"]) == ({}, [])
    assert {each["concurrency_limit"] for each in (own, weekly, asked)} == {1}
    assert asked["tags"] == ["entente", "reextract"]
