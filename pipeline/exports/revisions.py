"""What changed in an article from one revision to the next, paragraph by paragraph and word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from pydantic import AwareDatetime

from pipeline.records import Record
from pipeline.store.revisions import RevisionRow

_FACTS = ("title", "authors", "published", "publisher", "language")
# Two paragraphs that share half of their words are one that was edited; with less, one went and another came.
_EDITED = 0.5
# Old paragraphs that a new one is compared to: of an article that was written anew, all with all would take minutes.
_NEAREST = 10


class Piece(Record):
    """Some words of an edited paragraph, with the blanks after them."""

    kind: Literal["same", "removed", "added"]
    text: str


class Change(Record):
    """A paragraph that was added, removed or edited."""

    kind: Literal["added", "removed", "edited"]
    before: str | None
    after: str | None
    pieces: tuple[Piece, ...] = ()  #: of an edited one, in order: all of before and after


class FactChange(Record):
    """Something that is said about the article, before and now."""

    name: str
    before: str | None
    after: str | None


class Diff(Record):
    """What a revision changed."""

    article_id: str
    revision: int  #: the newer one
    saved_at: AwareDatetime
    facts: tuple[FactChange, ...]
    changes: tuple[Change, ...]


def make_diffs(revisions: Sequence[RevisionRow]) -> list[Diff]:
    """What each revision changed in the one before it, the oldest first; of a single revision there is nothing to tell.

    Example: "signed by 26 states" that becomes "signed by 27 states" is an edited paragraph with the pieces
    ``signed by`` (same), ``26`` (removed), ``27`` (added), ``states`` (same). Blank lines and line ends are no change.
    """
    return [
        Diff(
            article_id=after.article_id,
            revision=after.revision,
            saved_at=after.saved_at,
            facts=tuple(_find_facts(before, after)),
            changes=tuple(_find_changes(_cut(before.text), _cut(after.text))),
        )
        for before, after in pairwise(revisions)
    ]


def _cut(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := each.strip())]


def _find_facts(before: RevisionRow, after: RevisionRow) -> Iterator[FactChange]:
    for name in _FACTS:
        old, new = _say(getattr(before, name)), _say(getattr(after, name))
        if old != new:
            yield FactChange(name=name, before=old, after=new)


def _say(value: str | tuple[str, ...] | None) -> str | None:
    return (", ".join(value) or None) if isinstance(value, tuple) else value


def _find_changes(before: list[str], after: list[str]) -> Iterator[Change]:
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _pair(before[start:end], after[new_start:new_end])


def _pair(before: list[str], after: list[str]) -> Iterator[Change]:
    """The paragraphs of one changed place, each with what became of it."""
    left = list(before)
    for new in after:
        at = next((at for at, old in enumerate(left[:_NEAREST]) if _is_edited(old, new)), None)
        if at is None:
            yield Change(kind="added", before=None, after=new)
            continue
        yield from (Change(kind="removed", before=old, after=None) for old in left[:at])
        yield Change(kind="edited", before=left[at], after=new, pieces=tuple(_find_pieces(left[at], new)))
        left = left[at + 1 :]
    yield from (Change(kind="removed", before=old, after=None) for old in left)


def _is_edited(before: str, after: str) -> bool:
    words = SequenceMatcher(None, before.split(), after.split())
    return words.quick_ratio() >= _EDITED and words.ratio() >= _EDITED


def _find_pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield Piece(kind="same", text="".join(old[start:end]))
            continue
        if start < end:
            yield Piece(kind="removed", text="".join(old[start:end]))
        if new_start < new_end:
            yield Piece(kind="added", text="".join(new[new_start:new_end]))
