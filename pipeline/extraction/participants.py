"""Who is what to an agreement by what they did with it, from its predicates (:mod:`pipeline.extraction.predicates`).

Forms handled (role): "A and B signed X", "X was signed by A, with B" (party); "A launched X" (lead), "A and B launched X"
(party); "A joined X", "A is a member of X" (member), "A may join X" (prospective); "A is not a member of X", "A declined to
join X" (excluded); "A left X", "A's withdrawal from X took effect" (withdrawn); "A hosts X" (host).
Counter-examples: "A should join X" (the author's wish), "A did not renew X" (no exclusion), "no member has joined X".
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from spacy.tokens import Doc, Token

import models
from pipeline.enumerations import AgreementKind, EntityType, PartyRole, Polarity
from pipeline.extraction.actors import Actor, Actors, with_conjuncts
from pipeline.extraction.acts import governed_by, polarity_of
from pipeline.extraction.mention import AgreementMention
from pipeline.extraction.parties import PAPERS, FoundParty, find_hosts, unique_parties
from pipeline.extraction.predicates import JOINING, SUBJECT, Predicate, find_predicates

_NEGATING = {"no", "neither", "nobody", "none", "few"}
_POSSIBLE = {"may", "might", "could", "would"}
_WISHES = {"should", "must", "ought"}


def find_participants(doc: Doc, mention: AgreementMention, actors: Actors) -> list[FoundParty]:
    """All participants that the predicates of one mention give; one who is an agreement's own name is none."""
    if mention.rule == "clause":
        return []
    predicates = find_predicates(doc, mention)
    if mention.rule == "accession":
        predicates = [predicate for predicate in predicates if predicate.meaning in JOINING]
    found = [party for p in predicates for party in _of_predicate(p, mention, actors)]
    return unique_parties(replace(party, rule="predicate") for party in found if party.actor.key != mention.key)


def _of_predicate(predicate: Predicate, mention: AgreementMention, actors: Actors) -> Iterator[FoundParty]:
    if predicate.place == SUBJECT:
        return
    if not is_wish(predicate.word):
        yield from _hosts_of(predicate, mention.kind, actors)
    doers = _doers(predicate, mention.kind, actors)
    companions = _actors_of(predicate.companions, actors)
    role = role_of(predicate, mention.kind, alone=len(doers) + len(companions) == 1)
    if role is None:
        return
    yield from (FoundParty(actor, role) for actor in doers)
    if role in {PartyRole.PARTY, PartyRole.LEAD, PartyRole.MEMBER}:
        yield from (FoundParty(actor, PartyRole.PARTY if role is PartyRole.LEAD else role) for actor in companions)


def _doers(predicate: Predicate, kind: AgreementKind, actors: Actors) -> list[Actor]:
    """The actors among the subjects; a parliament that ratifies is no party, its state is; a council's resolution is its own."""
    found, approving = _actors_of(predicate.subjects, actors), _lexicon()["approving"]
    if predicate.meaning not in approving["verbs"]:
        return found
    parliaments = set(approving["parliaments"])
    own = kind.value in approving["own"]
    return [
        actor
        for actor in found
        if actor.type != EntityType.ORG.value or (own and not parliaments & set(actor.canonical.lower().split()))
    ]


def _hosts_of(predicate: Predicate, kind: AgreementKind, actors: Actors) -> Iterator[FoundParty]:
    """As in "set up a coordination cell in Kyiv": the place of the making is the host's."""
    is_made = predicate.meaning in (*_lexicon()["subject_of"]["made"], "open")
    if kind.value in _lexicon()["host_kinds"]["kinds"] and is_made:
        for child in predicate.word.rights:
            if child.dep_ == "prep" and child.lower_ in {"in", "at"}:
                yield from (party for noun in child.rights if noun.dep_ == "pobj" for party in find_hosts(noun, actors))


def role_of(predicate: Predicate, kind: AgreementKind, *, alone: bool) -> PartyRole | None:
    """The role of a predicate's subjects, or None where it gives none.

    Args:
        predicate: what is said.
        kind: the agreement's kind; the makers of treaties are parties, not leads.
        alone: one actor does it.
    """
    word, meaning = predicate.word, predicate.meaning
    polarity, governing = polarity_of(word), governed_by(word)
    if is_wish(word) or any(child.lower_ in _NEGATING for noun in predicate.subjects for child in noun.lefts):
        return None
    runs = kind.value in _lexicon()["lead_kinds"]["kinds"]
    if predicate.is_own:
        role = _own_role(meaning)
    elif meaning in _lexicon()["ending"]["verbs"]:
        role = PartyRole.LEAD if runs else PartyRole.WITHDRAWN
    else:
        role = _plain_role(meaning, is_maker=runs and alone)
    if kind is AgreementKind.ACCESSION:
        return PartyRole.CANDIDATE if meaning in {*JOINING, *_lexicon()["accession"]["seeking"]} else None
    if role is None or role in {PartyRole.LEAD, PartyRole.HOST}:
        is_open = polarity is Polarity.DENIED or governing in {"denied", "proposed"} or _may(word)
        return None if is_open else role
    meant = _as_meant(role, meaning, polarity, governing)
    # one joins a treaty as a party, a coalition as a member
    return PartyRole.PARTY if meant is PartyRole.MEMBER and kind in PAPERS else meant


def _own_role(meaning: str) -> PartyRole | None:
    """By what one does to one's own part: "ended its membership" -> withdrawn, "declined it" -> excluded."""
    return next((PartyRole(role) for role, verbs in _lexicon()["own"].items() if meaning in verbs), None)


def _plain_role(meaning: str, *, is_maker: bool) -> PartyRole | None:
    for role, meanings in _lexicon()["subject_of"].items():
        if meaning in meanings:
            if role == "made":
                return PartyRole.LEAD if is_maker else PartyRole.PARTY
            return PartyRole(role)
    return None


def _as_meant(role: PartyRole, meaning: str, polarity: Polarity, governing: str | None) -> PartyRole | None:
    """A role under negation and outlook: "did not join" -> excluded, "may join" -> prospective, "may leave" -> still in it."""
    refused = polarity is Polarity.DENIED or governing == "denied"
    if role is PartyRole.EXCLUDED:
        return None if refused else role
    if refused and meaning in _lexicon()["entering"]["verbs"]:
        return PartyRole.EXCLUDED
    expected = polarity is Polarity.PLANNED or governing in {"planned", "proposed", "negotiating"}
    if role is PartyRole.WITHDRAWN and (refused or expected):
        return PartyRole.PARTY
    if role is PartyRole.MEMBER and expected:
        return PartyRole.PROSPECTIVE
    return role


def _may(word: Token) -> bool:
    return any(child.lower_ in _POSSIBLE for child in word.lefts)


def is_wish(word: Token) -> bool:
    """Whether somebody only says that it ought to happen: "Norway should join"."""
    verb = word.head if word.dep_ == "xcomp" else word
    return verb.lower_ in _WISHES or any(child.lower_ in _WISHES for child in (*word.lefts, *verb.lefts))


def _actors_of(nouns: tuple[Token, ...], actors: Actors) -> list[Actor]:
    return list(dict.fromkeys(actor for noun in nouns for actor in with_conjuncts(noun, actors)))


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, Any]]:
    return models.load_lexicon("parties")
