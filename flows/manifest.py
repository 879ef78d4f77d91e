"""The plans as ``prefect.yaml``, for a team that deploys them to its own Prefect server and worker pool."""

from collections.abc import Iterable
from typing import Any

import yaml

from flows.deployments import LIMIT, Plan

_HEAD = """\
# How a team deploys the flows to its own Prefect server and worker pool: `prefect deploy --all`.
# On one machine nothing of this is needed: `entente serve` serves the same flows from one process, `entente up` all there is.
# Made by `entente serve --manifest`, which has a deployment for each source of your own catalogue that has times of its own.
#
# Each worker needs Entente installed from its clone, and in its environment
#   ENTENTE_DATABASE_URL  the PostgreSQL server (with pgvector) that all workers share
#   ENTENTE_HOME          a directory that survives the run: the briefs are written there
# Prefect's own server wants a PostgreSQL with pg_trgm once several workers use it; its SQLite answers "database is
# locked" under load. `entente serve --prepare` makes the concurrency limits and the watch over dead runs there, once.
"""


def write_manifest(plans: Iterable[Plan]) -> str:
    """The text of ``prefect.yaml``: every deployment in the work pool ``entente``."""
    body = {"name": "entente", "prefect-version": "3.8.8", "deployments": [_describe(plan) for plan in plans]}
    text: str = yaml.safe_dump(body, sort_keys=False, width=120, allow_unicode=True)
    return _HEAD + text


def _describe(plan: Plan) -> dict[str, Any]:
    return {
        "name": plan.name,
        "description": plan.description,
        "entrypoint": f"flows/{plan.flow}.py:{plan.flow}",
        "parameters": plan.parameters,
        "tags": plan.tags,
        "schedules": _find_schedules(plan),
        "concurrency_limit": LIMIT,  # a late run finds nothing to do once the one before it has ended
        "work_pool": {"name": "entente", "work_queue_name": "default"},
    }


def _find_schedules(plan: Plan) -> list[dict[str, Any]]:
    if plan.cron is not None:
        return [{"cron": plan.cron, "timezone": "UTC", "active": True}]
    return [] if plan.every is None else [{"interval": plan.every, "active": True}]
