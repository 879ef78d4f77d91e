"""Making the brief: what changed since a day, the twenty most important changes, each with its quote and source."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.brief.candidates import find_candidates
from pipeline.brief.choose import Candidate, Part, choose
from pipeline.brief.page import TITLES, Brief, Line, Quote, Section, SectionKey
from pipeline.brief.quotes import QUOTE_WIDTH, cut_quote
from pipeline.brief.render import render_html, render_markdown
from pipeline.errors import InputError
from pipeline.store.articles import load_article
from pipeline.store.changes import load_changes, load_last_change
from pipeline.store.rows import ArticleRow, ArticleText, Changes
from pipeline.store.store import Store

_WRITERS: dict[str, Callable[[Brief], str]] = {
    ".html": render_html,
    ".htm": render_html,
    ".md": render_markdown,
    ".json": lambda brief: brief.model_dump_json(indent=2) + "\n",
}


def make_brief(store: Store, *, since: datetime | None = None, until: datetime | None = None) -> Brief:
    """What changed in the register since a moment, in at most twenty lines.

    Args:
        store: an open store.
        since: an aware time stamp. By default one day before the newest article came in: who ingests every night reads
            the last night, and who ingested on Friday still reads Friday's batch on Monday.
        until: an aware time stamp, now by default; what came in later is left out.
    """
    now = datetime.now(UTC)
    until = until or now
    last_change = load_last_change(store, until=until)
    since = since or (last_change or until) - timedelta(days=1)
    changes = _before(load_changes(store, since=since), until)

    # Several lines quote one article: its text is loaded once.
    load = cache(partial(load_article, store))

    return Brief(
        since=since,
        until=until,
        made_at=now,
        articles=changes.new_articles,
        last_change=last_change,
        sections=tuple(
            _write_section(part, _find_title(part, changes), load) for part in choose(find_candidates(changes))
        ),
    )


def write_brief(store: Store, *, out: Path, since: datetime | None = None) -> Brief:
    """Make a brief and write it to a file: HTML, Markdown or JSON by the file's ending.

    Folders on the way are made. An unknown ending or a place that cannot be written raises InputError.
    """
    writer = find_writer(out)
    brief = make_brief(store, since=since)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(writer(brief), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror}); give --out another place") from error
    return brief


def find_writer(out: Path) -> Callable[[Brief], str]:
    """What renders a brief for that file; raises InputError for an ending other than .html, .md and .json."""
    if out.suffix.lower() not in _WRITERS:
        raise InputError(f"{out}: a brief is written as .html, .md or .json; give --out one of these endings")
    return _WRITERS[out.suffix.lower()]


def find_link(article: ArticleRow) -> str | None:
    """What a browser opens to show the article: its URL, or its file; None where neither is safe or known.

    Only http, https and file links are made: a sidecar may say anything, ``javascript:`` included.
    """
    for address in (article.url, article.address):
        if address and urlsplit(address).scheme in {"http", "https"}:
            return address
    path = Path(article.address)
    return path.as_uri() if path.is_absolute() else None


def _before(changes: Changes, until: datetime) -> Changes:
    return changes.model_copy(
        update={
            "new_rows": tuple(row for row in changes.new_rows if row.first_seen <= until),
            "status_changes": tuple(c for c in changes.status_changes if c.observation.first_seen <= until),
            "new_parties": tuple(new for new in changes.new_parties if new.party.first_seen <= until),
            "new_claims": tuple(claim for claim in changes.new_claims if claim.first_seen <= until),
        }
    )


def _find_title(part: Part, changes: Changes) -> str:
    """Where all themes are new, none can be said to rise."""
    is_first = part.key is SectionKey.RISING_THEMES and not any(count.before for count in changes.themes)
    return "Themes" if is_first else TITLES[part.key]


def _write_section(part: Part, title: str, load: Callable[[str], ArticleText]) -> Section:
    return Section(
        key=part.key,
        title=title,
        lines=tuple(_write_line(candidate, load) for candidate in part.chosen),
        found=part.found,
    )


def _write_line(candidate: Candidate, load: Callable[[str], ArticleText]) -> Line:
    line = Line(
        headline=candidate.headline,
        is_named=candidate.is_named,
        detail=candidate.detail,
        record_id=candidate.record_id,
    )
    if candidate.article_id is None:
        return line
    found = load(candidate.article_id)
    article = found.article
    return line.model_copy(
        update={
            "quote": _cut(candidate, found.text),
            "article_id": article.id,
            "article_title": article.title or Path(article.address).name,
            "publisher": article.publisher,
            "published": article.published,
            "link": find_link(article),
        }
    )


def _cut(candidate: Candidate, text: str) -> Quote | None:
    if candidate.start is not None and candidate.end is not None:
        return cut_quote(text, candidate.start, candidate.end)
    words = (candidate.words or "").split(" … ")[0]  # the store joins the pieces of a claim so
    start = text.find(words)
    return cut_quote(text, start, start + min(len(words), QUOTE_WIDTH)) if words and start >= 0 else None
