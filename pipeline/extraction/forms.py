"""Short forms inside one article: what "EDA", "Trump" or "European Forward Land Forces" means after the full name was met.

Looked up in dictionaries, so that a long article with thousands of names stays linear.
"""

import re
from typing import Generic, TypeVar

from pipeline.enumerations import EntityType
from pipeline.extraction.names import head_of

T = TypeVar("T")


class KnownForms(Generic[T]):
    """The names met so far in one article, by every form in which they may come back (filled in order of the text)."""

    def __init__(self) -> None:
        self._by_name: dict[str, T] = {}
        self._by_surname: dict[str, T] = {}
        self._by_initials: dict[str, dict[str, T]] = {}
        self._by_ending: dict[tuple[str, EntityType], tuple[str, T]] = {}

    def add(self, name: str, kind: EntityType, value: T) -> None:
        """Remember a name; the first to bear a name keeps it, the last bearer of a surname is meant by it."""
        self._by_name.setdefault(name, value)
        words = name.split()
        if kind is EntityType.PERSON and len(words) > 1:
            self._by_surname[words[-1]] = value
        if len(words) > 1:
            self._by_initials.setdefault(_initials(name), {}).setdefault(name, value)
            self._by_ending.setdefault((" ".join(words[-2:]), kind), (name, value))

    def find(self, name: str, kind: EntityType) -> T | None:
        """What a name stands for: itself, a person's surname, the initials of one name, or a name that ends alike.

        "EDA" -> European Defence Agency; "Trump" -> Donald Trump; "European Forward Land Forces" -> Forward Land Forces.
        Initials shared by two names give nothing.
        """
        if name in self._by_name:
            return self._by_name[name]
        if name in self._by_surname:
            return self._by_surname[name]
        if 2 <= len(name) <= 8 and name.isupper() and name.isalpha():
            found = self._by_initials.get(name, {})
            return next(iter(found.values())) if len(found) == 1 else None
        return self._find_by_ending(name, kind)

    def _find_by_ending(self, name: str, kind: EntityType) -> T | None:
        words = name.split()
        other, value = self._by_ending.get((" ".join(words[-2:]), kind), ("", None))
        shorter, longer = sorted((words, other.split()), key=len)
        same = len(shorter) >= 2 and longer[-len(shorter) :] == shorter
        return value if same and head_of(name) is not None else None


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())
