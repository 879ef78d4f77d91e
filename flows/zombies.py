"""Flow runs whose process is gone: Prefect marks them as crashed, by an automation that is made where it is missing.

A run that is killed together with its runner says "Running" for ever. While it lives it sends a heartbeat every thirty
seconds (``PREFECT_FLOWS_HEARTBEAT_FREQUENCY``, set in :mod:`flows`).
"""

from datetime import timedelta

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

NAME = "entente: a run that has fallen silent has crashed"

# Four heartbeats: one or two are lost when the server is restarted.
_SILENCE = timedelta(seconds=120)
_BEAT = "prefect.flow-run.heartbeat"
_ENDED = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")}


def watch_runs(client: SyncPrefectClient) -> None:
    """Make the automation, where it is not there; one that somebody has changed stays as it is."""
    if client.find_automation(NAME) is None:
        client.create_automation(make_watch())


def make_watch(silence: timedelta = _SILENCE) -> AutomationCore:
    """The automation: after a heartbeat comes another one, or the run's end; else it is marked as crashed."""
    trigger = EventTrigger(
        after={_BEAT},
        expect={_BEAT, *_ENDED},
        match={"prefect.resource.id": "prefect.flow-run.*"},
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=silence,
    )
    message = f"No heartbeat for {silence.total_seconds():.0f} s: its process is gone. The next run goes on from there."
    return AutomationCore(
        name=NAME,
        description="Made by entente serve. What the run had saved is kept.",
        trigger=trigger,
        actions=[ChangeFlowRunState(state=StateType.CRASHED, message=message)],
    )
