"""The themes flow: embed what is new and find its themes, tracked by Prefect."""

from prefect import flow, get_run_logger
from prefect.runtime import flow_run

from flows.steps import cluster, embed
from pipeline.jobs.counts import ThemeCounts
from pipeline.jobs.runs import Run
from pipeline.logs import configure_logs
from pipeline.settings import Settings
from pipeline.store.store import open_store


@flow(name="themes", persist_result=False)
def themes() -> ThemeCounts:
    """Embed what is new in the store and find its themes."""
    settings = Settings()
    configure_logs(level=settings.log_level, as_json=settings.log_json)
    noted = {"flow_run": str(flow_run.id)}
    with open_store(settings) as store, Run(store, "themes", settings=settings, given=noted) as run:
        get_run_logger().info("entente run %s", run.id)
        with run.time("embed"):
            run.note(embed())
        with run.time("cluster"):
            counts = cluster()
        run.note(counts)
    return counts
