"""What happened to an agreement, from the predicates around one mention of it (:mod:`pipeline.extraction.predicates`).

Forms handled: object of a verb ("signed the treaty"), subject ("the treaty expired"), events ("the withdrawal of Norway from
it took effect"), participles and adjectives beside it ("launched in September", "the proposed treaty"), and the verb that
governs the act: "agreed to develop a council" is agreed, "plans to create a cell" is launched but planned, "declined to join"
is denied. Modals, conditions and negation set the polarity. What the text takes for granted is an act as well, presupposed
(:func:`presupposed_act`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from spacy.tokens import Doc, Token

import models
from pipeline.enumerations import ActType, AgreementKind, Basis, Polarity
from pipeline.extraction.actors import Actors, subject_of, with_conjuncts
from pipeline.extraction.mention import AgreementMention
from pipeline.extraction.predicates import BELONGING, JOINING, OBJECT, SUBJECT, Predicate, find_predicates
from pipeline.status import CHANGES

RUNNING_KINDS = {
    AgreementKind.COALITION,
    AgreementKind.CAPABILITY_PROGRAMME,
    AgreementKind.OPERATION_MISSION,
    AgreementKind.INSTITUTION_BODY,
}
_TALKS = {"talk", "negotiation"}
_UNDER_WAY = {ActType.LAUNCHED, ActType.OPERATING, ActType.ENTERED_INTO_FORCE}
# "take effect", "enter into force", "apply from": the verb says so only with these behind it.
_FORCE_WORDS = {"force", "effect", "apply"}
_NEGATING = {"no", "neither", "nobody", "none", "few"}


@dataclass(frozen=True)
class FoundAct:
    """An act with the token of its verb and the names of its actors."""

    act: ActType
    polarity: Polarity
    basis: Basis
    verb: int
    actors: tuple[str, ...] = ()
    rule: str = field(default="predicate", compare=False)  #: what read it, for explanations


def find_acts(doc: Doc, mention: AgreementMention, actors: Actors) -> list[FoundAct]:
    """All stated acts around one mention, in no order."""
    root = doc[mention.root]
    if mention.rule == "clause":
        subject = subject_of(root)
        makers = _names((subject,) if subject is not None else (), actors)
        return [FoundAct(ActType.AGREED, polarity_of(root), Basis.STATED, root.i, makers, "clause")]
    if mention.rule == "accession":
        joined = [p for p in find_predicates(doc, mention) if p.meaning in JOINING]
        return [act for p in joined if (act := _act_of(p, mention, actors))]
    found = [act for p in find_predicates(doc, mention) if (act := _act_of(p, mention, actors))]
    return list(dict.fromkeys(_as_talks(act, root) for act in [*found, *_beside(root), *_said_of_it(root)]))


def _as_talks(act: FoundAct, root: Token) -> FoundAct:
    """Of talks that begin, run or go on it is said that something is negotiated."""
    return replace(act, act=ActType.NEGOTIATING) if is_talks(root) and act.act in _UNDER_WAY else act


def is_talks(root: Token) -> bool:
    """Whether a noun means talks rather than what comes out of them."""
    return root.lemma_.lower() in _TALKS


def presupposed_act(kind: AgreementKind, verb: int, *, hoped_for: bool) -> FoundAct:
    """What a text takes for granted where it states no act: bodies and programmes run, treaties and targets are in force.

    Args:
        kind: the agreement's kind.
        verb: the token that stands for the act.
        hoped_for: the text speaks of prospects or a bid (of an accession), or names nobody who gives it (of a guarantee).
    """
    act = ActType.OPERATING if kind in RUNNING_KINDS else ActType.ENTERED_INTO_FORCE
    if kind is AgreementKind.ACCESSION:
        act = ActType.PROPOSED if hoped_for else ActType.ACCEDED
    elif kind is AgreementKind.SECURITY_GUARANTEE and hoped_for:
        act = ActType.PROPOSED
    elif kind is AgreementKind.JOINT_DECLARATION:
        act = ActType.AGREED  # a declaration is made, and then it stands
    return FoundAct(act, Polarity.DONE, Basis.PRESUPPOSED, verb, rule="presupposed")


def act_of_meaning(place: str, meaning: str, kind: AgreementKind) -> ActType | None:
    """Which act a verb is for an agreement of some kind in some place; None where it says nothing of how it stands.

    "sign" + object -> signed; "expire" + subject -> expired; "launch" + object of a treaty -> None (nobody launches one).
    """
    table = _lexicon()[OBJECT if place == BELONGING else place]
    if kind is AgreementKind.ACCESSION and place == OBJECT:
        table = _lexicon()["accession"] if meaning in _accession_meanings() else table
    act = next((ActType(act) for act, meanings in table.items() if meaning in meanings), None)
    only = _lexicon()["only"]
    if act is None or any(meaning in rule["verbs"] and kind.value not in rule["kinds"] for rule in only):
        return None
    if act is ActType.OPERATING and kind not in RUNNING_KINDS:
        return ActType.ENTERED_INTO_FORCE
    return act


def _act_of(predicate: Predicate, mention: AgreementMention, actors: Actors) -> FoundAct | None:
    act = (
        None if _says_nothing(predicate, mention) else act_of_meaning(predicate.place, predicate.meaning, mention.kind)
    )
    if act is None or not _has_force_words(act, predicate):
        return None
    if predicate.is_own and act in {ActType.TERMINATED, ActType.EXPIRED}:
        act = ActType.WITHDREW  # "ended its participation"
    act, polarity = _as_governed(act, predicate.word)
    if any(child.lower_ in _NEGATING for noun in predicate.subjects for child in noun.lefts):
        polarity = Polarity.DENIED  # "no member has ratified it"
    if mention.kind is AgreementKind.ACCESSION and act is ActType.ACCEDED and polarity is Polarity.PLANNED:
        act, polarity = _hoped_accession(predicate.word), Polarity.DONE
    # "should use", "may operate": a wish or a guess; "the Council will meet" takes it for granted, "a garrison will remain" not
    foreseen = _will(predicate.word) and mention.name is None
    if act is ActType.OPERATING and polarity is not Polarity.DONE and not foreseen:
        return None
    # "refused to reject it" says nothing of how it stands
    if act is ActType.REJECTED and polarity is Polarity.DENIED:
        return None
    return FoundAct(act, polarity, Basis.STATED, predicate.word.i, _names(predicate.subjects, actors))


def _says_nothing(predicate: Predicate, mention: AgreementMention) -> bool:
    """Predicates of who is in it ("belongs to X"), of one's own part ("declined membership in X"), of talk about a named one."""
    if predicate.meaning in {"belong", "participate", "stay outside"}:
        return True
    if predicate.is_own and predicate.meaning not in _lexicon()["own"]["verbs"]:
        return True
    return mention.name is not None and predicate.meaning in _lexicon()["unnamed"]["verbs"]


def _hoped_accession(word: Token) -> ActType:
    """As in "will join in May" is announced; "wants to join", "its bid to join", "may join" have been asked for only."""
    return ActType.ANNOUNCED if _will(word) and governed_by(word) is None else ActType.PROPOSED


def _will(word: Token) -> bool:
    return any(child.lower_ in {"will", "shall"} for child in word.lefts)


def _has_force_words(act: ActType, predicate: Predicate) -> bool:
    """Whether "take", "enter" or "come" is followed by "effect" or "force"; other verbs need nothing."""
    if predicate.place != SUBJECT or act is not ActType.ENTERED_INTO_FORCE or predicate.meaning == "apply":
        return True
    return bool(_FORCE_WORDS & {t.lower_ for t in islice(predicate.word.subtree, 60)})


def _said_of_it(root: Token) -> Iterator[FoundAct]:
    """As in "the deal is dead", "is stalled", "is in force", "remains a proposal"; "the deal, in force since May, is"."""
    verb = root.head
    if root.dep_ in {"nsubj", "nsubjpass"}:
        for child in verb.lefts:
            if child.dep_ == "prep" and child.i > root.i:
                yield from _act_of_modifier(child, child)
    if root.dep_ == "nsubj" and verb.pos_ in {"VERB", "AUX"}:
        for child in verb.rights:
            if child.dep_ in {"acomp", "attr", "prep", "advcl", "advmod"}:
                yield from _act_of_modifier(child, verb)


def _beside(root: Token) -> Iterator[FoundAct]:
    for child in root.children:
        if child.dep_ in {"amod", "acl", "advcl", "compound", "prep"}:
            for token in (child, *child.conjuncts):
                yield from _act_of_modifier(token, child)


def _act_of_modifier(token: Token, verb: Token) -> Iterator[FoundAct]:
    polarity = polarity_of(verb) if verb.pos_ == "AUX" else Polarity.DONE
    behind = [child.lower_ for child in token.rights][:1] if token.dep_ == "prep" else []
    words = " ".join([token.lower_, *behind])
    for act, known in _lexicon()["modifier"].items():
        if words in known:
            yield FoundAct(ActType(act), polarity, Basis.STATED, token.i, rule="modifier")


def _as_governed(act: ActType, word: Token) -> tuple[ActType, Polarity]:
    """What an act is under the verb that governs it: "agreed to develop", "plans to create", "refused to join"."""
    governing, polarity = governed_by(word), polarity_of(word)
    if governing == "agreed":
        return ActType.AGREED, polarity_of(word.head)
    if governing == "proposed":
        return (act, Polarity.PLANNED) if act in CHANGES else (ActType.PROPOSED, polarity)
    if governing == "negotiating":
        return ActType.NEGOTIATING, Polarity.DONE
    if governing == "denied":
        return act, Polarity.DENIED
    return act, Polarity.PLANNED if governing == "planned" and polarity is Polarity.DONE else polarity


def governed_by(verb: Token) -> str | None:
    """Which governing meaning the verb above has: "agreed to X", "plans to X", "refused to X"."""
    if verb.dep_ not in {"xcomp", "ccomp", "pcomp", "advcl"}:
        return None
    head = verb.head if verb.dep_ != "pcomp" else verb.head.head
    if head.i > verb.i:
        return None  # "it took effect in May; others apply it", of which the parser may make one clause
    lemma = head.lemma_.lower()
    return next((meaning for meaning, lemmas in _lexicon()["governing"].items() if lemma in lemmas), None)


def is_condition(verb: Token) -> bool:
    """Whether it stands under "if", "unless", "once" …: it did not happen (yet)."""
    words = set(_lexicon()["conditional"]["words"])
    return any(child.lower_ in words for child in verb.lefts if child.dep_ in {"mark", "advmod"})


def polarity_of(verb: Token) -> Polarity:
    """Denied where negated; planned under "will", "would", a modal or a condition; done otherwise."""
    words = {
        child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass", "neg", "mark", "advmod", "preconj"}
    }
    if any(child.dep_ == "neg" for child in verb.children) or words & {"never", "not", "neither"}:
        return Polarity.DENIED
    if verb.dep_ == "xcomp" and any(child.lower_ == "yet" for child in (*verb.lefts, *verb.head.children)):
        return Polarity.DENIED  # "have yet to ratify"
    modals = {word for group in _lexicon()["modals"].values() for word in group}
    if words & modals or words & set(_lexicon()["conditional"]["words"]):
        return Polarity.PLANNED
    is_due = verb.dep_ == "xcomp" and verb.head.lemma_ == "be"
    if "to" in words and (is_due or verb.dep_ in {"acl", "relcl", "ROOT"}):
        return Polarity.PLANNED  # "the treaty to be signed in May", "is to be signed"
    return Polarity.DONE


@lru_cache(maxsize=1)
def _accession_meanings() -> frozenset[str]:
    return frozenset(meaning for meanings in _lexicon()["accession"].values() for meaning in meanings)


def _names(nouns: tuple[Token, ...], actors: Actors) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor.canonical for noun in nouns for actor in with_conjuncts(noun, actors)))


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    return models.load_lexicon("acts")
