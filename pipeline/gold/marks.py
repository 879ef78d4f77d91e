"""Marks in a gold text: ``{e1 France} {x1 signed} {a1 the {e3 Arden Treaty}}`` to plain text and offsets."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.enumerations import MentionFlag
from pipeline.gold.problems import Problem, say_nearest

MARKED = {
    "e": "entity",
    "a": "agreement",
    "x": "act",
    "f": "figure",
    "d": "due date",
    "q": "cue",
    "s": "described speaker",
    "c": "claim",
}

_TOKEN = re.compile(r"\{(?P<head>[^\s{}]*)(?P<gap> ?)|(?P<close>\})")
_HEAD = re.compile(r"(?P<key>[eaxfdqsc][1-9][0-9]*)(?P<flags>(?:\+[^+]*)*)")


class Mark(NamedTuple):
    """Some marked words of a text."""

    key: str  #: "e1"
    flags: tuple[str, ...]
    start: int  #: code points into the plain text, end exclusive
    end: int
    line: int  #: of the gold file, from 1

    @property
    def letter(self) -> str:
        """What sort of thing is marked: a key of :data:`MARKED`."""
        return self.key[0]


class Marked(NamedTuple):
    """A text without its marks, the marks in the order of their ends, and what is wrong with them."""

    text: str
    marks: tuple[Mark, ...]
    problems: tuple[Problem, ...]
    first_line: int  #: of the text in its file


class _Open(NamedTuple):
    head: str
    start: int
    line: int


class _Reader:
    """Reads line after line; what is open at the end of a line is a problem there and is forgotten."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.problems: list[Problem] = []
        self.open: list[_Open] = []

    def read_line(self, content: str, line: int) -> None:
        at = 0
        for token in _TOKEN.finditer(content):
            self._add(content[at : token.start()])
            at = token.end()
            if token["close"]:
                self._close(line)
            else:
                self.open.append(_Open(token["head"], self.length, line))
        self._add(content[at:])
        for left in self.open:
            words = "".join(self.pieces)[left.start :][:40]
            self._complain(
                line,
                f'the mark "{{{left.head} {words} …" has no closing brace on its line; '
                "a mark ends where its line ends: close it, and mark the rest again with the same id",
            )
        self.open.clear()
        self._add("\n")

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _close(self, line: int) -> None:
        if not self.open:
            before = "".join(self.pieces)[-40:]
            self._complain(
                line, f'a closing brace without an opening one behind "{before}"; take it away or open a mark'
            )
            return
        mark = self.open.pop()
        words = "".join(self.pieces)[mark.start :]
        head = _HEAD.fullmatch(mark.head)
        if head is None:
            self._complain(line, f'"{{{mark.head} {words}}}" bears no id; write {{e1 words}}, {_say_letters()}')
        elif not words or words != words.strip():
            self._complain(
                line,
                f"the mark {mark.head} has {'blanks at its edge' if words else 'no words'}; "
                "a mark begins and ends with its own words",
            )
        else:
            flags = tuple(head["flags"].split("+")[1:])
            self._check_flags(head["key"], flags, line)
            self.marks.append(Mark(head["key"], flags, mark.start, self.length, line))

    def _check_flags(self, key: str, flags: tuple[str, ...], line: int) -> None:
        if flags and key[0] != "e":
            self._complain(line, f"{key} has flags (+{'+'.join(flags)}); only entities have them: take them away")
            return
        for flag in flags:
            if flag not in set(MentionFlag):
                self._complain(line, f'{key} has the unknown flag "{flag}"{say_nearest(flag, MentionFlag)}')

    def _complain(self, line: int, text: str) -> None:
        self.problems.append(Problem(line, text))


def read_marks(lines: Sequence[str], *, first_line: int) -> Marked:
    """The plain text of marked lines, and where each mark stands in it.

    A mark is ``{ID words}`` or ``{ID+flag words}``, nested as deep as need be, and ends on its own line. The same id
    again is another mention, or another part of a claim.

    Args:
        lines: the lines of the text, without their ends.
        first_line: the number of the first of them in its file.
    """
    reader = _Reader()
    for number, content in enumerate(lines, start=first_line):
        reader.read_line(content, number)
    return Marked("".join(reader.pieces), tuple(reader.marks), tuple(reader.problems), first_line)


def _say_letters() -> str:
    return "the letter is " + ", ".join(f"{letter} {name}" for letter, name in MARKED.items())
