"""Words as linking compares them: stems, with the actors among them as one token each, however they are written.

"the French-German treaties of Aachen" and "Treaty of Aachen (Germany, France)" have ``=france``, ``=germany``, ``treaty``
and ``aachen`` in common. Rough on purpose: a stem is the first seven letters of a singular.
"""

import math
import re
from functools import lru_cache

import models
from pipeline.enumerations import EntityType
from pipeline.records import normalise

ACTOR = "="  #: what an actor's token begins with
KNOWN = "#"  #: what the folded name of a known body or coalition begins with
_STEM = 7  # letters: "operation" and "operational" meet; at five "commission", "committee" and "common" would nearly
_SHORT = 4  # letters: below it nothing is taken off: "gas", "aid"
_LONGEST = 6  # words of a name in the gazetteer that are looked for
_ACTORS = {EntityType.STATE, EntityType.ORG, EntityType.ALLIANCE_BLOC}
# Adjectives that are something else more often than a nation where case is not looked at.
_NO_ACTORS = {"polish", "us"}
_WORD = re.compile(r"[^\W_]+")


def find_words(text: str | None) -> tuple[str, ...]:
    """The words of a text that say something: actors' tokens (``=united kingdom``) and stems, in their order."""
    empty = _load_empty()
    return tuple(
        word if word.startswith(ACTOR) else _stem(word) for word in _find_tokens(text or "") if word not in empty
    )


def find_actor(name: str) -> str:
    """The token of an actor: ``UK`` and ``Great Britain`` are ``=united kingdom``; an unknown one is its own name."""
    tokens = _find_tokens(name)
    return tokens[0] if len(tokens) == 1 and tokens[0].startswith(ACTOR) else ACTOR + normalise(name)


def fold_name(name: str | None) -> str:
    """A proper name as it is compared: the order of its words does not count ("Treaty of Aachen", "Aachen Treaty")."""
    known = _load_documents().get(normalise(name or ""))
    words = set(find_words(known or name))
    if known and not any(map(is_particular, words)):
        return KNOWN + " ".join(sorted(words))  # general words, and still the name of one: a regional partnership
    if len(words) == 1 and (word := next(iter(words))).startswith(ACTOR):
        return KNOWN + word[1:]  # an agreement that is an actor too: a coalition, a joint force
    return " ".join(sorted(words))


def is_particular(word: str) -> bool:
    """Whether a stem is no actor, no number and none of the general words that sorts of agreements are called by."""
    return not word.startswith(ACTOR) and not word.isdigit() and word not in _load_general()


@lru_cache(maxsize=65536)
def find_rarity(word: str) -> float:
    """How much a stem says: 1 for one that no training article has, 0 for one that all have."""
    articles, known = _load_known()
    return math.log((articles + 1) / (known.get(word, 0) + 1)) / math.log(articles + 1)


def forget_rarity() -> None:
    """Have how rare words are read again: training has counted them anew."""
    _load_known.cache_clear()
    find_rarity.cache_clear()


@lru_cache(maxsize=16384)
def _find_tokens(text: str) -> tuple[str, ...]:
    names, acronyms = _load_actors()
    words = _WORD.findall(re.sub(r"[’']s\b", "", text))
    folded = [normalise(word) for word in words]
    found, at = [], 0
    while at < len(words):
        token, width = _find_name(folded, at, names)
        if token is None or words[at] in acronyms:
            token, width = acronyms.get(words[at], folded[at]), 1
        found.append(token)
        at += width
    return tuple(each for each in found if each)


def _find_name(folded: list[str], at: int, names: dict[tuple[str, ...], str]) -> tuple[str | None, int]:
    """The longest actor's name that begins here, and how many words it has."""
    for width in range(min(_LONGEST, len(folded) - at), 0, -1):
        if token := names.get(tuple(folded[at : at + width])):
            return token, width
    return None, 1


def _stem(word: str) -> str:
    if word.isdigit() or len(word) < _SHORT:
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("es") and word[-3] in "sxzh":
        word = word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return _load_synonyms().get(word, word)[:_STEM]


@lru_cache(maxsize=1)
def _load_actors() -> tuple[dict[tuple[str, ...], str], dict[str, str]]:
    names: dict[tuple[str, ...], str] = {}
    acronyms: dict[str, str] = {}
    for entry in models.load_gazetteer():
        if entry.type not in _ACTORS or entry.context:
            continue
        token = ACTOR + normalise(entry.canonical)
        ends = [prefix.rstrip("-") for prefix in entry.prefixes]
        for name in (entry.canonical, *entry.names, *entry.adjectives, *entry.demonyms, *ends):
            if (folded := normalise(name)) not in _NO_ACTORS:
                names.setdefault(tuple(folded.split()), token)
        for acronym in entry.acronyms:
            acronyms.setdefault(acronym, token)
    return names, acronyms


@lru_cache(maxsize=1)
def _load_documents() -> dict[str, str]:
    """The one name of what is no actor: "Aachen Treaty" of "Treaty of Aachen", "ABM Treaty" of its long name."""
    found: dict[str, str] = {}
    for entry in models.load_gazetteer():
        if entry.type not in _ACTORS and entry.type is not EntityType.PLACE and not entry.context:
            for name in entry.names:
                found.setdefault(normalise(name), entry.canonical)
    return found


@lru_cache(maxsize=1)
def load_places() -> frozenset[str]:
    """The stems of the known places and capitals that are called by one word: "paris", "kyiv"."""
    entries = models.load_gazetteer()
    names = [name for entry in entries if entry.type is EntityType.PLACE for name in entry.names]
    seats = [seat for entry in entries for seat in entry.seats]
    return frozenset(_stem(normalise(name)) for name in (*names, *seats) if " " not in name)


@lru_cache(maxsize=1)
def _load_empty() -> frozenset[str]:
    return frozenset(models.load_linking("words")["empty"])


@lru_cache(maxsize=1)
def _load_general() -> frozenset[str]:
    return frozenset(_stem(word) for word in models.load_linking("words")["general"])


@lru_cache(maxsize=1)
def _load_synonyms() -> dict[str, str]:
    return {word: head for head, words in models.load_linking("words")["synonyms"].items() for word in words}


@lru_cache(maxsize=1)
def _load_known() -> tuple[int, dict[str, int]]:
    found = models.load_linking("weights")
    return found["articles"], found["frequencies"]
