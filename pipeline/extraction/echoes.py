"""Dates that lean on one said before: "that December", "the same day", "in April of that year", "a year later".

Forms handled, behind "was signed in Santiago in March 2018": "that December" -> 2018-12, "in the same year" -> 2018, "the next
year" and "a year later" -> 2019, "the year before" -> 2017, "in April of that year" -> 2018-04; behind "on 22 July 2022":
"the same day" -> 2022-07-22, "the next day", "two days later" and "three days before". A day needs a day before it.
"""

import re
from datetime import date, timedelta

from pipeline.language.dates import COUNTS, DateMention, find_dates
from pipeline.language.months import WRITTEN, number_of

REACH = 600  #: characters looked back; a date further off is another story's
_COUNT = {"one": 1} | {word: count for count, word in enumerate(COUNTS) if count}
_ECHO = re.compile(
    rf"\b(?:(?P<month>{WRITTEN}) of (?:that|the same) year"
    rf"|(?i:that) (?P<month2>{WRITTEN})"
    r"|(?i:(?:on |in )?(?:the|that)(?: very)? (?P<which>same|next|following) (?P<unit>day|year))"
    r"|(?i:that (?P<unit2>day|night|year|summer|spring|autumn))"
    r"|(?i:the (?P<unit3>day|year) (?P<way3>before|after|earlier))(?=[,.;:)])"  # not "the year before it was signed"
    r"|(?i:(?P<count>" + "|".join(_COUNT) + r") (?P<unit4>day|year)s? (?P<way4>later|afterwards|earlier))"
    r")\b"
)


def find_echoes(text: str, start: int, end: int, *, published: str | None) -> list[DateMention]:
    """The dates of a stretch of text that lean on one before them, with offsets in the stretch.

    Args:
        text: the whole text.
        start: where the stretch begins.
        end: where it ends.
        published: the article's date.
    """
    found = []
    for match in _ECHO.finditer(text, start, end):
        iso = _resolve(match, _before(text, match.start(), published, is_day=_is_day(match)))
        if iso is not None:
            place = match.start() - start, match.end() - start
            found.append(DateMention(*place, match[0], iso, "relative to the date before it"))
    return found


def _is_day(match: re.Match[str]) -> bool:
    units = {match["unit"], match["unit2"], match["unit3"], match["unit4"]}
    return bool({each.lower() for each in units if each} & {"day", "night"})


def _before(text: str, at: int, published: str | None, *, is_day: bool) -> str | None:
    """The nearest date before a place, as exact as is needed."""
    dates = find_dates(text[max(0, at - REACH) : at], published=published)
    return next((each.iso for each in reversed(dates) if not is_day or len(each.iso) == len("2022-07-22")), None)


def _resolve(match: re.Match[str], before: str | None) -> str | None:
    if before is None:
        return None
    month = match["month"] or match["month2"]
    if month is not None:
        return f"{before[:4]}-{number_of(month):02d}"
    steps = _steps(match)
    if not _is_day(match):
        return f"{int(before[:4]) + steps:04d}"
    try:
        return (date.fromisoformat(before) + timedelta(days=steps)).isoformat()
    except (ValueError, OverflowError):  # not on the calendar, or beyond its first or last year
        return None


def _steps(match: re.Match[str]) -> int:
    if match["unit"]:
        return int(match["which"].lower() != "same")
    way = (match["way3"] or match["way4"] or "").lower()
    count = _COUNT[match["count"].lower()] if match["count"] else 1
    return {"": 0, "after": count, "later": count, "afterwards": count}.get(way, -count)
