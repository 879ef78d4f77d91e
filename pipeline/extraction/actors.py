"""Who stands where: the actors of a Doc by token, with the states that adjectives and places belong to.

An actor is a mention of a state, bloc, body or organisation; "Europe" acts too where it agrees or is protected. Pairs that
are named by number ("both countries", "the two sides") stand for the two states named last before them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.tokens import Doc, Span, Token

import models
from pipeline.enumerations import EntityType

ACTOR_TYPES = {EntityType.STATE.value, EntityType.ALLIANCE_BLOC.value, EntityType.ORG.value}
_ACTING_PLACES = {"Europe"}
_PAIRS = {"both", "two"}
_PAIR_NOUNS = {
    "country",
    "state",
    "side",
    "nation",
    "government",
    "capital",
    "ally",
    "neighbour",
    "neighbor",
    "partner",
    "party",
}


@dataclass(frozen=True)
class Actor:
    """One mention of an actor: token offsets, the entity's key and canonical name."""

    start: int
    end: int
    key: str
    canonical: str
    type: str

    @property
    def is_state(self) -> bool:
        """Whether it is a state."""
        return self.type == EntityType.STATE.value


@dataclass(frozen=True)
class Actors:
    """All actors of a Doc, and the states behind its places."""

    by_token: dict[int, Actor]
    state_of_place: dict[int, Actor]  #: first token of a place -> the state it lies in
    ordered: tuple[Actor, ...]

    def at(self, token: Token) -> Actor | None:
        """The actor that this token is part of."""
        return self.by_token.get(token.i)

    def within(self, tokens: Iterable[Token]) -> list[Actor]:
        """The distinct actors among some tokens, in order."""
        found = [self.by_token[token.i] for token in tokens if token.i in self.by_token]
        return list(dict.fromkeys(found))

    def pair_before(self, index: int) -> list[Actor]:
        """The two different states mentioned last before a token."""
        pair: dict[str, Actor] = {}
        for actor in reversed(self.ordered):
            if actor.end <= index and actor.is_state:
                pair.setdefault(actor.key, actor)
            if len(pair) == 2:
                return sorted(pair.values(), key=lambda a: a.start)
        return []


def find_actors(doc: Doc) -> Actors:
    """Read the actors from ``doc.spans["entities"]``."""
    group = doc.spans["entities"]
    facts = group.attrs["entities"]
    ordered, by_token, places = [], {}, {}
    for span in group:
        actor = _actor(span, facts[span.id_])
        if span.label_ in ACTOR_TYPES or actor.canonical in _ACTING_PLACES:
            ordered.append(actor)
            by_token.update(dict.fromkeys(range(span.start, span.end), actor))
        state = (
            _state_names().get(_place_states().get(actor.canonical, ""))
            if span.label_ == EntityType.PLACE.value
            else None
        )
        if state:
            places[span.start] = Actor(span.start, span.end, f"iso:{state}", state, EntityType.STATE.value)
    return Actors(by_token, places, tuple(ordered))


def with_conjuncts(token: Token, actors: Actors) -> list[Actor]:
    """The actor at a token and those joined to it ("France, Italy and Germany"; "the UK and France")."""
    tokens = [token, *token.conjuncts]
    found = [actor for each in tokens if (actor := actors.at(each) or _compound_actor(each, actors))]
    if not found and is_pair(token):
        found = actors.pair_before(token.i)
    return list(dict.fromkeys(found))


def is_pair(token: Token) -> bool:
    """Whether a noun stands for two actors named before: "both countries", "the two sides"."""
    return token.lemma_.lower() in _PAIR_NOUNS and any(child.lower_ in _PAIRS for child in token.children)


def _compound_actor(token: Token, actors: Actors) -> Actor | None:
    """The actor in front of a noun that only repeats it: "the UK government", "French officials", "NATO allies"."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.lemma_.lower() not in _government_nouns():
        return None
    for child in token.lefts:
        actor = actors.at(child)
        if actor is not None:
            return actor
    return None


def _government_nouns() -> frozenset[str]:
    return frozenset(
        {
            "government",
            "administration",
            "leader",
            "minister",
            "ministry",
            "authority",
            "cabinet",
            "parliament",
            "side",
            "president",
            "chancellor",
        }
    )


def _actor(span: Span, facts: dict[str, Any]) -> Actor:
    return Actor(span.start, span.end, span.id_, facts["canonical"], facts["type"])


@lru_cache(maxsize=1)
def _place_states() -> dict[str, str]:
    return {
        entry.canonical: entry.state
        for entry in models.load_gazetteer()
        if entry.state and entry.type is EntityType.PLACE
    }


@lru_cache(maxsize=1)
def _state_names() -> dict[str, str]:
    return {
        entry.iso: entry.canonical for entry in models.load_gazetteer() if entry.iso and entry.type is EntityType.STATE
    }
