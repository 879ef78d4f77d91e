"""What a flow run leaves on its page in Prefect: tables of counts, the brief, and the way to the review page.

Their keys are fixed, so that Prefect shows how each changed from run to run.
"""

from collections.abc import Iterable

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from pipeline.brief.page import Brief
from pipeline.brief.render import render_markdown
from pipeline.jobs.counts import Counts, Failure
from pipeline.settings import Settings

# Of a poll that fails as a whole there are thousands, all in quarantine; the page shows what kind they are.
_MOST_FAILURES = 50


def publish_counts(key: str, parts: Iterable[Counts]) -> None:
    """All numbers of a run as one table: ``publish_counts("ingest-counts", [ingested, linked])``."""
    rows = [{"what": name, "count": number} for part in parts for name, number in part.numbers().items()]
    create_table_artifact(rows, key=key, description="What became of what was given")


def publish_failures(key: str, failures: Iterable[Failure]) -> None:
    """What failed, with its reason; nothing where nothing did."""
    rows = [{"address": each.address, "stage": each.stage, "reason": each.reason} for each in failures]
    if rows:
        description = f"{len(rows)} failed; all of them: entente quarantine list"
        create_table_artifact(rows[:_MOST_FAILURES], key=key, description=description)


def publish_brief(brief: Brief) -> None:
    """The morning brief as Markdown."""
    create_markdown_artifact(render_markdown(brief), key="brief", description="What changed in the register")


def publish_review(settings: Settings) -> None:
    """The way to the review page."""
    create_link_artifact(settings.review_url, link_text="Review what was found", key="review")
