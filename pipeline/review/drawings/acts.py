"""What happened to an agreement, drawn on a line of time: a lane for each sort of act, a mark for each day.

Only places are worked out here, no markup: a template writes them as SVG, and escapes the words. Each mark is a link to
the line of the table that says the same in words. Shape and filling tell what was done, planned and denied; colour only
repeats that. Marks that would stand in each other's way become one with a number, so that each can be hit.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from pipeline.brief.phrases import say_day, say_value
from pipeline.enumerations import ActType
from pipeline.review.drawings.scale import Scale, Tick, make_scale
from pipeline.store.register_rows import DueRow, EventRow

WIDTH = 640.0  #: units of the drawing; its text is 13 of them high, and on a phone it is scrolled, not shrunk
_LABELS = 126.0  # what "entered into force" takes, with a margin
_LANE = 32.0
_TOP = 12.0
_AXIS = 30.0
# A target has 24 units at least (WCAG 2.2, 2.5.8), so that two of them need as much between their middles.
TARGET = 24.0

Shape = Literal["done", "planned", "denied", "due", "passed", "several"]
_DUE = "due"


class Mark(NamedTuple):
    """One or several things of one lane on one place."""

    x: float
    y: float
    shape: Shape
    number: int  #: things that stand here
    words: str  #: "signed, 17 July 2025, 3 articles"
    anchor: str  #: the id of the table's line that says so: "event-2"


class Lane(NamedTuple):
    """The marks of one sort of act."""

    words: str
    y: float
    marks: tuple[Mark, ...]


class Drawing(NamedTuple):
    """All that a time line shows, in units of the drawing."""

    width: float
    height: float
    left: float  #: where the line of time begins
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today: float | None  #: where the day that was asked for stands, if within
    undated: int  #: what happened on a day that nobody knows
    shapes: frozenset[str]  #: those that occur


class _Thing(NamedTuple):
    lane: str
    day: str
    shape: Shape
    words: str
    anchor: str


def draw_acts(history: Sequence[EventRow], due: Sequence[DueRow], *, today: date) -> Drawing | None:
    """The time line of an agreement; None where nothing of it has a day.

    Args:
        history: what happened, in the order of the table (``event-0``, ``event-1``, ...).
        due: by when something is promised, in the order of its table (``due-0``, ...).
        today: the day by which this is looked at; a line is drawn there.
    """
    things = [*_find_events(history), *_find_due(due)]
    scale = make_scale((each.day for each in things), left=_LABELS, right=WIDTH - TARGET / 2)
    if scale is None:
        return None
    lanes = tuple(_make_lane(scale, number, name, things) for number, name in enumerate(_order_lanes(things)))
    return Drawing(
        width=WIDTH,
        height=_TOP + _LANE * len(lanes) + _AXIS,
        left=_LABELS,
        lanes=lanes,
        ticks=tuple(scale.ticks()),
        today=scale.place_day(today) if scale.first <= today <= scale.last else None,
        undated=sum(each.day is None for each in history),
        shapes=frozenset(mark.shape for lane in lanes for mark in lane.marks),
    )


def _find_events(history: Iterable[EventRow]) -> list[_Thing]:
    return [
        _Thing(event.act, event.day, event.polarity.value, say_event(event), f"event-{number}")
        for number, event in enumerate(history)
        if event.day is not None
    ]


def _find_due(due: Iterable[DueRow]) -> list[_Thing]:
    return [
        _Thing(
            _DUE,
            each.date,
            "passed" if each.is_passed else "due",
            f"due {say_day(each.date)}, {'has passed' if each.is_passed else 'to come'}",
            f"due-{number}",
        )
        for number, each in enumerate(due)
    ]


def say_event(event: EventRow) -> str:
    """A thing that happened, in words: ``planned: signed, 17 July 2025, 3 articles``."""
    how = "" if event.polarity == "done" else f"{say_value(event.polarity)}: "
    day = say_day(event.day) if event.day else "undated"
    articles = f"{event.articles:,} article{'' if event.articles == 1 else 's'}"
    return f"{how}{say_value(event.act)}, {day}, {articles}"


def _order_lanes(things: Iterable[_Thing]) -> list[str]:
    """Acts in the order in which an agreement comes about, what is due below."""
    used = {each.lane for each in things}
    return [lane for lane in (*ActType, _DUE) if lane in used]


def _make_lane(scale: Scale, number: int, name: str, things: Iterable[_Thing]) -> Lane:
    y = _TOP + _LANE * (number + 0.5)
    placed = sorted((scale.place(each.day), at, each) for at, each in enumerate(things) if each.lane == name)
    groups: list[list[tuple[float, int, _Thing]]] = []
    for item in placed:
        if groups and item[0] - groups[-1][0][0] < TARGET:
            groups[-1].append(item)
        else:
            groups.append([item])
    return Lane(say_value(name), y, tuple(_make_mark(y, group) for group in groups))


def _make_mark(y: float, group: Sequence[tuple[float, int, _Thing]]) -> Mark:
    x, _, first = group[0]
    if len(group) == 1:
        return Mark(x, y, first.shape, 1, first.words, first.anchor)
    shapes = {each.shape for _, _, each in group}
    words = "; ".join(each.words for _, _, each in group[:3]) + (f"; {len(group) - 3} more" if len(group) > 3 else "")
    shape: Shape = first.shape if len(shapes) == 1 else "several"
    return Mark(x, y, shape, len(group), words, first.anchor)
