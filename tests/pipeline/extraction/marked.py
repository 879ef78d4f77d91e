"""Sentences with their answers marked inside them, so that tests read as tables.

    text, marks = read_marked('<speaker name="Donald Tusk">Tusk</speaker> said <content type=prediction>it will hold</content>.')

A mark is ``<name key=value key="two words">words</name>``; marks may be nested. ``text`` is the sentence without them, and each
:class:`Mark` has its offsets there. A "<" that begins no such tag is plain text.
"""

import re
from dataclasses import dataclass, field

_TAG = re.compile(r"<(?P<end>/)?(?P<name>[a-z_]+)(?P<attrs>(?:\s+[a-z_]+=(?:\"[^\"]*\"|[^\s\">]+))*)\s*>")
_ATTR = re.compile(r"([a-z_]+)=(?:\"([^\"]*)\"|([^\s\">]+))")


@dataclass(frozen=True)
class Mark:
    name: str
    start: int
    end: int
    text: str
    attrs: dict[str, str] = field(default_factory=dict)


def read_marked(marked: str) -> tuple[str, list[Mark]]:
    """The plain text and its marks in the order in which they open; ValueError where tags do not match."""
    text, last = "", 0
    opened: list[tuple[int, str, int, dict[str, str]]] = []
    marks: dict[int, Mark] = {}
    count = 0
    for tag in _TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        if tag["end"]:
            if not opened or opened[-1][1] != tag["name"]:
                raise ValueError(f"</{tag['name']}> closes nothing in {marked!r}")
            order, name, start, attrs = opened.pop()
            marks[order] = Mark(name, start, len(text), text[start:], attrs)
        else:
            attrs = {key: quoted or bare for key, quoted, bare in _ATTR.findall(tag["attrs"])}
            opened.append((count, tag["name"], len(text), attrs))
            count += 1
    if opened:
        raise ValueError(f"<{opened[-1][1]}> is not closed in {marked!r}")
    return text + marked[last:], [marks[order] for order in sorted(marks)]
