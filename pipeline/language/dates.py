"""Dates in prose, as ISO dates or a prefix of one, with how each was completed.

Forms handled (with an article published on 2025-09-17, a Wednesday):

* written: "12 September 2025", "September 12, 2025", "2025-09-12" -> 2025-09-12; "September 2025" -> 2025-09; "in 2025" -> 2025;
  "spring 2025", "early 2025", "mid-2025", "the second half of 2025" -> 2025
* year completed from the article's date: "on 10 July" -> 2025-07-10, "in January" -> 2025-01, "in October" -> 2024-10
  (the last one gone by; the next one to come where the sentence is about the future)
* relative to it: "yesterday", "on Monday", "last month", "last year", "next year", "this week" (-> 2025-09), "two weeks ago";
  also at a sentence's start ("Last month, ..."; but "Today, ..." mostly means these days, and is none);
  seasons and "this February", "in June last year" (:mod:`pipeline.language.seasons`)

Without an article's date the second and third group give nothing: null rather than a guess. Of a date that is not on the
calendar the part is taken that is: "31 June 2025" -> 2025-06, "31 June" -> nothing.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.language.months import WRITTEN, number_of
from pipeline.language.seasons import find_loose_dates

_ABBREVIATED = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = rf"(?P<month>(?:{WRITTEN})|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
# 1900-2099: policy prose that names an older treaty writes its year in its name, not as a date of an act.
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_PATTERNS = [
    re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)(?:-(?P<day>[0-3]\d))?(?![\d-])"),
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH},? {_YEAR}\b"),
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}\b"),
    re.compile(rf"\b{_MONTH},? (?:of )?{_YEAR}\b"),
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH}(?![a-z])"),
    re.compile(rf"\b{_MONTH} {_DAY}(?![\d%]| percent)\b"),
    # "may" the verb starts no date: a month alone needs a preposition or a period word before it.
    re.compile(rf"\b(?i:of|in|since|until|by|from|during|last|early|late|mid-?) ?{_MONTH}(?![a-z])"),
    re.compile(
        rf"(?:(?<![\d.,$€£/-])|(?<=[Mm]id-)){_YEAR}(?![\d%/]|[.,]\d| percent|s\b)(?!-(?:strong|member|country|mile|page))"
    ),
]
_RELATIVE = re.compile(
    r"\b(?P<rel>today|(?i:yesterday|tomorrow)|(?i:last|this|next) (?:week|month|year|"
    + "|".join(d.capitalize() for d in _DAYS)
    + r")|(?i:earlier) this (?:week|month|year)|(?i:later) this (?:month|year)|(?:[Oo]n )?(?:"
    + "|".join(d.capitalize() for d in _DAYS)
    + r"))\b",
)
COUNTS = ("no", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_AGO = re.compile(rf"\b(?P<count>one|an|{'|'.join(COUNTS[1:])}|\d{{1,2}}) (?P<unit>day|week|month|year)s? ago\b")


@dataclass(frozen=True)
class DateMention:
    """A date in a text: where, the words, the ISO date or prefix, and how it was completed."""

    start: int
    end: int
    text: str
    iso: str
    resolution: str


def find_dates(text: str, *, published: str | None = None, future: bool = False) -> list[DateMention]:
    """All dates of a sentence or text that can be placed on the calendar, in order, without overlap.

    Args:
        text: a sentence or a text.
        published: the article's ISO date or prefix of one, against which incomplete dates are resolved.
        future: the sentence is about what is to come, so a month without a year, or a weekday, is the next one.
    """
    found: list[DateMention] = []
    for loose in find_loose_dates(text, published, future=future):
        words = text[loose.start : loose.end]
        found.append(DateMention(loose.start, loose.end, words, loose.iso, f"relative to published {published}"))
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            _add(found, match, _resolve(match, published, future=future))
    for match in _RELATIVE.finditer(text):
        _add(found, match, _resolve_relative(match["rel"], published, future=future))
    for match in _AGO.finditer(text):
        _add(found, match, _resolve_ago(match, published))
    return sorted(found, key=lambda mention: mention.start)


def _add(found: list[DateMention], match: re.Match[str], resolved: tuple[str, str] | None) -> None:
    overlaps = any(match.start() < old.end and old.start < match.end() for old in found)
    if resolved and not overlaps:
        found.append(DateMention(match.start(), match.end(), match[0], *resolved))


def _resolve(match: re.Match[str], published: str | None, *, future: bool) -> tuple[str, str] | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else _month_number(parts.get("month"))
    future = future and not match[0].lower().startswith("last ")
    day = int(parts["day"]) if parts.get("day") else None
    if parts.get("year"):
        return _iso(int(parts["year"]), month, day, "written")
    if not published or month is None:
        return None
    year = _nearest_year(month, day, published, future=future)
    return _iso(year, month, day, f"year from published {published}")


def _month_number(name: str | None) -> int | None:
    if not name:
        return None
    lower = name.lower().rstrip(".")
    return _ABBREVIATED[lower] if lower in _ABBREVIATED else number_of(lower)


def _iso(year: int, month: int | None, day: int | None, how: str) -> tuple[str, str] | None:
    if not (1 <= year <= 9999 and 1 <= (month or 1) <= 12):
        return None
    if month is None:
        return f"{year:04d}", how
    if day is None:
        return f"{year:04d}-{month:02d}", how
    try:
        return date(year, month, day).isoformat(), how
    except ValueError:  # "31 June": written, but not on the calendar
        return None


def _nearest_year(month: int, day: int | None, published: str, *, future: bool) -> int:
    year = int(published[:4])
    if len(published) < 7:  # an article known by its year alone: a month of it is that year's
        return year
    # What is not known of either day lets the date stay in the article's own year.
    here = (int(published[5:7]), int(published[8:10] or (1 if future else 31)))
    there = (month, day or (31 if future else 1))
    if future:
        return year if there >= here else year + 1
    return year if there <= here else year - 1


def _resolve_relative(words: str, published: str | None, *, future: bool) -> tuple[str, str] | None:
    lower = words.lower()
    how = f"relative to published {published}"
    if not published:
        return None
    step = {"last": -1, "next": 1}.get(lower.split()[0], 0)
    if lower.endswith("year"):
        return _iso(int(published[:4]) + step, None, None, how)
    if lower.endswith("month") and len(published) >= 7:
        months = int(published[:4]) * 12 + int(published[5:7]) - 1 + step
        return _iso(months // 12, months % 12 + 1, None, how)
    if len(published) < 10:
        return (published, how) if lower == "today" else None  # of an article known by its month, that month
    try:
        return _relative_day(lower, date.fromisoformat(published), future=future), how
    except (ValueError, OverflowError):  # published is not on the calendar, or the day is beyond its year 1 or 9999
        return None


def _resolve_ago(match: re.Match[str], published: str | None) -> tuple[str, str] | None:
    """Counted back from the article's day, as exactly as it is said: days to the day, weeks and months to the month."""
    count, unit = match["count"], match["unit"]
    number = int(count) if count.isdigit() else 1 if count in {"one", "an"} else COUNTS.index(count)
    if not published:
        return None
    how = f"relative to published {published}"
    if unit == "year":
        return _iso(int(published[:4]) - number, None, None, how)
    if unit == "month" and len(published) >= 7:
        months = int(published[:4]) * 12 + int(published[5:7]) - 1 - number
        return _iso(months // 12, months % 12 + 1, None, how)
    if unit == "month" or len(published) < 10:
        return None
    try:
        day = date.fromisoformat(published) - timedelta(days=number * (7 if unit == "week" else 1))
    except (ValueError, OverflowError):  # published is not on the calendar, or the day is before its year 1
        return None
    return (day.isoformat() if unit == "day" else day.isoformat()[:7]), how


def _relative_day(words: str, published: date, *, future: bool) -> str:
    first, last = words.split(maxsplit=1)[0], words.rsplit(maxsplit=1)[-1]
    if last == "week":
        step = {"last": -7, "next": 7}.get(first, 0)
        return (published + timedelta(days=step)).isoformat()[:7]
    if words in ("yesterday", "today", "tomorrow"):
        return (published + timedelta(days=("yesterday", "today", "tomorrow").index(words) - 1)).isoformat()
    ahead = (_DAYS.index(last) - published.weekday()) % 7
    if first == "this":  # of the article's own week, Monday to Sunday
        days = _DAYS.index(last) - published.weekday()
    elif first == "next":
        days = ahead or 7
    elif first == "last":
        days = ahead - 7
    else:
        days = ahead if future or not ahead else ahead - 7
    return (published + timedelta(days=days)).isoformat()
