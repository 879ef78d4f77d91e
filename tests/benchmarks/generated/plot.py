"""The growth of what questions cost with the size of the store: a small SVG, both axes logarithmic."""

import math
from collections.abc import Sequence
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 770, 400, 70, 230, 20, 46
_LINES = {
    "register": "#1b6ca8",
    "search": "#b8432f",
    "save an article": "#2f7d4f",
    "link and refresh its rows": "#8a6d1d",
    "link the entities of 20 articles": "#6a4c93",
    "page of a row": "#4a4a4a",
    "page of an entity (top 50)": "#c2185b",
    "changes since a day": "#00838f",
}


def draw_growth(measured: Sequence[dict[str, Any]]) -> str:
    """What each sort of question takes of CPU, caller and database together, at each size that was measured.

    Not the time that passes: sizes are measured hours apart, on machines that do other things too.
    """
    ordered = sorted(measured, key=lambda each: each["articles"])
    sizes = [each["articles"] for each in ordered]
    figures = {name: [_sum(each["milliseconds"].get(name)) for each in ordered] for name in _LINES}
    known = [value for values in figures.values() for value in values if value]
    low, high = math.floor(math.log10(min(known))), math.ceil(math.log10(max(known)))
    first, last = math.log10(sizes[0]), max(math.log10(sizes[-1]), math.log10(sizes[0]) + 0.1)

    def x(size: float) -> float:
        return _LEFT + (math.log10(size) - first) / (last - first) * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _TOP + (high - math.log10(value)) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
    ]
    for power in range(low, high + 1):
        parts.append(_draw_line(_LEFT, y(10**power), _WIDTH - _RIGHT, y(10**power)))
        parts.append(f'<text x="{_LEFT - 6}" y="{y(10**power) + 4:.1f}" text-anchor="end">{10**power:g} ms</text>')
    for size in sizes:
        parts.append(_draw_line(x(size), _TOP, x(size), _HEIGHT - _BOTTOM))
        parts.append(f'<text x="{x(size):.1f}" y="{_HEIGHT - 26}" text-anchor="middle">{size:,}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(
        f'<text x="{middle}" y="{_HEIGHT - 8}" text-anchor="middle">articles in the store (CPU, caller and database, mean)</text>'
    )
    places = _spread({name: y(values[-1]) for name, values in figures.items() if values[-1]})
    for name, values in figures.items():
        points = [(x(size), y(value)) for size, value in zip(sizes, values, strict=True) if value]
        drawn = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
        parts.append(f'<polyline points="{drawn}" fill="none" stroke="{_LINES[name]}" stroke-width="2"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{d:.1f}" r="3" fill="{_LINES[name]}"/>' for a, d in points]
        if name in places:
            at = f'x="{_WIDTH - _RIGHT + 10}" y="{places[name] + 4:.1f}"'
            parts.append(f'<text {at} fill="{_LINES[name]}">{name} {values[-1]:.0f}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _sum(figure: dict[str, Any] | None) -> float | None:
    return figure["client"] + figure["server"] if figure else None


def _draw_line(*ends: float) -> str:
    one, over, other, under = ends
    return f'<line x1="{one:.1f}" y1="{over:.1f}" x2="{other:.1f}" y2="{under:.1f}" stroke="#ddd"/>'


def _spread(places: dict[str, float], gap: float = 15) -> dict[str, float]:
    """Labels that stand apart, in their order from the top."""
    spread: dict[str, float] = {}
    last = -gap
    for name, place in sorted(places.items(), key=lambda each: each[1]):
        last = max(place, last + gap)
        spread[name] = last
    return spread
