"""A run whose process was killed is marked as crashed by an automation of Prefect's server."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events.schemas.automations import AutomationCore

from flows.zombies import NAME, make_watch, watch_runs

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]

# Prefect's server looks every ten seconds or so; a busy machine takes its time.
_LIMIT = 180.0

SILENT = """
import os, signal, sys, time
import flows
from prefect import flow

@flow(name="silent", flow_run_name="silent", persist_result=False)
def silent():
    time.sleep(8)  # its first heartbeat has gone out
    os.kill(os.getpid(), signal.SIGKILL)

silent()
"""


def test_the_automation_is_made_once():
    with get_client(sync_client=True) as client:
        watch_runs(client)
        watch_runs(client)
        (made,) = [each for each in client.read_automations() if each.name == NAME]
        assert made.enabled
        assert made.id
        client.delete_automation(made.id)


def test_a_run_without_a_heartbeat_has_crashed(prefect_server: dict[str, str]):
    with get_client(sync_client=True) as client:
        short = make_watch(timedelta(seconds=40)).model_copy(update={"name": "a short watch"})
        automation_id = client.create_automation(AutomationCore(**short.model_dump()))
        try:
            died = subprocess.run([sys.executable, "-c", SILENT], env=os.environ | prefect_server, check=False)
            assert died.returncode == -signal.SIGKILL
            assert (
                wait_for_crash(client) == "No heartbeat for 40 s: its process is gone. The next run goes on from there."
            )
        finally:
            client.delete_automation(automation_id)


def wait_for_crash(client: SyncPrefectClient) -> str | None:
    deadline = time.monotonic() + _LIMIT
    while time.monotonic() < deadline:
        (run,) = [each for each in client.read_flow_runs(limit=200) if each.name == "silent"]
        if run.state_name != "Running":
            assert run.state is not None
            assert run.state_name == "Crashed"
            return run.state.message
        time.sleep(2)
    pytest.fail("the run still says that it is running")
