"""Who stands where: the actors of a Doc by token, with the states that adjectives and places belong to.

An actor is a mention of a state, bloc, body or organisation; "Europe" acts too where it agrees or is protected. Pairs that
are named by number ("both countries", "the two sides") stand for the two states named last before them.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from spacy.tokens import Doc, Span, Token

import models
from pipeline.enumerations import EntityType
from pipeline.extraction.officials import find_officials

ACTOR_TYPES = {EntityType.STATE.value, EntityType.ALLIANCE_BLOC.value, EntityType.ORG.value}
_ACTING_PLACES = {"Europe"}
_BLOC_NOUNS = {"coalition", "alliance", "bloc", "grouping", "partnership"}
# Offices and bodies that act for their state; "officials say" is theirs too, but a soldier or a firm is not.
_OFFICES = {
    "government", "administration", "leader", "minister", "ministry", "authority", "cabinet", "parliament", "side",
    "president", "chancellor", "premier", "king", "foreign", "senate", "congress", "negotiator", "delegation", "envoy",
    "ambassador", "secretary", "official", "head", "chief",
}  # fmt: skip
MAX_BACK = 60  #: actors looked back at for "both countries"; what was named before that is not meant
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
    starts: tuple[int, ...]  #: first tokens of ``ordered``
    state_of_person: dict[int, Actor]  #: token of an official -> the state that the text says he acts for

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
        before = bisect_right(self.starts, index)
        for actor in reversed(self.ordered[max(0, before - MAX_BACK) : before]):
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
    officials = find_officials(doc, list(group))
    represented = {key: _actor(state, facts[state.id_]) for key, state in officials.items()}
    persons = {i: represented[s.id_] for s in group if s.id_ in represented for i in range(s.start, s.end)}
    for span in _with_references(doc, list(group)):
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
    return Actors(by_token, places, tuple(ordered), tuple(actor.start for actor in ordered), persons)


def _with_references(doc: Doc, spans: list[Span]) -> list[Span]:
    """The mentions and, among them, "the coalition" or "the alliance" for the bloc of that noun named last before."""
    taken = {i for span in spans for i in range(span.start, span.end)}
    last: dict[str, Span] = {}
    found = []
    by_start = {span.start: span for span in spans}
    for token in doc:
        span = by_start.get(token.i)
        if span is not None and span.label_ == EntityType.ALLIANCE_BLOC.value:
            last.update({noun: span for noun in _BLOC_NOUNS if noun in span.text.lower().split()})
        noun = token.lower_
        if noun in last and token.i not in taken and token.i and doc[token.i - 1].lower_ in {"the", "this"}:
            found.append(Span(doc, token.i, token.i + 1, label=last[noun].label_, span_id=last[noun].id_))
    return sorted([*spans, *found], key=lambda span: span.start)


def subject_of(verb: Token) -> Token | None:
    """A verb's own subject; where the parser missed it, the actor's name straight before the verb and its auxiliaries."""
    for child in verb.lefts:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            return child
    before = verb.i - 1
    while before > verb.sent.start and verb.doc[before].pos_ in {"AUX", "ADV"}:
        before -= 1
    token = verb.doc[before] if before >= 0 else verb
    return token if token.pos_ == "PROPN" and token.dep_ in {"conj", "appos", "npadvmod", "dep"} else None


def with_conjuncts(token: Token, actors: Actors) -> list[Actor]:
    """The actors at a noun and those joined to it.

    "France, Italy and Germany"; "the UK government and Berlin"; "the presidents of the United States and Russia"; "both
    countries"; "it" for the subject before.
    """
    found: list[Actor] = []
    for each in _joined(token):
        actor = actors.at(each)
        found.extend([actor] if actor else _represented(each, actors))
    if not found and is_pair(token):
        found = actors.pair_before(token.i)
    if not found and token.lower_ == "it":
        found = _it(token, actors)
    return list(dict.fromkeys(found))


def _joined(token: Token) -> list[Token]:
    """A noun and those joined to it; of "Prime Minister Mara Lind and President Jon Berg" the parser joins the names."""
    names = [child for child in token.rights if child.dep_ == "appos" and child.pos_ == "PROPN"]
    joined = [
        *islice(token.conjuncts, MAX_BACK),
        *(other for name in names for other in islice(name.conjuncts, MAX_BACK)),
    ]
    return [token, *joined]


def _represented(noun: Token, actors: Actors) -> list[Actor]:
    """Whom an office stands for: "the UK government", "Turkey's defence minister", "the presidents of the US and Russia"."""
    if noun.i in actors.state_of_person:
        state = actors.state_of_person[noun.i]
        return [replace(state, start=noun.i, end=noun.i + 1)]
    if noun.lemma_.lower() not in _OFFICES:
        return []
    before = actors.within(token for child in noun.lefts for token in child.subtree)
    if before:
        return before
    behind = [inner for child in noun.rights if child.lower_ in {"of", "from"} for inner in child.rights]
    return [actor for inner in behind for actor in with_conjuncts(inner, actors)]


def _it(pronoun: Token, actors: Actors) -> list[Actor]:
    """What "it" is as a subject: the subject of the clause before, in the same sentence, where that is an actor."""
    for token in reversed(pronoun.doc[pronoun.sent.start : pronoun.i]):
        if token.dep_ in {"nsubj", "nsubjpass"}:
            actor = actors.at(token)
            return [actor] if actor else []
    return []


def is_pair(token: Token) -> bool:
    """Whether a noun stands for two actors named before: "both countries", "the two sides"."""
    return token.lemma_.lower() in _PAIR_NOUNS and any(child.lower_ in _PAIRS for child in token.children)


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
