"""Pictures of themes as SVG: a map of them, and their share over time; files that stand alone, or parts of a page with links.

No script, no font and no picture from elsewhere; texts are texts (a screen reader reads title and description); colours
follow the reader's light or dark scheme. The same themes give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import NamedTuple
from xml.sax.saxutils import escape

import numpy as np

from pipeline.themes.places import NAME_SIZE, MapTheme, Place, find_places
from pipeline.themes.trends import Direction

# Okabe and Ito's colours, that people with any colour vision tell apart, all of middling lightness: they stand out from white
# and from black.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9", "#8c6bb1", "#7f7f7f")
_STYLE = """
.paper{fill:#ffffff}.ink{fill:#1b1f24}.faint{fill:#5b6470}.line{stroke:#c9ced6;fill:none}
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
@media (prefers-color-scheme:dark){.paper{fill:#14171b}.ink{fill:#e9ecf0}.faint{fill:#a4adb8}.line{stroke:#3a414b}}
"""
#: class, height of the letters, weight, anchor
_LOOKS = {
    "plain": ("ink", 13, 400, "start"),
    "title": ("ink", 18, 600, "start"),
    "head": ("ink", 13, 600, "start"),
    "name": ("ink", 13, 600, "middle"),
    "note": ("faint", 11, 400, "start"),
    "note at the end": ("faint", 11, 400, "end"),
    "note in the middle": ("ink", 11, 400, "middle"),
}

_MOST_ON_MAP = 40  # more names cannot be told apart on one page
_GOLDEN = pi * (3 - sqrt(5))  # the angle by which a sunflower sets its seeds: no two lie on one line

_COLUMNS, _PANEL, _PANEL_HEIGHT, _GAP = 3, 300.0, 120.0, 26.0
_MOST_PANELS = 30
_BARS = 56.0  # height of the bars in a panel
_TITLE_LETTERS = 38


@dataclass(frozen=True, slots=True)
class Series:
    """A theme's share of the articles of each period."""

    id: str
    label: str
    shares: tuple[float, ...]
    articles: tuple[int, ...]
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where a picture stands: in a file of its own, or in a page, whose style sheet has its colours and whose links it has."""

    is_alone: bool = True
    link: str = ""  #: what the id of a theme is put behind: ``/themes/``; empty: nothing is linked
    dots: int | None = None  #: a theme has at most so many, and they do not say their words; None: all, and they do


ALONE = Frame()


def draw_map(themes: Sequence[MapTheme], frame: Frame = ALONE) -> str:
    """The map of themes: like lies near like, a circle's area is the theme's size, each dot one of its passages or claims.

    In a circle the dots nearest to its middle are nearest to the theme's centre.
    """
    shown = sorted(themes, key=lambda each: (-each.size, each.id))[:_MOST_ON_MAP]
    left = len(themes) - len(shown)
    what = f"{len(shown)} themes" + (f"; {left} smaller ones are left out" if left else "")
    if not shown:
        nothing = _Canvas("Map of themes", "There are no themes yet.", 400, 80)
        return _write_svg(nothing, [_write_text(20, 45, "No themes yet.")], frame)
    places = find_places(shown)
    colours = _find_colours([each.broad_id for each in shown])
    parts = [_write_text(20, 32, "Map of themes", "title")]
    parts += [
        _write_theme(each, place, colours[each.broad_id], frame) for each, place in zip(shown, places, strict=True)
    ]
    width = max(p.x + p.width / 2 for p in places) + 20
    height = max(p.y - p.radius + p.height for p in places) + 20
    words = (
        f"{what}. Like lies near like; a circle's area is the number of passages and claims; each dot is one of them."
    )
    return _write_svg(_Canvas("Map of themes", words, max(width, 220), height), parts, frame)


def draw_over_time(
    series: Sequence[Series], periods: Sequence[str], *, unit: str = "week", frame: Frame = ALONE
) -> str:
    """Small pictures side by side, one for each theme, in the order given: its share of the articles of each period.

    All have one scale, so that they can be compared. A theme that rises or falls says so in words.
    """
    shown = series[:_MOST_PANELS]
    top = max((share for each in shown for share in each.shares), default=0.0)
    rows = -(-len(shown) // _COLUMNS)
    parts = [_write_text(20, 32, "Themes over time", "title")]
    if shown and periods:
        words = f"share of the articles of each {unit}, {periods[0]} to {periods[-1]}; the highest bar is {top:.0%}"
        parts.append(_write_text(20, 52, words, "note"))
    for number, each in enumerate(shown):
        x = 20 + (number % _COLUMNS) * (_PANEL + _GAP)
        y = 76 + (number // _COLUMNS) * (_PANEL_HEIGHT + 10)
        parts.append(_link(each.id, _write_panel(each, periods, (x, y), top), frame))
    width = 40 + _COLUMNS * _PANEL + (_COLUMNS - 1) * _GAP
    left = len(series) - len(shown)
    what = f"{len(shown)} themes, their share of the articles of each {unit}" + (f"; {left} left out" if left else "")
    canvas = _Canvas("Themes over time", what + ".", width, 86 + max(rows, 1) * (_PANEL_HEIGHT + 10))
    return _write_svg(canvas, parts, frame)


def _find_colours(broad_ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in broad_ids:  # the largest first, so that the largest groups have colours of their own
        found.setdefault(each, _COLOURS[len(found) % len(_COLOURS)])
    return found


def _write_theme(theme: MapTheme, place: Place, colour: str, frame: Frame) -> str:
    ring = (
        f'<circle cx="{place.x:.1f}" cy="{place.y:.1f}" r="{place.radius:.1f}" fill="{colour}" fill-opacity=".13" '
        f'stroke="{colour}"><title>{_escape(f"{theme.label}: {theme.size:,} passages and claims")}</title></circle>'
    )
    nearness = np.round(theme.vectors @ theme.center, 6)
    order = np.argsort(-nearness, kind="stable").tolist()
    shown = order[: frame.dots]
    said = theme.texts if frame.dots is None else [""] * len(order)
    dots = [_write_dot(said[row], place, rank, len(shown), colour) for rank, row in enumerate(shown)]
    below = place.y + place.radius
    names = [
        _write_text(place.x, below + NAME_SIZE * 1.2 * (row + 1), line, "name") for row, line in enumerate(place.lines)
    ]
    return _link(theme.id, f'<g id="{_escape(theme.id)}">{ring}{"".join(dots)}{"".join(names)}</g>', frame)


def _write_dot(text: str, place: Place, rank: int, number: int, colour: str) -> str:
    distance, angle = place.radius * 0.92 * sqrt((rank + 0.5) / number), rank * _GOLDEN
    x, y = place.x + distance * cos(angle), place.y + distance * sin(angle)
    said = " ".join(text.split())
    hint = f"<title>{_escape(said[:120] + ('…' if len(said) > 120 else ''))}</title>" if said else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{colour}">{hint}</circle>'


def _write_panel(series: Series, periods: Sequence[str], place: tuple[float, float], top: float) -> str:
    x, y = place
    colour = {Direction.RISING: _COLOURS[2], Direction.FALLING: _COLOURS[1]}.get(series.direction, _COLOURS[0])
    bottom = y + 22 + _BARS
    step = _PANEL / max(len(series.shares), 1)
    bars = []
    for number, (period, share, articles) in enumerate(zip(periods, series.shares, series.articles, strict=True)):
        height = _BARS * share / top if top else 0.0
        hint = _escape(f"{period}: {articles} articles, {share:.1%}")
        bars.append(
            f'<rect x="{x + number * step + 1:.1f}" y="{bottom - height:.1f}" width="{max(step - 2, 1):.1f}" '
            f'height="{height:.1f}" fill="{colour}"><title>{hint}</title></rect>'
        )
    name = series.label if len(series.label) <= _TITLE_LETTERS else series.label[: _TITLE_LETTERS - 1] + "…"
    mark = {Direction.RISING: "▲ rising", Direction.FALLING: "▼ falling"}.get(series.direction, "")
    ends = [_write_text(x, bottom + 15, periods[0], "note")] if periods else []
    if len(periods) > 1:
        ends.append(_write_text(x + _PANEL, bottom + 15, periods[-1], "note at the end"))
    number = sum(series.articles)
    total = f"{number} article{'' if number == 1 else 's'}" + (f", {mark}" if mark else "")
    middle = _write_text(x + _PANEL / 2, bottom + 15, total, "note in the middle")
    base = f'<path class="line" d="M{x:.1f} {bottom:.1f}h{_PANEL:.1f}"/>'
    head = _write_text(x, y + 14, name, "head")
    title = f"<title>{_escape(series.label)}</title>"
    return f'<g id="{_escape(series.id)}">{title}{head}{"".join(bars)}{base}{"".join(ends)}{middle}</g>'


def _write_text(x: float, y: float, words: str, look: str = "plain") -> str:
    style, size, weight, anchor = _LOOKS[look]
    return (
        f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-weight="{weight}" '
        f'text-anchor="{anchor}">{_escape(words)}</text>'
    )


def _link(theme_id: str, drawn: str, frame: Frame) -> str:
    return f'<a href="{_escape(frame.link + theme_id)}">{drawn}</a>' if frame.link else drawn


class _Canvas(NamedTuple):
    """What a picture is called, what it says, and its size."""

    title: str
    words: str
    width: float
    height: float


def _write_svg(canvas: _Canvas, parts: Sequence[str], frame: Frame) -> str:
    key = "" if frame.is_alone else canvas.title.lower().replace(" ", "-") + "-"  # of a page there is one of each name
    role = 'role="img"' if frame.is_alone else 'class="drawing" role="group"'  # what is in an image is not told of
    size = (
        f'viewBox="0 0 {canvas.width:.0f} {canvas.height:.0f}" width="{canvas.width:.0f}" height="{canvas.height:.0f}"'
    )
    style = f"<style>{_STYLE}</style>" if frame.is_alone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {role} aria-labelledby="{key}title {key}words">'
        f'<title id="{key}title">{_escape(canvas.title)}</title><desc id="{key}words">{_escape(canvas.words)}</desc>'
        f'{style}<rect class="paper" width="100%" height="100%"/>{"".join(parts)}</svg>\n'
    )


def _escape(words: str) -> str:
    # What XML cannot hold at all is left out.
    return escape("".join(each for each in words if each.isprintable() or each == " "), {'"': "&quot;"})
