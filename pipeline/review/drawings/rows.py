"""The rows of a list drawn on one line of time: from the first to the last article on each, and when its status began."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.brief.phrases import say_day, say_value
from pipeline.review.drawings.scale import Tick, make_scale
from pipeline.store.register_rows import RegisterRow

WIDTH = 720.0
_LABELS = 232.0
_LANE = 26.0  # a link of 24 units and a little room
_TOP = 6.0
_AXIS = 26.0
_LONGEST_LABEL = 34  # characters of 13 units that fit beside the line


class Lane(NamedTuple):
    """One row: its name, the time in which articles told of it, and the day on which its status began."""

    row_id: str
    label: str
    y: float
    start: float | None
    end: float | None
    status: float | None
    words: str  #: all of it, for who cannot see


class Drawing(NamedTuple):
    """The rows that have a day, in the order of the list."""

    width: float
    height: float
    left: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


def draw_rows(rows: Sequence[RegisterRow]) -> Drawing | None:
    """The rows of one page of a list on a line of time; None where no row has a day."""
    days = [day for row in rows for day in (row.first_published, row.last_published, row.status_date) if day]
    scale = make_scale(days, left=_LABELS, right=WIDTH - 12)
    if scale is None:
        return None

    def draw(number: int, row: RegisterRow) -> Lane:
        start, end, status = (
            scale.place(day) if day else None for day in (row.first_published, row.last_published, row.status_date)
        )
        y = _TOP + _LANE * (number + 0.5)
        return Lane(row.id, _cut(row.label), y, start, end, status, _say(row))

    return Drawing(
        width=WIDTH,
        height=_TOP + _LANE * len(rows) + _AXIS,
        left=_LABELS,
        lanes=tuple(draw(number, row) for number, row in enumerate(rows)),
        ticks=tuple(scale.ticks()),
    )


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"


def _say(row: RegisterRow) -> str:
    told = [say_day(day) for day in (row.first_published, row.last_published) if day]
    since = f", since {say_day(row.status_date)}" if row.status_date else ""
    parts = (f"{say_value(row.status)}{since}", "told of from " + " to ".join(dict.fromkeys(told)) if told else "")
    return "; ".join((row.label, *(part for part in parts if part)))
