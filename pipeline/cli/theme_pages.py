"""How the page of a theme reads: what it says, who publishes and speaks in it, its neighbours, what became of it."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from pipeline.brief.phrases import say_day
from pipeline.cli.parts import Part, count, head, list_facts, say_source, title
from pipeline.store.theme_rows import CountRow, EventRow, ThemePage


def show_theme(page: ThemePage) -> Iterator[Part]:
    """The lines of a theme's page."""
    theme = page.theme
    yield head(theme.id, Text(theme.label))
    published = " to ".join(say_day(day) for day in (page.first_published, page.last_published) if day)
    yield from list_facts(
        ("terms", ", ".join(theme.terms)),
        ("size", f"{theme.size:,} passages and claims in {count(theme.articles, 'article')}"),
        ("mostly", f"{count(page.articles, 'article')} of this theme more than of any other"),
        ("published", published),
        ("first seen", f"{theme.first_seen:%Y-%m-%d}"),
        ("last seen", f"{theme.last_seen:%Y-%m-%d}"),
        ("publishers", _say_counts(page.publishers)),
        ("speakers", _say_counts(page.speakers)),
    )
    if theme.exemplars:
        yield title("What it says")
    for member in theme.exemplars:
        yield Part(Text(" ".join(member.text.split())), 1)
        yield Part(Text(say_source(member.title or "", None, member.published), style="dim"), 3)
    if page.related:
        yield title("Near it")
    for row in page.related:
        yield Part(Text.assemble((row.id, "dim"), f"  {row.label}"), 1)
    if page.events:
        yield title("What became of it")
    for event in page.events:
        yield Part(Text(_say_event(event, theme.id)), 1)


def _say_counts(rows: Sequence[CountRow]) -> str:
    return ", ".join(f"{row.name} ({row.count})" for row in rows)


def _say_event(event: EventRow, theme_id: str) -> str:
    other = f" {event.other_id}" if event.other_id else ""
    whose = "" if event.theme_id == theme_id else f"{event.theme_id} "
    return f"{event.at:%Y-%m-%d}  {whose}{event.fate}{other}: {event.reason}"
