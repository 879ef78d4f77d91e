"""Changing the places that a record stands on: one more, another in the place of one, one less. Pure; places are JSON."""

import re
from typing import Any

from pipeline.errors import InputError
from pipeline.records import Span
from pipeline.review.fields import PLACES, find_sort
from pipeline.store.reading import ReadRecord

# More places of the same words than a person would look through: a name may stand in every line of a long text.
MOST_SAME = 200


def load_places(read: ReadRecord) -> list[dict[str, Any]]:
    """The places of a record as they are kept: a person's, else the machine's; a mention with its flags."""
    field = PLACES[find_sort(read.record.id)]
    if read.standing and field in read.standing.fields:
        return list(read.standing.fields[field])
    return [each.model_dump(mode="json") for each in getattr(read.record, field)]


def add_place(places: list[dict[str, Any]], place: Span) -> list[dict[str, Any]]:
    """With one place more, in the order of the text.

    Raises:
        InputError: it is there already.
    """
    if any((each["start"], each["end"]) == (place.start, place.end) for each in places):
        raise InputError(f"“{place.text}” is marked there already.")
    return _sort([*places, place.model_dump(mode="json")])


def replace_place(places: list[dict[str, Any]], index: int, place: Span) -> list[dict[str, Any]]:
    """With another place instead of one; what was noted of it (its flags) stays."""
    old = _at(places, index)
    return _sort([each | place.model_dump() if each is old else each for each in places])


def remove_place(places: list[dict[str, Any]], index: int) -> list[dict[str, Any]]:
    """Without one of its places.

    Raises:
        InputError: it is the only one.
    """
    old = _at(places, index)
    if len(places) == 1:
        raise InputError(f"“{old['text']}” is the only place that it stands on: reject the record instead.")
    return [each for each in places if each is not old]


def find_words(text: str, words: str, *, near: int = 0) -> Span:
    """Where words stand in a text, nearest to a place; blanks are as wide as they are in the text.

    Raises:
        InputError: they do not stand there.
    """
    found = list_same(text, words)
    if not found:
        raise InputError(f"“{words.strip()[:80]}” does not stand in the article.")
    return min(found, key=lambda each: abs(each.start - near))


def list_same(text: str, words: str) -> list[Span]:
    """All places of the same words as whole words, so many at most.

    Example::

        list_same("art, party, art", "art")  # the first and the last
    """
    parts = [re.escape(each) for each in words.split()]
    if not parts:
        return []
    pattern = r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"
    found = []
    for each in re.finditer(pattern, text):
        found.append(Span(start=each.start(), end=each.end(), text=each.group()))
        if len(found) == MOST_SAME:
            break
    return found


def take_span(text: str, start: int, end: int) -> Span:
    """The words between two places, without the blanks around them.

    Raises:
        InputError: there are none.
    """
    words = text[max(start, 0) : max(end, 0)]
    kept = words.strip()
    if not kept:
        raise InputError("Mark some words first.")
    begin = max(start, 0) + len(words) - len(words.lstrip())
    return Span(start=begin, end=begin + len(kept), text=kept)


def _at(places: list[dict[str, Any]], index: int) -> dict[str, Any]:
    if not 0 <= index < len(places):
        raise InputError("This place is not there any more: somebody changed the record meanwhile. Look at it again.")
    return places[index]


def _sort(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(places, key=lambda each: (each["start"], each["end"]))
