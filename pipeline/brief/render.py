"""A brief as a page to read: HTML for the browser and the printer, Markdown for a message.

Everything that comes from an article is escaped: by Jinja2 in HTML, by :func:`escape_markdown` in Markdown.
"""

import re

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.brief.page import Brief, SectionKey
from pipeline.brief.phrases import say_day, say_weekday

# Claims are not counted: the store gives the hundred most certain ones to choose from.
_COUNTED: dict[SectionKey, tuple[str, str]] = {
    SectionKey.NEW_AGREEMENTS: ("new agreement", "new agreements"),
    SectionKey.STATUS_CHANGES: ("change of status", "changes of status"),
    SectionKey.NEW_PARTIES: ("new party", "new parties"),
    SectionKey.DIFFERING_FIGURES: ("differing figure", "differing figures"),
    SectionKey.RISING_THEMES: ("theme", "themes"),
}


def render_html(brief: Brief) -> str:
    """The brief as one self-contained page: no script, nothing loaded from anywhere, light and dark, prints on A4."""
    return _environment(html=True).get_template("brief.html.j2").render(brief=brief)


def render_markdown(brief: Brief) -> str:
    """The brief as CommonMark, for a mail or a chat."""
    return _environment(html=False).get_template("brief.md.j2").render(brief=brief)


def summarise(brief: Brief) -> str:
    """How much changed, in one sentence: ``3 articles read: 5 new agreements, 1 change of status.``."""
    counts = {section.key: section.found for section in brief.sections}
    said = [_count(counts[key], one, many) for key, (one, many) in _COUNTED.items() if counts.get(key)]
    read = _count(brief.articles, "article", "articles") + " read"
    return f"{read}: {', '.join(said)}." if said else f"{read}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def escape_markdown(text: str) -> str:
    """Text that CommonMark shows as it stands: a backslash before every character that would mean something there."""
    inline = re.sub(r"([\\`*_\[\]<>|~&])", r"\\\1", text)
    # Lists and headings begin a line only: "- a", "# a", "1. a".
    return re.sub(r"^(\s*\d+)(?=[.)])|^(\s*)(?=[-+#=])", lambda start: start[0] + "\\", inline)


def _environment(*, html: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.brief"),
        autoescape=html,  # noqa: S701 -- off for Markdown alone, whose template escapes by its own filter, md
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"day": say_day, "weekday": say_weekday, "md": escape_markdown, "summary": summarise}
    return environment
