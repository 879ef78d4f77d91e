"""What is printed on every page and belongs to none: running heads, feet and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.reading.lines import Line

_EDGE = 3  # lines at the top and at the foot of a page that may be running ones
_LEAST = 2  # pages that a line must stand on
_SHARE = 0.3  # of the pages: heads of left and right pages differ, and chapters have their own
_NUMBER = re.compile(
    r"^\W*(?:page|seite|p\.|pp\.)?\W*(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:of|/|von)\s*\d{1,4})?\W*$", re.IGNORECASE
)

_OUTER_FIGURE = re.compile(r"^\W*(\d{1,4})\b|\b(\d{1,4})\W*$")


def drop_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without page numbers and without the lines that come back at the edge of page after page.

    Lines are compared with their figures put aside: ``12 | Annual report`` is ``13 | Annual report``. Twice is enough for a
    line whose figure grows with the pages. A page number alone is known by its looks, on the first or last line of a page
    (``7``, ``- 7 -``, ``Page 7 of 9``, ``vii``).
    """
    numbered = Counter(found for number, page in enumerate(pages) for found in _find_numbered(number, page))
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    least = max(_LEAST, _SHARE * len(pages))
    running = {key for key, count in counts.items() if count >= least}
    running |= {key for (key, _), count in numbered.items() if count >= _LEAST}
    return [_strip(page, running) for page in pages]


def _find_numbered(number: int, page: Sequence[Line]) -> set[tuple[str, int]]:
    """Lines that start or end with a figure, and how far that is from the place of the page."""
    found = set()
    for line in _edges(page):
        figure = _OUTER_FIGURE.search(line.text)
        if figure:
            found.add((_key(line), int(figure[1] or figure[2]) - number))
    return found


def _strip(page: Sequence[Line], running: set[str]) -> list[Line]:
    edges = {id(line) for line in _edges(page) if _key(line) in running}
    kept = [line for line in page if id(line) not in edges]
    # Only the outermost: a figure elsewhere may be a table's.
    outermost = {id(line) for line in (*kept[:1], *kept[-1:])}
    return [line for line in kept if id(line) not in outermost or not _NUMBER.match(line.text)]


def _edges(page: Sequence[Line]) -> list[Line]:
    """By their place on the page, not by the order they are drawn in: feet are often drawn first."""
    down = sorted(page, key=lambda line: -line.bottom)
    # A page of few lines is all edge; what repeats there may still be text, so its middle is left alone.
    edge = min(_EDGE, max(1, len(down) // 3))
    return down[:edge] + down[-edge:]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.split())).casefold()
