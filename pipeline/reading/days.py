"""Days as people write them into a cell: 2025-07-17, 17 July 2025, July 2025, 17/07/2025, 17.7.2025, 2025.

What can be two days is refused until somebody says which comes first; two digits are no year.
"""

import re
from datetime import date
from enum import StrEnum

from pipeline.errors import InputError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(?P<y>\d{4})(?:[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?)?(?:[ T]\d{1,2}:\d\d.*)?")
_NUMBERS = re.compile(r"(?P<one>\d{1,2})(?P<sign>[/.-])(?P<two>\d{1,2})[/.-](?P<y>\d{4})")
_DAY_MONTH = re.compile(r"(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?)?(?P<m>[A-Za-z]{3,9})\.?,?\s+(?P<y>\d{4})")
_MONTH_DAY = re.compile(r"(?P<m>[A-Za-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})")


class DayOrder(StrEnum):
    """What comes first where a day is written in numbers alone."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


def read_day(text: str, *, order: DayOrder | None = None) -> str:
    """A day, month or year in ISO form: ``17 July 2025`` -> ``2025-07-17``, ``July 2025`` -> ``2025-07``.

    Numbers with points (17.7.2025) have the day first wherever they are used. Of 3/4/2025 nobody can tell without
    ``order``; of 17/7/2025 everybody can.

    Raises:
        InputError: it is no day, or could be two.
    """
    said = " ".join(text.split())
    for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY):
        if match := pattern.fullmatch(said):
            parts = match.groupdict()
            return _join(said, parts["y"], _find_month(said, parts["m"]), parts["d"])
    if match := _NUMBERS.fullmatch(said):
        day, month = _order(said, match, order)
        return _join(said, match["y"], month, day)
    raise InputError(f"date: {said} is no day that can be read; write it as 2025-07-17, 17 July 2025, 2025-07 or 2025")


def _find_month(said: str, written: str | None) -> str | None:
    if written is None or written.isdigit():
        return written
    if written[:3].lower() not in _MONTHS:
        raise InputError(f"date: {said} has no month that can be read; write it as 2025-07-17")
    return str(_MONTHS.index(written[:3].lower()) + 1)


def _order(said: str, match: re.Match[str], order: DayOrder | None) -> tuple[str, str]:
    one, two = match["one"], match["two"]
    if match["sign"] == "." or int(one) > 12 or one == two:
        return one, two
    if int(two) > 12:
        return two, one
    if order is None:
        raise InputError(f"date: {said} can be two days; say --day-first or --month-first, or write 2025-07-17")
    return (one, two) if order is DayOrder.DAY_FIRST else (two, one)


def _join(said: str, year: str, month: str | None, day: str | None) -> str:
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError as error:
        raise InputError(f"date: {said} is no day of the calendar") from error
    return whole if day else whole[:7] if month else whole[:4]
