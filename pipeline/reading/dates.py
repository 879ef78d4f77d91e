"""Dates as pages and front matter write them, to ISO calendar dates: no time zone is converted, no date guessed."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FORMS = (
    re.compile(r"^(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?![\d-])"),  # 2025-09-12T23:30:00-04:00
    re.compile(r"^(?P<year>\d{4})/(?P<number>\d{1,2})/(?P<day>\d{1,2})(?![\d/])"),  # 2025/09/12
    re.compile(r"^(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})(?!\d)"),  # 20250912, 20250912T1200
    re.compile(
        rf"^(?:[a-z]+,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})\b", re.IGNORECASE
    ),
    re.compile(
        rf"^(?:[a-z]+,?\s+)?{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE
    ),
)
_PREFIX = re.compile(r"^\d{4}(-(0[1-9]|1[0-2]))?$")  # a year or a month is a date too: 2025, 2025-07


def find_iso_date(text: str) -> str | None:
    """The calendar date a string starts with, as it is written there.

    ``2025-09-12T23:30:00-04:00`` -> ``2025-09-12`` (the page's own day, not UTC's), ``12 September 2025``,
    ``Fri, 12 Sep 2025 10:00 GMT``, ``September 12, 2025``, ``20250912``, ``2025-09``. ``09/12/2025`` is a day in two
    countries and therefore none here: None.
    """
    line = text.strip()
    if _PREFIX.match(line):
        return line if line >= "1000" else None
    for form in _FORMS:
        found = form.match(line)
        if found:
            return _to_iso(found)
    return None


def _to_iso(found: "re.Match[str]") -> str | None:
    parts = found.groupdict()
    month = int(parts["number"]) if "number" in parts else _MONTHS.index(parts["month"].lower()) + 1
    try:
        return date(int(parts["year"]), month, int(parts["day"])).isoformat()
    except ValueError:
        return None
