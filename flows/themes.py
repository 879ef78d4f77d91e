"""The themes flow: embed what is new and find its themes, tracked by Prefect."""

from prefect import flow

from flows.artifacts import publish_counts
from flows.limits import THEMES, take_turn
from flows.steps import cluster, embed
from flows.tracked import track
from pipeline.jobs.counts import ThemeCounts


@flow(name="themes", persist_result=False)
def themes() -> ThemeCounts:
    """Embed what is new in the store and find its themes."""
    with track("themes") as (_, _, run), take_turn(THEMES):
        with run.time("embed"):
            embedded = embed()
        run.note(embedded)
        with run.time("cluster"):
            counts = cluster()
        run.note(counts)
        publish_counts("themes-counts", [embedded, counts])
    return counts
