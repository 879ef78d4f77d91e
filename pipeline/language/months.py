"""The months' names, for everything that reads dates."""

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
#: As they are written, one after another: for a pattern.
WRITTEN = "|".join(month.capitalize() for month in MONTHS)


def number_of(month: str) -> int:
    """The number of a month by its name, from 1: of "May" it is 5."""
    return MONTHS.index(month.lower()) + 1
