"""What axe, a checker of accessibility, finds wrong with a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What hangs on colours and sizes; all else is the same however a page looks, and looking twice takes a second a page.
_LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]


def find_violations(page: Page, *, is_seen_before: bool = False) -> list[str]:
    """Rule, place and words of each violation; none is the bar.

    Args:
        page: as it looks now.
        is_seen_before: the same page was looked at in other colours or another size: only rules about those are asked.
    """
    only = {"type": "rule", "values": _LOOKS} if is_seen_before else {"type": "tag", "values": _TAGS}
    # Nothing is fetched for it: its own requests would count as the page's.
    options = {"runOnly": only, "resultTypes": ["violations"], "preload": False}
    if is_seen_before:
        found = page.evaluate("(options) => axe.run(options)", options)["violations"]
    else:
        found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]
