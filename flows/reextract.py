"""The reextract flow: stored articles are read anew by the present version of the pipeline, tracked by Prefect."""

import importlib
from collections.abc import Callable
from datetime import date

from prefect import flow

from flows.artifacts import publish_counts, publish_failures
from flows.steps import cut_batches, find_stale, link, reextract_batch
from flows.tracked import track
from pipeline.errors import InputError
from pipeline.jobs.reextract import ReextractCounts

# Each worker imports spaCy and verifies its models first, ten CPU seconds: fewer articles are sooner read by one process.
SPREAD_ABOVE = 200


@flow(name="reextract", persist_result=False)
def reextract(
    article_ids: list[str] | None = None,
    since: date | None = None,
    publisher: str | None = None,
    from_raw: bool = False,  # noqa: FBT001, FBT002 -- a flow's parameters are given by name
) -> ReextractCounts:
    """Find what is outdated, extract it in batches, link.

    One after the other in this process; on a Dask cluster where ``ENTENTE_DASK`` names one and there is more than a batch for it
    (:mod:`flows.spread`). A run that was killed is run again and goes on where it was: what is done is not outdated any more.

    Args:
        article_ids: only these articles; all that are outdated where none is given.
        since: only what came in since this day (UTC).
        publisher: only articles of this publisher.
        from_raw: read them from their kept bytes, not from their text.

    Returns:
        What became of the articles.
    """
    given = {
        "article_ids": article_ids,
        "since": since and since.isoformat(),
        "publisher": publisher,
        "from_raw": from_raw,
    }
    with track("reextract", **given) as (settings, _, run):
        ids = find_stale(article_ids or [], since, publisher)
        if settings.dask and len(ids) > SPREAD_ABOVE:
            counts = _load_spread()(ids, run.id, cluster=settings.dask, from_raw=from_raw)
        else:
            counts = ReextractCounts.total([reextract_batch(batch, run.id, from_raw) for batch in cut_batches(ids)])
        run.note(counts)
        with run.time("link"):
            linked = link()
        run.note(linked)
        publish_counts("reextract-counts", [counts, linked])
        publish_failures("reextract-failures", counts.failures)
    return counts


def _load_spread() -> Callable[..., ReextractCounts]:
    # By name: Dask is an extra, which only who has a cluster needs.
    try:
        spread: Callable[..., ReextractCounts] = importlib.import_module("flows.spread").reextract_spread
    except ModuleNotFoundError as error:
        raise InputError(
            f'ENTENTE_DASK is set and {error.name} is not installed: pip install "entente[dask]"'
        ) from error
    return spread
