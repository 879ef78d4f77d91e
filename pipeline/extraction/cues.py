"""The cue lexicon as code reads it: which verbs, nouns and adjectives announce what somebody says."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.tokens import Token

from models import load_lexicon
from pipeline.enumerations import ClaimType


@dataclass(frozen=True, slots=True)
class VerbCue:
    """One verb that announces a claim, as ``models/lexicon/claims.toml`` describes it."""

    type: ClaimType | None  #: None: neutral, the content decides
    frames: tuple[str, ...]
    speaker: str  #: which subjects make it a cue: "any", "able" or "study"
    is_negated: bool = False
    prepositions: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def load_verbs() -> dict[str, tuple[VerbCue, ...]]:
    """Every verb of the lexicon, with its particle or preposition, and the ways it is used."""
    verbs: dict[str, list[VerbCue]] = {}
    for row in load_lexicon("claims")["verb"]:
        cue = _read_verb(row)
        for lemma in row["lemmas"]:
            verbs.setdefault(lemma, []).append(cue)
    return {lemma: tuple(cues) for lemma, cues in verbs.items()}


def _read_verb(row: dict[str, Any]) -> VerbCue:
    return VerbCue(
        type=read_type(row["type"]),
        frames=tuple(row["frames"]),
        speaker=row["speaker"],
        is_negated=row.get("negated", False),
        prepositions=frozenset(row.get("prepositions", ())),
    )


def read_type(name: str) -> ClaimType | None:
    """A type of the lexicon; "neutral" leaves it to the content."""
    return None if name == "neutral" else ClaimType(name)


@lru_cache(maxsize=64)
def load_words(table: str, name: str) -> frozenset[str]:
    """One word list of the lexicon as a set: ``load_words("modality", "hedges")``."""
    return frozenset(load_lexicon("claims")[table][name])


@lru_cache(maxsize=4)
def load_types(table: str) -> dict[str, ClaimType | None]:
    """The words of a table of lists by type ("nouns", "adjectives"): warning -> threat_warning."""
    lists = load_lexicon("claims")[table]
    return {word: read_type(name) for name, words in lists.items() for word in words}


def find_verb_cues(token: Token) -> list[tuple[tuple[int, ...], VerbCue]]:
    """The uses of a token as a cue, longest first, with the words of the cue: "called on" before "called"."""
    verbs = load_verbs()
    if token.pos_ not in {"VERB", "AUX"} or token.dep_ == "amod":
        return []
    lemma = token.lemma_.lower()
    found: list[tuple[tuple[int, ...], VerbCue]] = []
    for child in token.children:
        if child.dep_ in {"prt", "prep", "acomp", "oprd", "advmod"} and 0 < child.i - token.i < 4:
            found += [((token.i, child.i), cue) for cue in verbs.get(f"{lemma} {child.lower_}", ())]
    return found + [((token.i,), cue) for cue in verbs.get(lemma, ())]
