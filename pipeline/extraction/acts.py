"""What happened to an agreement, from the clause around one mention of it.

Forms handled: object of a verb ("signed the treaty"), subject ("the treaty expired", "was signed"), participles and
adjectives beside it ("launched in September", "the proposed treaty"), and the verb that governs the act: "agreed to develop
a council" is agreed, "plans to create a cell" is launched but planned, "declined to join" is denied. Modals, conditions and
negation set the polarity. What the text takes for granted is an act as well, presupposed (:func:`presupposed_act`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.tokens import Doc, Token

import models
from pipeline.enumerations import ActType, AgreementKind, Basis, Polarity
from pipeline.extraction.actors import Actors, with_conjuncts
from pipeline.extraction.mentions import AgreementMention

_RUNNING_KINDS = {
    AgreementKind.COALITION,
    AgreementKind.CAPABILITY_PROGRAMME,
    AgreementKind.OPERATION_MISSION,
    AgreementKind.INSTITUTION_BODY,
}
_OBJECT_PREPOSITIONS = {"from", "to", "of", "into", "up", "out", "on", "in"}
# "take effect", "enter into force", "apply from": the verb says so only with these behind it.
_FORCE_WORDS = {"force", "effect", "apply"}


@dataclass(frozen=True)
class FoundAct:
    """An act with the token of its verb and the keys of its actors."""

    act: ActType
    polarity: Polarity
    basis: Basis
    verb: int
    actors: tuple[str, ...] = ()


def find_acts(doc: Doc, mention: AgreementMention, actors: Actors) -> list[FoundAct]:
    """All stated acts around one mention, in no order."""
    root = doc[mention.root]
    if mention.rule == "clause":
        return [FoundAct(ActType.AGREED, _polarity(root), Basis.STATED, root.i, _subjects(root, actors))]
    if mention.kind is AgreementKind.ACCESSION:
        return list(dict.fromkeys([*_beside(root, actors), *_as_subject(root)]))
    return list(dict.fromkeys([*_as_object(root, actors), *_as_subject(root), *_beside(root, actors)]))


def presupposed_act(kind: AgreementKind, verb: int, *, hoped_for: bool) -> FoundAct:
    """What a text takes for granted where it states no act: bodies and programmes run, treaties and targets are in force.

    Args:
        kind: the agreement's kind.
        verb: the token that stands for the act.
        hoped_for: the text speaks of prospects or a bid (of an accession), or names nobody who gives it (of a guarantee).
    """
    act = ActType.OPERATING if kind in _RUNNING_KINDS else ActType.ENTERED_INTO_FORCE
    if kind is AgreementKind.ACCESSION:
        act = ActType.PROPOSED if hoped_for else ActType.ACCEDED
    elif kind is AgreementKind.SECURITY_GUARANTEE and hoped_for:
        act = ActType.PROPOSED
    return FoundAct(act, Polarity.DONE, Basis.PRESUPPOSED, verb)


def _as_object(root: Token, actors: Actors) -> Iterator[FoundAct]:
    token = root
    while token.dep_ == "conj" and token.head.pos_ in {"NOUN", "PROPN"} and token.head.i != token.i:
        token = token.head
    verb = token.head
    if token.dep_ == "pobj":
        verb = token.head.head if token.head.lower_ in _OBJECT_PREPOSITIONS else token
        if verb.lemma_ in {"part", "participation", "membership"} and verb.dep_ == "dobj":
            verb = verb.head  # "suspended its part in the treaty"
    elif token.dep_ != "dobj":
        return
    if verb.pos_ == "VERB":
        yield from _act_of_verb(verb, "object", actors)


def _as_subject(root: Token) -> Iterator[FoundAct]:
    verb = root.head
    if root.dep_ == "nsubjpass" and verb.pos_ == "VERB":
        yield from _act_of_verb(verb, "object", None)
    elif root.dep_ == "nsubj" and verb.pos_ in {"VERB", "AUX"}:
        yield from _act_of_verb(verb, "subject", None)
        # "the deal is dead", "is currently stalled", "is in force"
        for child in verb.rights:
            if child.dep_ in {"acomp", "attr", "prep", "advcl"}:
                yield from _act_of_modifier(child, verb)


def _beside(root: Token, actors: Actors) -> Iterator[FoundAct]:
    for child in root.children:
        if child.dep_ == "relcl" and child.pos_ == "VERB":
            passive = any(c.dep_ == "nsubjpass" for c in child.children)
            yield from _act_of_verb(child, "object" if passive else "subject", actors if passive else None)
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            yield from _act_of_verb(child, "object", actors)
        elif child.dep_ in {"amod", "acl", "advcl", "compound"}:
            for token in (child, *child.conjuncts):
                yield from _act_of_modifier(token, child)


def _act_of_modifier(token: Token, verb: Token) -> Iterator[FoundAct]:
    for act, words in _lexicon()["modifier"].items():
        if token.lower_ in words:
            yield FoundAct(
                ActType(act), _polarity(verb) if verb.pos_ == "AUX" else Polarity.DONE, Basis.STATED, token.i
            )


def _act_of_verb(verb: Token, place: str, actors: Actors | None) -> Iterator[FoundAct]:
    act = _lookup(place, verb)
    if act is None:
        return
    act, polarity = _as_governed(act, verb)
    if act is ActType.OPERATING and polarity is not Polarity.DONE:
        return  # "should use", "will operate": a wish or an outlook, not that it was set up
    if act is ActType.REJECTED and polarity is Polarity.DENIED:
        return  # "refused to reject it" says nothing of how it stands
    yield FoundAct(act, polarity, Basis.STATED, verb.i, _subjects(verb, actors) if actors else ())


def _as_governed(act: ActType, verb: Token) -> tuple[ActType, Polarity]:
    """What an act is under the verb that governs it: "agreed to develop", "plans to create", "refused to join"."""
    governing, polarity = _governed_by(verb), _polarity(verb)
    if governing == "agreed":
        return ActType.AGREED, _polarity(verb.head)
    if governing == "proposed":
        return ActType.PROPOSED, polarity
    if governing == "negotiating":
        return ActType.NEGOTIATING, Polarity.DONE
    if governing == "denied":
        return act, Polarity.DENIED
    return act, Polarity.PLANNED if governing == "planned" and polarity is Polarity.DONE else polarity


def _lookup(place: str, verb: Token) -> ActType | None:
    lemma = verb.lemma_.lower()
    for act, lemmas in _lexicon()[place].items():
        if lemma in lemmas:
            if (
                place == "subject"
                and act == ActType.ENTERED_INTO_FORCE
                and not _FORCE_WORDS & {t.lower_ for t in verb.subtree}
            ):
                continue
            return ActType(act)
    return None


def _governed_by(verb: Token) -> str | None:
    """Which governing meaning the verb above has: "agreed to X", "plans to X", "refused to X"."""
    if verb.dep_ not in {"xcomp", "ccomp", "pcomp", "advcl"}:
        return None
    head = verb.head if verb.dep_ != "pcomp" else verb.head.head
    lemma = head.lemma_.lower()
    return next((meaning for meaning, lemmas in _lexicon()["governing"].items() if lemma in lemmas), None)


def _polarity(verb: Token) -> Polarity:
    """Denied where negated; planned under "will", "would", a modal or a condition; done otherwise."""
    words = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass", "neg", "mark", "advmod"}}
    if any(child.dep_ == "neg" for child in verb.children) or words & {"never", "not"}:
        return Polarity.DENIED
    modals = {word for group in _lexicon()["modals"].values() for word in group}
    if words & modals or words & set(_lexicon()["conditional"]["words"]):
        return Polarity.PLANNED
    if "to" in words and verb.dep_ in {"acl", "relcl", "ROOT"}:
        return Polarity.PLANNED  # "the treaty to be signed in May"
    return Polarity.DONE


def _subjects(verb: Token, actors: Actors | None) -> tuple[str, ...]:
    if actors is None:
        return ()
    for child in verb.children:
        if child.dep_ == "nsubj":
            return tuple(actor.canonical for actor in with_conjuncts(child, actors))
        if child.dep_ == "agent":
            return tuple(a.canonical for noun in child.children for a in with_conjuncts(noun, actors))
    if verb.dep_ in {"xcomp", "conj"}:
        return _subjects(verb.head, actors) if verb.head.pos_ == "VERB" else ()
    return ()


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, Any]]:
    return models.load_lexicon("acts")
