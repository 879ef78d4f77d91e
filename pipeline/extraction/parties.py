"""Who is what to an agreement, from the words around one mention of it; never from world knowledge.

Forms handled (role):
* inside its phrase: possessor ("NATO's Operation …" lead, "the EU's clause" party), adjectives ("Franco-British", "Italian
  and French" party; "French-led" lead), "between X and Y" (party), "for Ukraine" (beneficiary), "against Russia" (target),
  "into NATO" (party of an accession), "in Paris" (host, through the place's state), "in response to Russian drones" (target)
* a clause on it: "led by X" (lead), "which includes X and Y", "comprising X, Y" (member), "that supports X" (beneficiary)
* the clause it stands in: "X and Y signed it" (party), "X joined it" (member), "X declined to join it" (excluded)
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.tokens import Doc, Token

import models
from pipeline.enumerations import AgreementKind, PartyRole
from pipeline.extraction.actors import Actor, Actors, with_conjuncts
from pipeline.extraction.mentions import AgreementMention, phrase_of

_STATES_ONLY_ADJECTIVES = {"amod", "compound", "nmod", "conj", "npadvmod", "nummod"}


@dataclass(frozen=True)
class FoundParty:
    """An actor with its role and the token offsets of the words that name it."""

    actor: Actor
    role: PartyRole


def find_parties(doc: Doc, mention: AgreementMention, actors: Actors) -> list[FoundParty]:
    """All parties that one mention's words give, most telling first; an actor may have two roles."""
    root, kind = doc[mention.root], mention.kind
    if mention.rule == "clause":
        subject = next(child for child in root.lefts if child.dep_ == "nsubj")
        return [FoundParty(actor, PartyRole.PARTY) for actor in with_conjuncts(subject, actors)]
    found = [
        *_from_phrase(root, kind, actors),
        *_from_clauses_on_it(root, actors),
        *_from_its_clause(root, actors),
    ]
    inside = {i for i in range(mention.start, mention.end)} if mention.key else set()
    return [party for party in _unique(found) if not _is_itself(doc, party.actor, mention, inside)]


def _is_itself(doc: Doc, actor: Actor, mention: AgreementMention, inside: set[int]) -> bool:
    """A coalition is no party to itself, nor is a word inside its name."""
    return (mention.name is not None and actor.canonical == mention.name) or (
        actor.start in inside and doc[actor.start].ent_type_ == ""
    )


def _from_phrase(root: Token, kind: AgreementKind, actors: Actors) -> Iterator[FoundParty]:
    for child in root.children:
        if child.dep_ == "poss":
            yield from (_maker(actor, kind) for actor in with_conjuncts(child, actors))
        elif child.dep_ in _STATES_ONLY_ADJECTIVES and child.i < root.i:
            yield from _from_modifier(child, root, kind, actors)
        elif child.dep_ in {"prep", "dative"}:
            yield from _from_preposition(child, kind, actors)


def _maker(actor: Actor, kind: AgreementKind) -> FoundParty:
    """A possessor: it leads what is run, it is party to what is agreed; the candidate of an accession."""
    if kind is AgreementKind.ACCESSION:
        return FoundParty(actor, PartyRole.CANDIDATE)
    leads = kind.value in _lexicon()["lead_kinds"]["kinds"] and (
        not actor.is_state or kind is AgreementKind.SECURITY_GUARANTEE
    )
    return FoundParty(actor, PartyRole.LEAD if leads else PartyRole.PARTY)


def _from_modifier(child: Token, root: Token, kind: AgreementKind, actors: Actors) -> Iterator[FoundParty]:
    """ "Franco-British deal", "Italian and French co-production", "the British and French-led coalition"."""
    tokens = sorted({*child.subtree} - {root}, key=lambda token: token.i)
    tokens = [token for token in tokens if token.i < root.i and token.dep_ != "pobj"]
    role = _hyphen_role(tokens)
    for actor in actors.within(tokens):
        if role is not None:
            yield FoundParty(actor, role)
        else:
            yield _maker(actor, kind) if kind is not AgreementKind.ACCESSION else FoundParty(actor, PartyRole.CANDIDATE)


def _hyphen_role(tokens: list[Token]) -> PartyRole | None:
    for role, words in _lexicon()["hyphen"].items():
        if any(token.lower_ in words for token in tokens):
            return PartyRole(role)
    return None


def _from_preposition(preposition: Token, kind: AgreementKind, actors: Actors) -> Iterator[FoundParty]:
    word = preposition.lower_
    roles = _lexicon()["preposition"].get(word, {})
    role = roles.get(kind.value) or roles.get("*")
    for noun in (child for child in preposition.children if child.dep_ in {"pobj", "pcomp"}):
        named = with_conjuncts(noun, actors)
        if role is not None:
            yield from (FoundParty(actor, PartyRole(role)) for actor in named)
        if word in {"in", "at"} and kind.value in _lexicon()["host_kinds"]["kinds"]:
            yield from _hosts(noun, actors)
        yield from _supported(noun, actors)


def _hosts(noun: Token, actors: Actors) -> Iterator[FoundParty]:
    for place in (noun, *noun.conjuncts):
        actor = actors.state_of_place.get(place.left_edge.i) or actors.state_of_place.get(place.i) or actors.at(place)
        if actor is not None and actor.is_state:
            yield FoundParty(Actor(place.i, place.i + 1, actor.key, actor.canonical, actor.type), PartyRole.HOST)


def _supported(noun: Token, actors: Actors) -> Iterator[FoundParty]:
    """ "in support of Ukraine" -> beneficiary; "in response to Russian drone incursions" -> target."""
    for role, words in _lexicon()["support"].items():
        if noun.lower_ in words:
            inner = [token for child in noun.children if child.dep_ == "prep" for token in child.subtree]
            yield from (FoundParty(actor, PartyRole(role)) for actor in actors.within(inner)[:1])


def _from_clauses_on_it(root: Token, actors: Actors) -> Iterator[FoundParty]:
    for clause in (child for child in root.children if child.dep_ in {"acl", "relcl", "amod", "prep"}):
        for verb in _verbs_of(clause):
            yield from _by_agent(verb, actors)
            yield from _objects(verb, actors)
            yield from _around_participle(verb, actors)


def _verbs_of(clause: Token) -> list[Token]:
    return [clause, *(token for token in clause.conjuncts if token.head.i >= clause.i)]


def _by_agent(verb: Token, actors: Actors) -> Iterator[FoundParty]:
    for role, words in _lexicon()["by"].items():
        if verb.lower_ in words:
            for agent in (child for child in verb.children if child.dep_ in {"agent", "prep"} and child.lower_ == "by"):
                for noun in agent.children:
                    yield from (FoundParty(actor, PartyRole(role)) for actor in with_conjuncts(noun, actors))


def _objects(verb: Token, actors: Actors) -> Iterator[FoundParty]:
    for role, lemmas in _lexicon()["object_of"].items():
        if verb.lemma_.lower() in lemmas:
            for noun in _object_nouns(verb):
                yield from (FoundParty(actor, PartyRole(role)) for actor in with_conjuncts(noun, actors))


def _object_nouns(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in {"dobj", "pobj", "attr", "nsubj"} and child.i > verb.i:
            yield child
        elif child.dep_ == "prep":
            yield from (noun for noun in child.children if noun.dep_ == "pobj")


def _around_participle(verb: Token, actors: Actors) -> Iterator[FoundParty]:
    """ "launched in response to Russian drone incursions": the target stands behind the participle."""
    for preposition in (child for child in verb.children if child.dep_ == "prep"):
        for noun in preposition.children:
            yield from _supported(noun, actors)


def _from_its_clause(root: Token, actors: Actors) -> Iterator[FoundParty]:
    if root.dep_ in {"nsubj", "nsubjpass"}:
        yield from _by_agent(root.head, actors)
        yield from _objects(root.head, actors)
        return
    verb = _governing_verb(root)
    if verb is None:
        return
    role = _subject_role(verb)
    subject = _subject_of(verb)
    if role is not None and subject is not None:
        yield from (FoundParty(actor, role) for actor in with_conjuncts(subject, actors))


def _governing_verb(root: Token) -> Token | None:
    """The verb whose object (or prepositional object) the agreement is; a conjunct counts as the first one."""
    token = root
    while token.dep_ in {"conj", "appos"} and token.head.i != token.i:
        token = token.head
    if token.dep_ == "dobj":
        return token.head
    if token.dep_ == "pobj" and token.head.head.pos_ in {"VERB", "AUX"}:
        return token.head.head
    # "declined membership in the group": the noun between stands for the joining itself
    if token.dep_ == "pobj" and token.head.head.lemma_ in {"membership", "participation", "part", "accession"}:
        return _governing_verb(token.head.head)
    return None


def _subject_role(verb: Token) -> PartyRole | None:
    lemma = verb.lemma_.lower()
    if lemma in {"decline", "refuse", "reject"}:
        return PartyRole.EXCLUDED
    role = next((PartyRole(role) for role, lemmas in _lexicon()["subject_of"].items() if lemma in lemmas), None)
    negated = any(child.dep_ == "neg" for child in verb.children)
    refused = verb.dep_ == "xcomp" and verb.head.lemma_ in {"decline", "refuse"}
    if role in {PartyRole.MEMBER, PartyRole.PARTY} and (negated or refused):
        return PartyRole.EXCLUDED
    return role


def _subject_of(verb: Token) -> Token | None:
    """The subject, also of the verb that governs this one ("X agreed to develop …", "X has planned to …")."""
    for _ in range(4):
        for child in verb.lefts:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                return _relative_head(child)
        if verb.dep_ == "relcl":
            return verb.head if verb.head.pos_ in {"NOUN", "PROPN"} else None
        if verb.dep_ not in {"xcomp", "conj", "advcl", "ccomp", "pcomp"}:
            return None
        verb = verb.head
    return None


def _relative_head(subject: Token) -> Token:
    """ "France … is the only member that has declined": the subject of the outer clause stands for "that"."""
    if subject.lower_ in {"who", "which", "that"} and subject.head.dep_ == "relcl":
        noun = subject.head.head
        if noun.dep_ == "attr":
            outer = next((child for child in noun.head.lefts if child.dep_ == "nsubj"), None)
            return outer or noun
        return noun
    return subject


def _unique(found: Iterable[FoundParty]) -> list[FoundParty]:
    """One row for each actor and role; a plain party or member gives way to any telling role of the same actor."""
    kept: dict[tuple[str, PartyRole], FoundParty] = {}
    for party in found:
        kept.setdefault((party.actor.canonical, party.role), party)
    plain = {PartyRole.PARTY, PartyRole.MEMBER}
    telling = {party.actor.canonical for party in kept.values() if party.role not in plain}
    return [party for party in kept.values() if party.role not in plain or party.actor.canonical not in telling]


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, Any]]:
    return models.load_lexicon("parties")
