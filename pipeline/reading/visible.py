"""What a reader sees above an article and no metadata says: its day, and the headline as it is printed."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import lxml.html

from pipeline.reading.dates import find_iso_date
from pipeline.reading.metadata import clean_line

# Parts of class, id and itemprop names that mark the line with the day; seen on the building half of trafilatura's pages.
_DATED = re.compile(
    r"(?:^|[-_ ])(?:\w*date|datum|fecha|publi\w*|posted\w*|created|erstellt|time\w*|byline\w*|post-meta|entry-meta|metadata"
    r"|\w*[-_]meta|m-metadata|submitted)(?:$|[-_ ])",
    re.IGNORECASE,
)
_ELSEWHERE = {"nav", "footer", "aside", "script", "style", "form", "select"}  # other articles' days, and today's
_LONGEST = 100  # characters of such a line: beyond it is text, and a date in it is somebody else's
_LONE = 40  # characters of a line with a day in it that nothing marks
_BEFORE = 60  # elements between a day and the headline below it
_BEHIND = 150  # likewise above it: after that come the article and its neighbours

# Beginnings of the months' names in English, German, French, Spanish and Italian.
_MONTHS = (
    "jan|ene|gen", "feb|fév|fev", "mar|mär|mrz", "apr|avr|abr", "may|mai|mag", "jun|juin|giu", "jul|juil|lug",
    "aug|aoû|ago", "sep|set", "oct|okt|ott", "nov", "dec|dez|déc|dic",
)  # fmt: skip
_NAMES = "|".join(_MONTHS)
_FORMS = (
    re.compile(r"\b(?P<year>20\d\d|19\d\d)-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)"),
    re.compile(r"\b(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>\d{4})\b"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?(?P<month>{_NAMES})[^\W\d]*\.?,?\s+(?:de\s+)?"
        r"(?P<year>\d{4})\b", re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<month>{_NAMES})[^\W\d]*\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE
    ),
)  # fmt: skip


def find_visible_date(tree: lxml.html.HtmlElement) -> str | None:
    """The day that stands beside the headline, in a line that is marked as such: ``<p class="byline">Paris, 3 May 2025``.

    Months may be English, German, French, Spanish or Italian; ``05.03.2025`` is the fifth of March, ``05/03/2025`` no day at all.
    """
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    heads = [place for place, element in enumerate(elements) if element.tag == "h1"]
    place = heads[0] if heads else 0
    behind, before = elements[place : place + _BEHIND], elements[max(0, place - _BEFORE) : place]
    near = [element for element in (*behind, *reversed(before)) if not _is_elsewhere(element)]
    days = (read(element) for read in (_read_marked, _read_lone) for element in near)
    return next(filter(None, days), None)


def find_headline(tree: lxml.html.HtmlElement, said: str | None) -> str | None:
    """The heading on the page that its title repeats, as it is printed: without the site's name, with its own quotes.

    Args:
        tree: the page.
        said: the title by metadata; where there is none, ``<title>`` is taken.
    """
    title = said or clean_line("".join(tree.xpath("//head/title[1]//text()")))
    if not title:
        return None
    parts = {_fold(part) for part in _split(title)}
    # The longest: the shorter may be the name of the site. Of equals the first.
    return max((heading for heading in _headings(tree) if _fold(heading) in parts), key=len, default=None)


def _is_elsewhere(element: lxml.html.HtmlElement) -> bool:
    return element.tag in _ELSEWHERE or any(parent.tag in _ELSEWHERE for parent in element.iterancestors())


def _read_marked(element: lxml.html.HtmlElement) -> str | None:
    named = " ".join(element.get(name, "") for name in ("class", "id", "itemprop"))
    if element.tag != "time" and not _DATED.search(named):
        return None
    line = " ".join(element.text_content().split())
    if len(line) > _LONGEST:
        return None
    return find_iso_date(element.get("datetime") or element.get("content") or "") or _find_day(line)


def _read_lone(element: lxml.html.HtmlElement) -> str | None:
    """A day that is a line of its own, or leads or ends one of a few words: ``Berlin, 3 May 2025``."""
    line = " ".join((element.text or "").split()) or " ".join(element.text_content()[: 2 * _LONE].split())
    return _find_day(line) if len(line) <= _LONE and re.search(r"^\d|\d{4}$", line) else None


def _find_day(line: str) -> str | None:
    for form in _FORMS:
        found = form.search(line)
        if found:
            parts = found.groupdict()
            month = int(parts["number"]) if "number" in parts else _find_month(parts["month"])
            try:
                return date(int(parts["year"]), month, int(parts["day"])).isoformat()
            except ValueError:
                continue
    return None


def _find_month(name: str) -> int:
    return next(number for number, starts in enumerate(_MONTHS, 1) if name.lower() in starts.split("|"))


def _headings(tree: lxml.html.HtmlElement) -> Iterator[str]:
    for tag in ("h1", "h2", "h3"):
        for element in tree.iter(tag):
            heading = clean_line(element.text_content())
            if heading:
                yield heading


def _split(title: str) -> Sequence[str]:
    """A title and what is left of it without parts at its end and beginning, longer ones first."""
    cuts = [found.span() for found in re.finditer(r"\s+[|–—•·»«-]+\s+|:\s+|\s+::\s+|\s+\(", title)]
    parts = [title, *(title[:start] for start, _ in cuts), *(title[end:] for _, end in cuts)]
    # One word of a title may be the name of the site or of a section.
    return [part for part in parts if part == title or len(part.split()) > 1]


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
