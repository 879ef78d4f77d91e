"""Re-extraction spread over a Dask cluster, for stores that one process would read for days.

The only module that imports Dask (``pip install "entente[dask]"``); the reextract flow imports it where ``ENTENTE_DASK`` is set.
Each worker reads the settings from its own environment, as every process of ours does, and saves what it has read itself: ids
go out, counts come back.
"""

import os
from collections.abc import Iterable
from typing import Any

from prefect_dask.task_runners import DaskTaskRunner

from flows.steps import cut_batches, reextract_batch
from pipeline.jobs.reextract import ReextractCounts

LOCAL = "local"  #: in the place of a scheduler's address: workers on this machine, as long as the run takes

# An article costs a third to half a CPU second, so this is one to two minutes' work: of that, what Dask and Prefect take for
# a task (some 30 ms) is nothing, and a worker that dies repeats no more than that. Larger ones would leave the last worker
# alone for longer at the end.
COARSE = 200


def reextract_spread(
    article_ids: Iterable[str], run_id: str, *, cluster: str, from_raw: bool = False, size: int = COARSE
) -> ReextractCounts:
    """Read stored articles anew on many processes at once, as a part of this run of ours; within a flow run.

    A batch whose worker dies is given to another one. What was saved of it by then is read once more, and comes to the same.

    Args:
        article_ids: whole ids.
        run_id: of the run that they are a part of.
        cluster: the address of a Dask scheduler (``tcp://10.0.0.5:8786``), or ``local``.
        from_raw: read them from their kept bytes, not from their text.
        size: how many articles one task reads.
    """
    with make_runner(cluster) as runner:
        futures = [
            runner.submit(reextract_batch, {"article_ids": batch, "run_id": run_id, "from_raw": from_raw})
            for batch in cut_batches(article_ids, size=size)
        ]
        return ReextractCounts.total([future.result() for future in futures])


def make_runner(cluster: str) -> DaskTaskRunner:
    """What gives tasks to the cluster of that address; ``local`` starts a worker for each core of this machine."""
    if cluster != LOCAL:
        return DaskTaskRunner(address=cluster)
    return DaskTaskRunner(cluster_kwargs=_make_local(os.cpu_count() or 1))


def _make_local(workers: int) -> dict[str, Any]:
    return {
        "n_workers": workers,
        # The models are one to a process, and keep to one thread.
        "threads_per_worker": 1,
        "processes": True,
        # Nothing listens that nobody has asked for.
        "dashboard_address": None,
        # Dask would share the machine's memory out and stop a worker that has the models and a long article; two of them on
        # a laptop fit, and on a large machine there is more for each.
        "memory_limit": 0,
    }
