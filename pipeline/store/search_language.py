"""What a person types into a search: words, "phrases", begin*, -without, one OR other. Nothing typed is an error.

A text is cut into words as the index cuts it: runs of letters and digits, accents taken off, "long-range" two words
and "U.S." one ("US").
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

# Nobody types so much; what is longer was pasted, and its first words say what it is about.
_MOST_CHARACTERS = 1_000
_MOST_TERMS = 32  # more have to hold all at once, which no article does
# Of one or two letters thousands of words begin, and the index would read the places of them all.
_SHORTEST_PREFIX = 3

_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_INITIALS = re.compile(r"\b([A-Za-z])\.([A-Za-z])\b\.?")
_PLAIN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"\b[A-Za-z]\.[A-Za-z]\b\.?|[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_QUOTES = str.maketrans("“”„«»‟", '""""""')
_TERM = re.compile(r'(?P<minus>[-−–]*)"(?P<phrase>[^"]*)"|(?P<other>[^\s"]+|")')


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several that stand side by side: ``("long", "range")``; of the last one only its beginning if wanted."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for: of each group one term at least, of all groups."""

    groups: tuple[tuple[Term, ...], ...] = ()
    notes: tuple[str, ...] = ()  #: what was left out, for a person

    @property
    def terms(self) -> list[Term]:
        """All terms that are looked for, without those that must not be there."""
        return [term for group in self.groups for term in group if not term.is_negated]


class Word(NamedTuple):
    """A word of a text as it is compared, and where it stands."""

    start: int
    end: int
    folded: str


def parse_question(typed: str) -> Question:
    """What a person searches for.

    Forms: ``nuclear deterrence`` (both words, in any form and order), ``"long-range strike"`` (side by side),
    ``deterr*``, ``-France`` and ``-"joint declaration"``, ``Norland OR Sudland``. A quote that does not end, a lone
    minus, a star in front and whatever else is no term is left out.
    """
    notes = []
    clean = "".join(c if c.isprintable() else " " for c in typed[: _MOST_CHARACTERS + 1]).translate(_QUOTES)
    if len(typed) > _MOST_CHARACTERS:
        notes.append(f"Only the first {_MOST_CHARACTERS:,} characters were searched for.")
        clean = clean[:_MOST_CHARACTERS]
    groups = list(_find_groups(clean, notes))
    if len(groups) > _MOST_TERMS:
        notes.append(f"Only the first {_MOST_TERMS} words were searched for.")
    return Question(groups=tuple(groups[:_MOST_TERMS]), notes=tuple(dict.fromkeys(notes)))


def find_words(text: str) -> list[Word]:
    """The words of a text, in its order; ``text[word.start:word.end]`` is how it is written there."""
    folded = _Folded()
    return [Word(*found.span(), folded[found[0]]) for found in _WORD.finditer(text)]


class _Folded(dict[str, str]):
    """Words as they are compared, by how they are written: each is folded once."""

    def __missing__(self, written: str) -> str:
        self[written] = found = _fold_word(written)
        return found


def _fold_word(written: str) -> str:
    # Nearly all words are plain letters, which folding leaves alone: it is two thirds of the cost.
    is_plain = written.isascii() and written.isalnum()
    return (written if is_plain else "".join(_PLAIN.findall(_fold(written)))).lower()


def split_words(text: str) -> tuple[str, ...]:
    """The words of what is searched for, as they are compared: ``"U.S. long-range"`` is ("us", "long", "range")."""
    return tuple(word.lower() for word in _PLAIN.findall(_fold(text)))


def _find_groups(typed: str, notes: list[str]) -> Iterator[tuple[Term, ...]]:
    pending: list[Term] = []
    joins = False
    for token in _TERM.finditer(typed):
        if token["other"] in {"OR", "|"}:
            joins = bool(pending)
            continue
        if (term := _make_term(token, notes)) is None:
            continue
        if pending and not joins:
            yield _make_group(pending)
            pending = []
        pending.append(term)
        joins = False
    if pending:
        yield _make_group(pending)


def _make_group(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


def _make_term(token: re.Match[str], notes: list[str]) -> Term | None:
    if token["phrase"] is not None:
        words = split_words(token["phrase"])
        return Term(words, is_negated=bool(token["minus"])) if words else None
    typed = token["other"]
    words = split_words(typed)
    if not words:
        return None
    is_negated = typed[0] in "-−–"  # "–" too: editors make it of a minus
    is_prefix = typed.endswith("*")
    if is_prefix and len(words[-1]) < _SHORTEST_PREFIX:
        notes.append(f"A beginning needs {_SHORTEST_PREFIX} letters: {words[-1]}* was searched for as a word.")
        is_prefix = False
    return Term(words, is_prefix=is_prefix, is_negated=is_negated)


def _fold(text: str) -> str:
    return _INITIALS.sub(r"\1\2", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
