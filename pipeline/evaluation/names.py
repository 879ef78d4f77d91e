"""When two names mean the same: the rules by which found names are compared with marked ones."""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pipeline.records import normalise

# Words that say nothing of which agreement is meant.
_EMPTY = frozenset({"the", "a", "an", "of", "on", "for", "and", "in", "to", "new", "s", "its", "with", "between"})

# "Harrowgate Treaty" and "Harrowgate Defence Treaty" share 2 of 3 words; below 0.6 mere neighbours ("Paris Agreement",
# "Paris Declaration": 1 of 3) would come in. A single word in common is never enough.
_LEAST_SHARE = 0.6
_LEAST_WORDS = 2


def fold_name(name: str | None) -> str:
    """A name as it is compared: small ASCII letters and digits, single blanks, no leading "the"."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", normalise(name or "")).split())


def find_actor(name: str | None) -> str:
    """The one name an actor is compared by: ``UK``, ``Britain`` and ``Great Britain`` are ``united kingdom``."""
    names, codes = _load_actors()
    if name and name.strip() in codes:
        return codes[name.strip()]
    folded = fold_name(name)
    return names.get(folded, folded)


def find_words(name: str | None) -> frozenset[str]:
    """The words of a name that say something."""
    return frozenset(fold_name(name).split()) - _EMPTY


def is_same_agreement(names: Iterable[str], found: str | None) -> bool:
    """Whether a found name is one of an agreement's names: the same words, or most of two or more."""
    return bool(found) and any(_is_same(name, str(found)) for name in names if name)


def _is_same(name: str, found: str) -> bool:
    if fold_name(name) == fold_name(found):
        return True
    ours, theirs = find_words(name), find_words(found)
    if min(len(ours), len(theirs)) < _LEAST_WORDS:
        return False
    return len(ours & theirs) / len(ours | theirs) >= _LEAST_SHARE


def is_same_speaker(name: str, found: str) -> bool:
    """Whether a found speaker is a marked one: the same actor, or one name's words within the other's."""
    if find_actor(name) == find_actor(found):
        return True
    ours, theirs = find_words(name), find_words(found)
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


@lru_cache(maxsize=1)
def _load_actors() -> tuple[dict[str, str], dict[str, str]]:
    table = tomllib.loads((Path(__file__).parent / "actors.toml").read_text("utf-8"))
    return {other: name for name, others in table["names"].items() for other in others}, table["codes"]
