"""What a verb means and who does it: its particle and phrase, its subject, those behind "by" and "with"."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Any

from spacy.tokens import Token

import models
from pipeline.extraction.actors import subject_of

NOUNS = {"NOUN", "PROPN"}
MAX_STEPS = 6  #: how far up a tree is looked; deeper ones are parses gone wrong
MAX_CHILDREN = 40  #: conjuncts and children looked at; longer lists are no sentence


def subjects_of(verb: Token) -> tuple[Token, ...]:
    """Who does what a verb says, also from the verb above it: "A agreed to sign", "A persuaded B to sign" (B)."""
    for _ in range(MAX_STEPS):
        subject = subject_of(verb)
        if subject is not None:
            return (_relative_head(subject),)
        if verb.dep_ == "acl" and any(child.dep_ == "poss" for child in verb.head.lefts):
            return tuple(child for child in verb.head.lefts if child.dep_ == "poss")  # "Kosovo's bid to join"
        if verb.dep_ in {"relcl", "acl"}:
            return (verb.head,) if verb.head.pos_ in NOUNS else ()
        if verb.dep_ not in {"xcomp", "conj", "advcl", "ccomp", "pcomp"}:
            return ()
        controlled = next((child for child in verb.head.rights if child.dep_ == "dobj" and child.i < verb.i), None)
        if verb.dep_ in {"xcomp", "ccomp"} and controlled is not None:
            return (controlled,)
        verb = verb.head
    return ()


def agents_of(verb: Token) -> tuple[Token, ...]:
    """Behind "by": "signed by A, by B and by C"; the parser hangs the later ones on the noun before the participle."""
    above = [child for child in verb.head.rights if child.i > verb.i] if verb.dep_ in {"acl", "relcl"} else []
    marks = [child for child in (*verb.rights, *above) if child.dep_ in {"agent", "prep"} and child.lower_ == "by"]
    marks += [other for mark in marks for other in mark.rights if other.dep_ == "conj" and other.lower_ == "by"]
    return tuple(child for mark in marks for child in mark.rights if child.dep_ == "pobj")


def companions_of(verb: Token) -> tuple[Token, ...]:
    """Behind "with" or "alongside" at the verb or its subject: "A, with B, launched X", "A signed X with B", "with B, A …"."""
    subjects = [child for child in verb.lefts if child.dep_ == "nsubj"]
    marks = [
        child for word in (verb, *subjects) for child in islice((*word.lefts, *word.rights), MAX_CHILDREN)
        if child.dep_ == "prep" and child.lower_ in {"with", "alongside"}
    ]  # fmt: skip
    return tuple(noun for mark in marks for noun in mark.rights if noun.dep_ == "pobj")


def meaning_of(verb: Token) -> str:
    """A verb's lemma, with its particle ("pull out"); a phrase's meaning where the verb alone says little.

    "put their names to" -> sign; "take part in" -> participate; "give notice of withdrawal from" -> withdraw.
    """
    lemma = verb.lemma_.lower()
    particle = next(
        (t.lower_ for t in verb.rights if t.dep_ == "prt" or (t.dep_ in {"prep", "advmod"} and t.lower_ == "out")), None
    )
    if particle and f"{lemma} {particle}" in _lexicon()["particle"]:
        return str(_lexicon()["particle"][f"{lemma} {particle}"])
    nouns = {child.lemma_.lower() for child in verb.rights if child.dep_ in {"dobj", "attr", "acomp"}}
    for phrase, meaning in _lexicon()["phrase"].items():
        word, noun = phrase.split()
        if word == lemma and noun in nouns:
            return str(meaning)
    return lemma


def is_asserted(event: Token) -> bool:
    """Whether an event noun stands for something that happened: "took effect", "after", "completed"; not "called for"."""
    facts = _lexicon()["factive"]
    head = event.head
    if event.dep_ == "nsubj":
        return head.lemma_ in facts["subject"] and not _has_modal(head)
    if event.dep_ == "pobj":
        return head.lower_ in facts["prepositions"]
    if event.dep_ in {"dobj", "nsubjpass"}:
        return head.lemma_ in facts["object"] and not _has_modal(head)
    return False


def _relative_head(subject: Token) -> Token:
    """As in "France … is the only member that has declined": the subject of the outer clause stands for "that"."""
    if subject.lower_ in {"who", "which", "that"} and subject.head.dep_ == "relcl":
        noun = subject.head.head
        return _outer_subject(noun.head) or noun if noun.dep_ == "attr" else noun
    return subject


def _outer_subject(verb: Token) -> Token | None:
    """The subject of "is", also of a joined one: "France stays out and is the only member that …"."""
    while verb.dep_ == "conj" and not any(child.dep_ == "nsubj" for child in verb.lefts):
        verb = verb.head
    return next((child for child in verb.lefts if child.dep_ == "nsubj"), None)


def _has_modal(verb: Token) -> bool:
    words: Iterable[Token] = verb.lefts
    return any(child.dep_ == "neg" or child.tag_ == "MD" for child in words)


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, Any]]:
    return models.load_lexicon("predicates")
