"""Where themes stand on their map: like near like, and no name on another. Needs their centres alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import pi, sqrt
from textwrap import wrap
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

_WIDTH, _HEIGHT = 1000.0, 700.0
_COVERED = 0.22  # of the map's area by circles: names and gaps need the rest
NAME_SIZE = 13.0  #: height of a name's letters
_NAME_LINE = 22  # letters in a line
_CHARACTER = 0.62  # mean width of a bold letter, of its height: with .56 names touched in DejaVu Sans
_ROUNDS = 400  # of pushing apart at most: it ends where all lie apart


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


@dataclass(slots=True)
class Place:
    """Where a theme's circle and name stand."""

    x: float
    y: float
    radius: float
    lines: list[str]

    @property
    def width(self) -> float:
        """Of the circle or the name, whichever is wider."""
        return max(2 * self.radius, max((len(line) for line in self.lines), default=0) * NAME_SIZE * _CHARACTER)

    @property
    def height(self) -> float:
        """Of the circle and the name below it."""
        return 2 * self.radius + len(self.lines) * NAME_SIZE * 1.2 + 6


def find_places(themes: Sequence[MapTheme]) -> list[Place]:
    """Where these themes stand, all within a picture whose head is 60 units high.

    Places are the two main directions in which the themes' centres differ (principal components), pushed apart until no name
    lies on another.
    """
    places = _find_first_places(themes)
    _push_apart(places)
    dx, dy = 20 - min(p.x - p.width / 2 for p in places), 60 - min(p.y - p.radius for p in places)
    for place in places:
        place.x, place.y = place.x + dx, place.y + dy
    return places


def _find_first_places(themes: Sequence[MapTheme]) -> list[Place]:
    centers = np.stack([np.asarray(each.center, dtype=np.float64) for each in themes])
    flat = _project(centers)
    total = sum(each.size for each in themes)
    scale = sqrt(_WIDTH * _HEIGHT * _COVERED / pi / max(total, 1))
    return [
        Place(
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


def _push_apart(places: Sequence[Place]) -> None:
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


def _middle(place: Place) -> float:
    return place.y - place.radius + place.height / 2
