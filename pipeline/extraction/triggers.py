"""The nouns that stand for agreements, as the lexicon has them (models/lexicon/agreements.toml)."""

from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

import models
from pipeline.enumerations import AgreementKind


@dataclass(frozen=True)
class Trigger:
    """One group of nouns: the kind they mean and what a mention must have beside the noun."""

    kind: AgreementKind
    needs: str
    modifiers: frozenset[str]
    alone: frozenset[str]


@lru_cache(maxsize=1)
def _triggers() -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, tuple[Trigger, ...]] = {}
    for row in models.load_lexicon("agreements")["trigger"]:
        kind, modifiers = AgreementKind(row["kind"]), frozenset(row.get("modifiers", ()))
        trigger = Trigger(kind, row["needs"], modifiers, frozenset(row.get("alone", ())))
        for noun in row["nouns"]:
            found[noun] = (*found.get(noun, ()), trigger)
    return found


@lru_cache(maxsize=1)
def generic_words() -> frozenset[str]:
    """Determiners that make a mention generic: "any deal", "similar agreements"."""
    return frozenset(models.load_lexicon("agreements")["generic"]["words"])


@lru_cache(maxsize=1)
def vague_words() -> frozenset[str]:
    """Adjectives that do not say which one is meant: "a new agreement"."""
    return frozenset(models.load_lexicon("agreements")["generic"]["vague"])


@lru_cache(maxsize=1)
def actors_only() -> frozenset[str]:
    """Named actors that are no rows of a register (NATO, the EU, ...)."""
    return frozenset(models.load_lexicon("agreements")["actors_only"]["names"])


@lru_cache(maxsize=1)
def national_words() -> tuple[str, ...]:
    """Words in the names of one state's own bodies."""
    return tuple(models.load_lexicon("agreements")["national"]["words"])


@lru_cache(maxsize=1)
def law_words() -> frozenset[str]:
    """First words of parts of texts and of acts that are no agreements: "Article 26", "Resolution 2216"."""
    return frozenset(models.load_lexicon("agreements")["law"]["words"])


@lru_cache(maxsize=1)
def known_clauses() -> frozenset[str]:
    """The clauses that are rows all the same: NATO's Article 5, the EU's Article 42.7."""
    return frozenset(models.load_lexicon("agreements")["law"]["clauses"])


def may_be_trigger(token: Token) -> bool:
    """Whether a token's word alone could be a trigger: cheap, asked of every token."""
    return token.pos_ in {"NOUN", "PROPN"} and (token.lemma_.lower() in _triggers() or token.lower_ in _triggers())


def kind_of_noun(noun: Token) -> AgreementKind | None:
    """The kind that a noun beside a name says it is of, whatever else it has: "a grouping of …" -> coalition."""
    triggers = _triggers().get(noun.lemma_.lower(), ())
    return triggers[0].kind if triggers else None


def find_trigger(token: Token, phrase: list[Token]) -> Trigger | None:
    """The trigger a noun is: the first group that has what it needs in the noun's phrase, else the first that lists it."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    groups = _triggers().get(token.lemma_.lower(), _triggers().get(token.lower_, ()))
    return next((trigger for trigger in groups if has_needed(trigger, token, phrase)), groups[0] if groups else None)


def has_needed(trigger: Trigger, token: Token, phrase: list[Token]) -> bool:
    """Whether a noun's phrase has what the lexicon asks of it (parties apart).

    "permanent headquarters" and "a target of 5 percent" have it; "the headquarters" and "a target" have not.
    """
    noun = token.lemma_.lower()
    words = {token.lower_ for token in phrase} | {token.lemma_.lower() for token in phrase}
    words |= {part for word in words for part in word.split("-")}
    if trigger.needs == "figure":
        return "percent" in words or "%" in words or "per" in words
    if trigger.needs == "modifier":
        return noun in trigger.alone or bool((words - {noun}) & trigger.modifiers)
    return trigger.needs != "act"
