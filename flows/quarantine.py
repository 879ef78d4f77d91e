"""The flow that tries again what stands in quarantine, when it is due; tracked by Prefect."""

from prefect import flow

from flows.steps import retry
from pipeline.jobs.quarantine import RetryCounts
from pipeline.logs import configure_logs
from pipeline.settings import Settings


@flow(name="retry-quarantine", persist_result=False)
def quarantine() -> RetryCounts:
    """Try again what is due; where nothing is, this is one query. Themes and brief follow with the next ingest."""
    settings = Settings()
    configure_logs(level=settings.log_level, as_json=settings.log_json)
    return retry()
