"""Loose dates that are completed from the article's own: seasons, months and parts of a day that lean on "this" or "last".

Forms handled (an article published on 2025-09-17): "this February" -> 2025-02; "in June last year" -> 2024-06; "last summer",
"since spring" -> 2025, "next spring" -> 2026; "this morning" -> 2025-09-17. Winters lie in two years, and are none.
"""

import re
from datetime import date
from typing import NamedTuple

from pipeline.language.months import WRITTEN, number_of

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}  #: first and last month
_STEPS = {"last": -1, "this": 0, "next": 1}
_SEASON = re.compile(
    r"\b(?P<which>(?i:last|this|next|since|in|by|until|for|during))(?: the)? (?P<season>spring|summer|autumn|fall)\b"
    r"(?!,? (?:of )?\d)"
)
_THIS_MONTH = re.compile(rf"\b(?P<which>(?i:this|next)) (?P<month>{WRITTEN})\b")
_MONTH_OF = re.compile(rf"\b(?:(?P<day>[0-3]?\d) )?(?P<month>{WRITTEN})(?: of)? (?P<which>last|this|next) year\b")
_DAY_PART = re.compile(r"\bthis (?:morning|afternoon|evening)\b|\btonight\b")


class Loose(NamedTuple):
    """A loose date: where, and the ISO date or prefix it comes to."""

    start: int
    end: int
    iso: str


def find_loose_dates(text: str, published: str | None, *, future: bool) -> list[Loose]:
    """All loose dates of a text, in no order.

    Args:
        text: a sentence or a text.
        published: the article's ISO date or prefix of one; without it there are none.
        future: the sentence is about what is to come, so that "in the spring" is the next one.
    """
    if published is None:
        return []
    found = [Loose(m.start(), m.end(), published) for m in _DAY_PART.finditer(text)]
    found += [Loose(m.start(), m.end(), _month_of_year(m, published)) for m in _MONTH_OF.finditer(text)]
    if len(published) >= 7:
        found += [Loose(m.start(), m.end(), _this_month(m, published)) for m in _THIS_MONTH.finditer(text)]
        found += [Loose(m.start(), m.end(), _season(m, published, future=future)) for m in _SEASON.finditer(text)]
    return found


def _month_of_year(match: re.Match[str], published: str) -> str:
    month = f"{int(published[:4]) + _STEPS[match['which']]:04d}-{number_of(match['month']):02d}"
    try:
        return date.fromisoformat(f"{month}-{int(match['day']):02d}").isoformat() if match["day"] else month
    except ValueError:  # "31 June last year"
        return month


def _this_month(match: re.Match[str], published: str) -> str:
    year, month = int(published[:4]), number_of(match["month"])
    is_next = match["which"].lower() == "next" and month <= int(published[5:7])
    return f"{year + is_next:04d}-{month:02d}"


def _season(match: re.Match[str], published: str, *, future: bool) -> str:
    """The year of a season: the last one that has begun, or ("last") ended; the next one that has not ended."""
    which, year, now = match["which"].lower(), int(published[:4]), int(published[5:7])
    first, last = _SEASONS[match["season"]]
    if which == "next":
        year += now > first
    elif which == "last":
        year -= now <= last
    elif which in {"by", "until", "for"} or (future and which != "since"):
        year += now > last
    elif which != "this":
        year -= now < first
    return f"{year:04d}"
