"""Marks that may cross, made to nest: a gold file writes them as braces, each within its line.

Extraction marks whatever it finds where it finds it; a claim may begin in the middle of what names an agreement. Of two marks
that cross, the one whose parts still say the same is cut in two: a claim has parts, an agreement has mentions, a name stays
whole.
"""

from collections.abc import Iterable, Sequence

from pipeline.gold.marks import Mark

#: Those that are cut rather than others stand first.
_CUT = "csaxqdfe"


def nest_marks(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """The same marks cut so that any two nest or stand apart, and each stands on one line; blanks at edges are left out.

    Example: ``c1`` over 0-10 and ``a1`` over 5-15 become ``c1`` 0-5 and 5-10 with ``a1`` 5-15 around the second part.
    """
    pieces = {piece for mark in marks for piece in _cut_lines(text, mark)}
    while (crossing := _find_crossing(_order(pieces))) is not None:
        first, second = crossing
        victim, at = (first, second.start) if _weigh(first) <= _weigh(second) else (second, first.end)
        pieces.remove(victim)
        for start, end in ((victim.start, at), (at, victim.end)):
            pieces |= set(_trim(text, victim._replace(start=start, end=end)))
    return _order(pieces)


def write_marks(text: str, marks: Sequence[Mark]) -> str:
    """The text with these marks in it, which nest (:func:`nest_marks`): ``{e1 France} {x1 signed}``."""
    pieces, at, opened = [], 0, list[Mark]()
    for mark in [*_order(marks), None]:
        until = mark.start if mark else len(text)
        while opened and opened[-1].end <= until:
            end = opened.pop().end
            pieces += [text[at:end], "}"]
            at = end
        if mark:
            head = "+".join((mark.key, *mark.flags))
            pieces += [text[at : mark.start], f"{{{head} "]
            at = mark.start
            opened.append(mark)
    return "".join([*pieces, text[at:]])


def _order(marks: Iterable[Mark]) -> list[Mark]:
    """From the left, the longer first; of equal ones a claim around an agreement around an entity."""
    return sorted(marks, key=lambda each: (each.start, -each.end, _weigh(each), each.key))


def _weigh(mark: Mark) -> int:
    return _CUT.index(mark.letter)


def _cut_lines(text: str, mark: Mark) -> Iterable[Mark]:
    start = mark.start
    while start < mark.end:
        stop = text.find("\n", start, mark.end)
        stop = mark.end if stop < 0 else stop
        yield from _trim(text, mark._replace(start=start, end=stop))
        start = stop + 1


def _trim(text: str, mark: Mark) -> Iterable[Mark]:
    """The mark without blanks at its edges; none where nothing but signs is left."""
    words = text[mark.start : mark.end]
    start = mark.start + len(words) - len(words.lstrip())
    if any(character.isalnum() for character in words):
        yield mark._replace(start=start, end=start + len(words.strip()))


def _find_crossing(marks: Sequence[Mark]) -> tuple[Mark, Mark] | None:
    opened: list[Mark] = []
    for mark in marks:
        while opened and opened[-1].end <= mark.start:
            opened.pop()
        for outer in opened:
            if mark.end > outer.end:
                return outer, mark
        opened.append(mark)
    return None
