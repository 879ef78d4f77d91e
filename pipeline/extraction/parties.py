"""Who is what to an agreement, from the words around one mention of it; never from world knowledge.

Forms handled (role):
* inside its phrase: possessor ("NATO's Operation …" lead, "the EU's clause" party), adjectives ("Franco-British", "Italian
  and French" party; "French-led" lead), "between X and Y" (party), "for Ukraine" (beneficiary), "against Russia" (target),
  "into NATO" (party of an accession), "in Paris" (host, through the place's state), "in response to Russian drones" (target)
* beside a name: "the Quad, a grouping of X and Y" (member)
* a clause on it: "which includes X and Y", "comprising X, Y" (member), "that supports X" (beneficiary)

Who signed, joined or left it is read from its predicates: :mod:`pipeline.extraction.participants`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from spacy.tokens import Doc, Token

import models
from pipeline.enumerations import AgreementKind, PartyRole
from pipeline.extraction.actors import Actor, Actors, subject_of, with_conjuncts
from pipeline.extraction.mention import PRONOUN, UNSAID, AgreementMention
from pipeline.extraction.phrases import MAX_PHRASE

PAPERS = {AgreementKind.TREATY, AgreementKind.JOINT_DECLARATION}
#: Roles that one may have beside being a party: a host or beneficiary may well have signed.
BESIDE = {PartyRole.HOST, PartyRole.BENEFICIARY, PartyRole.TARGET}
_MODIFIERS = {"amod", "compound", "nmod", "conj", "npadvmod", "nummod"}


@dataclass(frozen=True)
class FoundParty:
    """An actor with its role and the token offsets of the words that name it."""

    actor: Actor
    role: PartyRole
    rule: str = field(default="phrase", compare=False)  #: what gave it, for explanations


def find_parties(doc: Doc, mention: AgreementMention, actors: Actors) -> list[FoundParty]:
    """All parties that the words of one mention's own phrase give, most telling first; an actor may have two roles."""
    root, kind = doc[mention.root], mention.kind
    if mention.rule == "clause":
        subject = subject_of(root)
        return [FoundParty(actor, PartyRole.PARTY) for actor in (with_conjuncts(subject, actors) if subject else [])]
    if mention.rule == UNSAID:
        return []
    if mention.rule == PRONOUN:
        said = [child for child in root.head.rights if child.dep_ == "attr"] if root.dep_ == "nsubj" else []
        return [party for noun in said for party in _from_phrase(noun, kind, actors)]
    if mention.rule == "accession":
        bloc = actors.at(root)
        return [FoundParty(bloc, PartyRole.PARTY)] if bloc else []
    found = list(_from_phrase(root, kind, actors))
    for other in _appositions(doc, mention):
        found.extend(_from_phrase(other, kind, actors))
    found.extend(_from_clauses_on_it(doc, mention, actors))
    if kind in PAPERS:  # one is party to a treaty, and member of a coalition
        found = [replace(party, role=PartyRole.PARTY) if party.role is PartyRole.MEMBER else party for party in found]
    inside = set(range(mention.start, mention.end)) if mention.key else set()
    kept = [party for party in unique_parties(found) if not _is_itself(doc, party.actor, mention, inside)]
    return [party for party in kept if mention.bloc is None or party.actor.is_state or party.actor.key == mention.bloc]


def _appositions(doc: Doc, mention: AgreementMention) -> Iterator[Token]:
    """The nouns that say what a named one is: "the Quad, a grouping of Australia and Japan", "the group, called Quad"."""
    if mention.key is None:
        return
    for index in {mention.root, *range(mention.start, mention.end)}:
        for child in doc[index].rights:
            if child.dep_ == "appos" and child.pos_ == "NOUN" and child.i >= mention.end:
                yield child
    head = doc[mention.root].head
    if doc[mention.root].dep_ == "appos" and head.pos_ == "NOUN":
        yield head


def _is_itself(doc: Doc, actor: Actor, mention: AgreementMention, inside: set[int]) -> bool:
    """A coalition is no party to itself, nor is a word inside its name."""
    return (mention.name is not None and actor.canonical == mention.name) or (
        actor.start in inside and doc[actor.start].ent_type_ == ""
    )


def _from_phrase(root: Token, kind: AgreementKind, actors: Actors) -> Iterator[FoundParty]:
    yield from _from_modifiers(root, kind, actors)
    if kind is AgreementKind.ACCESSION and root.dep_ == "pobj":
        yield from _prospects(root, actors)
    for child in root.children:
        if child.dep_ == "poss":
            yield from (_maker(actor, kind) for actor in with_conjuncts(child, actors))
        elif child.dep_ in {"prep", "dative"}:
            yield from _from_preposition(child, kind, actors)


def _maker(actor: Actor, kind: AgreementKind) -> FoundParty:
    """A possessor: it leads what is run, it is party to what is agreed; the candidate of an accession."""
    if kind is AgreementKind.ACCESSION:
        return _of_accession(actor)
    leads = kind.value in _lexicon()["lead_kinds"]["kinds"] and (
        not actor.is_state or kind is AgreementKind.SECURITY_GUARANTEE
    )
    return FoundParty(actor, PartyRole.LEAD if leads else PartyRole.PARTY)


def _of_accession(actor: Actor) -> FoundParty:
    """A state accedes to a bloc or body, never the other way round: "the accession of Sweden to NATO", "NATO's enlargement"."""
    return FoundParty(actor, PartyRole.CANDIDATE if actor.is_state else PartyRole.PARTY)


def _from_modifiers(root: Token, kind: AgreementKind, actors: Actors) -> Iterator[FoundParty]:
    """As in "Franco-British deal", "Italian and French co-production", "the British and French-led coalition".

    A hyphenated participle ("-led") gives its role to the actors joined in front of it, also without "and"
    ("the Belgian Dutch-led programme").
    """
    left = [token for child in root.lefts if child.dep_ in _MODIFIERS for token in child.subtree]
    tokens = sorted({token for token in left if token.i < root.i and token.dep_ != "pobj"}, key=lambda token: token.i)
    role, until = _hyphen_role(tokens)
    for actor in actors.within(tokens):
        yield FoundParty(actor, role) if role is not None and actor.start < until else _maker(actor, kind)


def _hyphen_role(tokens: list[Token]) -> tuple[PartyRole | None, int]:
    for role, words in _lexicon()["hyphen"].items():
        for token in tokens:
            if token.lower_ in words:
                return PartyRole(role), token.i
    return None, 0


def _prospects(root: Token, actors: Actors) -> Iterator[FoundParty]:
    """As in "Kyiv's prospects for NATO membership": whose prospects, bid or path it is, is the candidate."""
    noun = root.head.head
    for child in noun.children:
        if child.dep_ == "poss" and noun.pos_ == "NOUN":
            yield from (FoundParty(actor, PartyRole.CANDIDATE) for actor in with_conjuncts(child, actors))


def _from_preposition(preposition: Token, kind: AgreementKind, actors: Actors) -> Iterator[FoundParty]:
    word = preposition.lower_
    roles = _lexicon()["preposition"].get(word, {})
    role = roles.get(kind.value) or roles.get("*")
    for noun in (child for child in preposition.children if child.dep_ in {"pobj", "pcomp"}):
        named = with_conjuncts(noun, actors)
        if kind is AgreementKind.ACCESSION and word in _lexicon()["accession"]["prepositions"]:
            yield from (_of_accession(actor) for actor in named)
        elif role is not None:
            yield from (FoundParty(actor, PartyRole(role)) for actor in named)
        if word in {"in", "at"} and kind.value in _lexicon()["host_kinds"]["kinds"]:
            yield from find_hosts(noun, actors)
        yield from _supported(noun, actors)


def find_hosts(noun: Token, actors: Actors) -> Iterator[FoundParty]:
    """The states behind a place and those joined to it: "in Paris and London" -> France, United Kingdom."""
    for place in (noun, *noun.conjuncts):
        actor = actors.state_of_place.get(place.left_edge.i) or actors.state_of_place.get(place.i) or actors.at(place)
        if actor is not None and actor.is_state:
            yield FoundParty(Actor(place.i, place.i + 1, actor.key, actor.canonical, actor.type), PartyRole.HOST)


def _supported(noun: Token, actors: Actors) -> Iterator[FoundParty]:
    """As in "in support of Ukraine" -> beneficiary; "in response to Russian drone incursions" -> target."""
    for role, words in _lexicon()["support"].items():
        if noun.lower_ in words:
            inner = [token for child in noun.children if child.dep_ == "prep" for token in child.subtree]
            yield from (FoundParty(actor, PartyRole(role)) for actor in actors.within(inner)[:1])


def _from_clauses_on_it(doc: Doc, mention: AgreementMention, actors: Actors) -> Iterator[FoundParty]:
    root = doc[mention.root]
    inside = range(mention.start, mention.end) if mention.key else ()
    hanging = [child for i in {mention.root, *inside} for child in doc[i].children if child.i not in inside]
    for clause in (child for child in hanging if child.dep_ in {"acl", "relcl", "amod", "prep"}):
        for verb in _verbs_of(clause):
            yield from _objects(verb, actors)
            yield from _around_participle(verb, actors)
    if root.dep_ in {"nsubj", "nsubjpass"}:
        yield from _objects(root.head, actors)


def _verbs_of(clause: Token) -> list[Token]:
    return [clause, *(token for token in clause.conjuncts if token.head.i >= clause.i)]


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
    """As in "launched in response to Russian drone incursions": the target stands behind the participle."""
    placed = verb.lower_ in _lexicon()["placed"]["host"]
    near = {verb.i, verb.head.i, *_preps(verb)}
    for preposition in (t for t in islice(verb.subtree, MAX_PHRASE) if t.dep_ == "prep" and t.head.i in near):
        for noun in preposition.children:
            yield from _supported(noun, actors)
            if placed and noun.dep_ == "pobj":
                yield from find_hosts(noun, actors)


def _preps(verb: Token) -> set[int]:
    return {child.i for child in verb.children if child.dep_ == "prep"}


def unique_parties(found: Iterable[FoundParty]) -> list[FoundParty]:
    """One row for each actor and role; a plain party or member gives way to any telling role of the same actor."""
    kept: dict[tuple[str, PartyRole], FoundParty] = {}
    for party in found:
        kept.setdefault((party.actor.canonical, party.role), party)
    plain = {PartyRole.PARTY, PartyRole.MEMBER}
    telling = {party.actor.canonical for party in kept.values() if party.role not in {*plain, *BESIDE}}
    return [party for party in kept.values() if party.role not in plain or party.actor.canonical not in telling]


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, Any]]:
    return models.load_lexicon("parties")
