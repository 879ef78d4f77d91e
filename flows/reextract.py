"""The reextract flow: stored articles are read anew by the present version of the pipeline, tracked by Prefect."""

from prefect import flow, get_run_logger
from prefect.runtime import flow_run

from flows.steps import cut_batches, find_stale, link, reextract_batch
from pipeline.jobs.reextract import ReextractCounts
from pipeline.jobs.runs import Run
from pipeline.logs import configure_logs
from pipeline.settings import Settings
from pipeline.store.store import open_store


@flow(name="reextract", persist_result=False)
def reextract(
    article_ids: list[str] | None = None,
    since: str | None = None,
    publisher: str | None = None,
    from_raw: bool = False,  # noqa: FBT001, FBT002 -- a flow's parameters are given by name
) -> ReextractCounts:
    """Find what is outdated, extract it in batches, link.

    A run that was killed is run again and goes on where it was: what is done is not outdated any more.

    Args:
        article_ids: only these articles; all that are outdated where none is given.
        since: only what came in since this day (an ISO date).
        publisher: only articles of this publisher.
        from_raw: read them from their kept bytes, not from their text.

    Returns:
        What became of the articles.
    """
    settings = Settings()
    configure_logs(level=settings.log_level, as_json=settings.log_json)
    given = {"article_ids": article_ids, "since": since, "publisher": publisher, "from_raw": from_raw}
    noted = given | {"flow_run": str(flow_run.id)}
    with open_store(settings) as store, Run(store, "reextract", settings=settings, given=noted) as run:
        get_run_logger().info("entente run %s", run.id)
        ids = find_stale(article_ids or [], since, publisher)
        counts = ReextractCounts.total([reextract_batch(batch, run.id, from_raw) for batch in cut_batches(ids)])
        run.note(counts)
        with run.time("link"):
            run.note(link())
    return counts
