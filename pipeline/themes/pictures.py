"""Pictures of themes as SVG files that stand alone: a map of them, and their share over time.

No script, no font and no picture from elsewhere; texts are texts (a screen reader reads title and description); colours follow
the reader's light or dark scheme. The same themes give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, pi, sin, sqrt
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from pipeline.themes.trends import Direction

Floats = NDArray[np.floating[Any]]

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
_CHARACTER = 0.62  # mean width of a bold letter, of its height: with .56 names touched in DejaVu Sans

_MOST_ON_MAP = 40  # more names cannot be told apart on one page
_WIDTH, _HEIGHT = 1000.0, 700.0
_COVERED = 0.22  # of the map's area by circles: names and gaps need the rest
_GOLDEN = pi * (3 - sqrt(5))  # the angle by which a sunflower sets its seeds: no two lie on one line
_NAME_SIZE, _NAME_LINE = 13.0, 22  # height of a name's letters; letters in a line
_ROUNDS = 400  # of pushing apart at most: it ends where all lie apart

_COLUMNS, _PANEL, _PANEL_HEIGHT, _GAP = 3, 300.0, 120.0, 26.0
_MOST_PANELS = 30
_BARS = 56.0  # height of the bars in a panel
_TITLE_LETTERS = 38


@dataclass(frozen=True, slots=True, eq=False)
class MapTheme:
    """A theme on the map."""

    id: str
    label: str
    size: int
    center: Floats
    vectors: Floats  #: of a sample of its members; shape (n, dimensions)
    texts: tuple[str, ...]  #: what they say, one for each; shown when pointed at
    broad_id: str  #: themes of one broad group have one colour


@dataclass(frozen=True, slots=True)
class Series:
    """A theme's share of the articles of each period."""

    id: str
    label: str
    shares: tuple[float, ...]
    articles: tuple[int, ...]
    direction: Direction


@dataclass(slots=True)
class _Place:
    """Where a theme's circle and name stand."""

    x: float
    y: float
    radius: float
    lines: list[str]

    @property
    def width(self) -> float:
        return max(2 * self.radius, max((len(line) for line in self.lines), default=0) * _NAME_SIZE * _CHARACTER)

    @property
    def height(self) -> float:
        return 2 * self.radius + len(self.lines) * _NAME_SIZE * 1.2 + 6


def draw_map(themes: Sequence[MapTheme]) -> str:
    """The map of themes: like lies near like, a circle's area is the theme's size, each dot one of its passages or claims.

    Places are the two main directions in which the themes' centres differ (principal components), pushed apart until no name
    lies on another. In a circle the dots nearest to its middle are nearest to the theme's centre.
    """
    shown = sorted(themes, key=lambda each: (-each.size, each.id))[:_MOST_ON_MAP]
    left = len(themes) - len(shown)
    what = f"{len(shown)} themes" + (f"; {left} smaller ones are left out" if left else "")
    if not shown:
        return _write_svg("Map of themes", "There are no themes yet.", 400, 80, [_write_text(20, 45, "No themes yet.")])
    places = _find_places(shown)
    _push_apart(places)
    dx, dy = 20 - min(p.x - p.width / 2 for p in places), 60 - min(p.y - p.radius for p in places)
    for place in places:
        place.x, place.y = place.x + dx, place.y + dy
    colours = _find_colours([each.broad_id for each in shown])
    parts = [_write_text(20, 32, "Map of themes", "title")]
    parts += [_write_theme(each, place, colours[each.broad_id]) for each, place in zip(shown, places, strict=True)]
    width = max(p.x + p.width / 2 for p in places) + 20
    height = max(p.y - p.radius + p.height for p in places) + 20
    words = (
        f"{what}. Like lies near like; a circle's area is the number of passages and claims; each dot is one of them."
    )
    return _write_svg("Map of themes", words, max(width, 220), height, parts)


def draw_over_time(series: Sequence[Series], periods: Sequence[str], *, unit: str = "week") -> str:
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
        parts.append(_write_panel(each, periods, x, y, top))
    width = 40 + _COLUMNS * _PANEL + (_COLUMNS - 1) * _GAP
    left = len(series) - len(shown)
    what = f"{len(shown)} themes, their share of the articles of each {unit}" + (f"; {left} left out" if left else "")
    return _write_svg("Themes over time", what + ".", width, 86 + max(rows, 1) * (_PANEL_HEIGHT + 10), parts)


def _find_places(themes: Sequence[MapTheme]) -> list[_Place]:
    centers = np.stack([np.asarray(each.center, dtype=np.float64) for each in themes])
    flat = _project(centers)
    total = sum(each.size for each in themes)
    scale = sqrt(_WIDTH * _HEIGHT * _COVERED / pi / max(total, 1))
    return [
        _Place(
            x=float(x) * _WIDTH / 2,
            y=float(y) * _HEIGHT / 2,
            radius=max(10.0, scale * sqrt(each.size)),
            lines=wrap(each.label, _NAME_LINE, max_lines=2, placeholder="…") or [each.id],
        )
        for each, (x, y) in zip(themes, flat, strict=True)
    ]


def _project(rows: Floats) -> Floats:
    """Two coordinates of each row, from -1 to 1: its principal components, with signs that do not depend on the machine."""
    middle = rows - rows.mean(axis=0)
    left, values, _ = np.linalg.svd(middle, full_matrices=False)
    flat = np.zeros((len(rows), 2))
    kept = min(2, left.shape[1])
    flat[:, :kept] = left[:, :kept] * values[:kept]
    for column in range(2):
        largest = np.abs(flat[:, column]).argmax()
        flat[:, column] *= -1 if flat[largest, column] < 0 else 1
    # Seven digits: two machines differ in the last ones.
    return np.asarray(np.round(flat / max(float(np.abs(flat).max()), 1e-9), 7))


def _push_apart(places: Sequence[_Place]) -> None:
    gap = 14.0
    for _ in range(_ROUNDS):
        is_moved = False
        for one, other in combinations(places, 2):
            dx, dy = other.x - one.x, _middle(other) - _middle(one)
            over_x = (one.width + other.width) / 2 + gap - abs(dx)
            over_y = (one.height + other.height) / 2 + gap - abs(dy)
            if over_x <= 0.01 or over_y <= 0.01:
                continue
            is_moved = True
            if over_x < over_y:
                step = over_x / 2 if dx >= 0 else -over_x / 2
                one.x, other.x = one.x - step, other.x + step
            else:
                step = over_y / 2 if dy >= 0 else -over_y / 2
                one.y, other.y = one.y - step, other.y + step
        if not is_moved:
            return


def _middle(place: _Place) -> float:
    return place.y - place.radius + place.height / 2


def _find_colours(broad_ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in broad_ids:  # the largest first, so that the largest groups have colours of their own
        found.setdefault(each, _COLOURS[len(found) % len(_COLOURS)])
    return found


def _write_theme(theme: MapTheme, place: _Place, colour: str) -> str:
    ring = (
        f'<circle cx="{place.x:.1f}" cy="{place.y:.1f}" r="{place.radius:.1f}" fill="{colour}" fill-opacity=".13" '
        f'stroke="{colour}"><title>{_escape(f"{theme.label}: {theme.size:,} passages and claims")}</title></circle>'
    )
    nearness = np.round(theme.vectors @ theme.center, 6)
    order = np.argsort(-nearness, kind="stable").tolist()
    dots = [_write_dot(theme.texts[row], place, rank, len(order), colour) for rank, row in enumerate(order)]
    below = place.y + place.radius
    names = [
        _write_text(place.x, below + _NAME_SIZE * 1.2 * (row + 1), line, "name") for row, line in enumerate(place.lines)
    ]
    return f'<g id="{_escape(theme.id)}">{ring}{"".join(dots)}{"".join(names)}</g>'


def _write_dot(text: str, place: _Place, rank: int, number: int, colour: str) -> str:
    distance, angle = place.radius * 0.92 * sqrt((rank + 0.5) / number), rank * _GOLDEN
    x, y = place.x + distance * cos(angle), place.y + distance * sin(angle)
    said = " ".join(text.split())
    hint = f"<title>{_escape(said[:120] + ('…' if len(said) > 120 else ''))}</title>" if said else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{colour}">{hint}</circle>'


def _write_panel(series: Series, periods: Sequence[str], x: float, y: float, top: float) -> str:
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
    total = f"{sum(series.articles)} articles" + (f", {mark}" if mark else "")
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


def _write_svg(title: str, words: str, width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" aria-labelledby="title words">'
        f'<title id="title">{_escape(title)}</title><desc id="words">{_escape(words)}</desc>'
        f'<style>{_STYLE}</style><rect class="paper" width="100%" height="100%"/>{"".join(parts)}</svg>\n'
    )


def _escape(words: str) -> str:
    # What XML cannot hold at all is left out.
    return escape("".join(each for each in words if each.isprintable() or each == " "), {'"': "&quot;"})
