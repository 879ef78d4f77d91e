"""Which words say something of an agreement: the verbs and event nouns of which one mention is object, subject or member.

Forms handled (meaning, place):
* object: "signed the X Treaty", "pulled out of X" (pull out), "put their names to X" (sign), "suspended its part in X"
* passive, participle, relative clause: "X was signed by A", "X, signed by A and by B", "X, which A and B signed"
* subject: "X expired", "X, which was signed in May and expired in June"
* belonging: "A is a party to X", "X, of which A is not a member", "A is a member of X, while B is not"
* events: "A's withdrawal from X took effect", "after the ratification of X by A"; not "calls for the ratification of X"
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from spacy.tokens import Doc, Token

import models
from pipeline.enumerations import AgreementKind
from pipeline.extraction.actors import subject_of
from pipeline.extraction.mentions import AgreementMention

OBJECT, SUBJECT, BELONGING = "object", "subject", "belonging"
_RELATIVES = {"which", "that", "who", "whom"}
_NOUNS = {"NOUN", "PROPN"}
# What a paper can be signed on: "a letter of intent on the X Approach" is the approach's own; one "on the X Treaty" is not.
_PAPER_KINDS = {
    AgreementKind.CAPABILITY_PROGRAMME,
    AgreementKind.OPERATION_MISSION,
    AgreementKind.COALITION,
    AgreementKind.INSTITUTION_BODY,
    AgreementKind.FUNDING_INSTRUMENT,
}
JOINING = {"join", "accede", "enter"}  #: meanings that make a state a member
MAX_STEPS = 6  #: how far up a tree is looked; deeper ones are parses gone wrong
MAX_CHILDREN = 40  #: conjuncts and children looked at; longer lists are no sentence


@dataclass(frozen=True)
class Predicate:
    """A verb or event noun, what it means (a verb's lemma), where the agreement stands to it, and the nouns that do it."""

    word: Token
    meaning: str
    place: str
    subjects: tuple[Token, ...] = ()
    companions: tuple[Token, ...] = ()  #: "with Italy"
    is_own: bool = False  #: done to the doer's own part in it: "suspended its part in X", "declined membership in X"


def find_predicates(doc: Doc, mention: AgreementMention) -> list[Predicate]:
    """All predicates of one mention, each word once, nearest first."""
    found: dict[int, Predicate] = {}
    for predicate in (*_above(doc[mention.root], mention.kind), *_clauses(doc, mention)):
        found.setdefault(predicate.word.i, predicate)
        for other in _echoes(predicate):
            found.setdefault(other.word.i, other)
    return list(found.values())


def subjects_of(verb: Token) -> tuple[Token, ...]:
    """Who does what a verb says, also from the verb above it: "A agreed to sign", "A persuaded B to sign" (B)."""
    for _ in range(MAX_STEPS):
        subject = subject_of(verb)
        if subject is not None:
            return (_relative_head(subject),)
        if verb.dep_ == "acl" and any(child.dep_ == "poss" for child in verb.head.lefts):
            return tuple(child for child in verb.head.lefts if child.dep_ == "poss")  # "Kosovo's bid to join"
        if verb.dep_ in {"relcl", "acl"}:
            return (verb.head,) if verb.head.pos_ in _NOUNS else ()
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


def _above(root: Token, kind: AgreementKind) -> Iterator[Predicate]:
    token, is_own = root, False
    for _ in range(MAX_STEPS):
        yield from (replace(predicate, is_own=is_own) for predicate in _governing(token))
        carrier = _carrier(token, kind)
        if carrier is None:
            return
        is_own = is_own or carrier.lemma_.lower() in _lexicon()["proxy"]["own"]
        token = carrier


def _carrier(token: Token, kind: AgreementKind) -> Token | None:
    """The noun that stands for the agreement in the clause: "its part in X", "A and X", "a letter of intent on X"."""
    head = token.head
    if token.dep_ in {"conj", "appos"} and head.pos_ in _NOUNS and head.i != token.i:
        return head
    if token.dep_ != "pobj" or head.head.pos_ not in _NOUNS:
        return None
    noun, proxies = head.head, _lexicon()["proxy"]
    if noun.lemma_.lower() in proxies["nouns"]:
        return noun
    paper = noun.lemma_.lower() in proxies["papers"] and head.lower_ in {"on", "for", "about", "under", "to"}
    return noun if paper and kind in _PAPER_KINDS else None


def _governing(token: Token) -> Iterator[Predicate]:
    head = token.head
    if token.dep_ == "nsubjpass" and head.pos_ == "VERB":
        yield from _with_conjoined(Predicate(head, meaning_of(head), OBJECT, agents_of(head), _companions(head)))
    elif token.dep_ == "nsubj" and head.pos_ in {"VERB", "AUX"}:
        yield from _with_conjoined(Predicate(head, meaning_of(head), SUBJECT))
    elif token.dep_ in {"dobj", "attr", "oprd"} and head.pos_ == "VERB":
        yield from _active(head)
    elif token.dep_ in {"pobj", "pcomp"}:
        yield from _behind_preposition(token)


def _active(verb: Token) -> Iterator[Predicate]:
    yield Predicate(verb, meaning_of(verb), OBJECT, subjects_of(verb), _companions(verb))
    # "signed and ratified the treaty": the object hangs on the last verb
    before = verb.head
    if verb.dep_ == "conj" and before.pos_ == "VERB" and not any(c.dep_ in {"dobj", "prep"} for c in before.rights):
        yield Predicate(before, meaning_of(before), OBJECT, subjects_of(before), _companions(before))


def _behind_preposition(token: Token) -> Iterator[Predicate]:
    preposition = token.head
    above = preposition.head
    while above.pos_ == "ADP" and above.head.i != above.i:
        above = above.head  # "walked out of"
    word = preposition.lower_
    if above.pos_ in {"VERB", "AUX"} and above.i < token.i:
        if word == "outside" and above.lemma_ in {"be", "remain", "stay"}:
            yield Predicate(above, "stay outside", OBJECT, subjects_of(above))
        elif word in _lexicon()["proxy"]["prepositions"]:
            yield from _active(above) if above.pos_ == "VERB" else ()
    elif above.pos_ in _NOUNS:
        yield from _behind_noun(above, word)


def _behind_noun(noun: Token, preposition: str) -> Iterator[Predicate]:
    """As in "a member of X", "withdrawal from X": belonging or an event."""
    lemma = noun.lemma_.lower()
    if lemma in _lexicon()["belonging"]["nouns"] and preposition in {"of", "to", "in"}:
        yield from _belonging(noun)
    meaning = _lexicon()["event"].get(lemma)
    if meaning and preposition in _lexicon()["proxy"]["prepositions"] and is_asserted(noun):
        makers = [child for child in noun.lefts if child.dep_ == "poss"] + list(agents_of(noun))
        yield Predicate(noun, meaning, OBJECT, tuple(makers))


def _belonging(noun: Token) -> Iterator[Predicate]:
    head = noun.head
    if noun.dep_ == "attr" and head.lemma_ in {"be", "become", "remain"}:
        meaning = "join" if head.lemma_ == "become" else "belong"
        yield Predicate(head, meaning, BELONGING, subjects_of(head))
    elif noun.dep_ == "appos" and head.pos_ in _NOUNS:
        yield Predicate(noun, "belong", BELONGING, (head,))


def _echoes(predicate: Predicate) -> Iterator[Predicate]:
    """The same said of another in short: "..., while Hungary is not", "..., but Norway did not"."""
    for other in islice(predicate.word.rights, MAX_CHILDREN):
        if other.dep_ not in {"advcl", "conj", "ccomp"} or other.lemma_ not in {"be", "do", "have"}:
            continue
        parts = {child.dep_ for child in other.children}
        if "nsubj" in parts and "neg" in parts and not parts & {"attr", "acomp", "dobj", "prep", "ccomp"}:
            place = predicate.place if predicate.subjects else SUBJECT
            yield Predicate(other, predicate.meaning, place, subjects_of(other))


def _clauses(doc: Doc, mention: AgreementMention) -> Iterator[Predicate]:
    """Relative clauses and participles behind any word of the mention: "the Treaty of Aachen, which A and B signed"."""
    tokens = {mention.root, *range(mention.start, mention.end)} if mention.key else {mention.root}
    for index in sorted(tokens):
        for child in islice(doc[index].rights, MAX_CHILDREN):
            if child.i < mention.end and mention.key:
                continue
            if child.dep_ == "relcl":
                yield from _relative(child)
            elif child.dep_ == "acl" and child.tag_ in {"VBN", "VBD"}:
                yield from _with_conjoined(
                    Predicate(child, meaning_of(child), OBJECT, agents_of(child), _companions(child))
                )
            elif child.dep_ == "acl" and child.tag_ == "VBG":
                yield Predicate(child, meaning_of(child), SUBJECT)


def _relative(verb: Token) -> Iterator[Predicate]:
    pronoun = next((t for t in islice(verb.subtree, MAX_CHILDREN) if t.lower_ in _RELATIVES and t.i < verb.i), None)
    place = pronoun.dep_ if pronoun is not None else None
    if place == "nsubj" and pronoun is not None and pronoun.head.i == verb.i:
        yield from _with_conjoined(Predicate(verb, meaning_of(verb), SUBJECT))
    elif place == "nsubjpass":
        yield from _with_conjoined(Predicate(verb, meaning_of(verb), OBJECT, agents_of(verb), _companions(verb)))
    elif place == "pobj" and pronoun is not None:
        yield from _relative_behind_preposition(verb)
    elif any(child.dep_ == "nsubj" for child in verb.lefts) and (
        place == "dobj" or not any(child.dep_ == "dobj" for child in verb.rights)
    ):
        yield Predicate(verb, meaning_of(verb), OBJECT, subjects_of(verb), _companions(verb))


def _relative_behind_preposition(verb: Token) -> Iterator[Predicate]:
    """As in "in which Germany takes part", "to which France acceded", "of which Hungary is not a member"."""
    noun = next((child for child in verb.rights if child.dep_ == "attr"), None)
    if noun is not None and noun.lemma_.lower() in _lexicon()["belonging"]["nouns"]:
        yield from _belonging(noun)
    elif verb.pos_ == "VERB" and meaning_of(verb) in _lexicon()["proxy"]["relative"]:
        yield Predicate(verb, meaning_of(verb), OBJECT, subjects_of(verb))


def _with_conjoined(predicate: Predicate) -> Iterator[Predicate]:
    """A verb and those joined to it without a subject of their own: "was signed in 1991 and expired in 2009"."""
    yield predicate
    for other in islice(predicate.word.rights, MAX_CHILDREN):
        joined = other.dep_ == "conj" or (other.dep_ == "advcl" and other.tag_ == "VBN")
        if not joined or other.pos_ != "VERB" or any(c.dep_ in {"nsubj", "nsubjpass"} for c in other.lefts):
            continue
        passive = other.tag_ == "VBN" and (predicate.place == OBJECT or other.dep_ == "advcl")
        passive = passive or any(child.dep_ == "auxpass" for child in other.lefts)
        place, subjects = (OBJECT, agents_of(other)) if passive else (SUBJECT, ())
        yield Predicate(other, meaning_of(other), place, subjects)


def _companions(verb: Token) -> tuple[Token, ...]:
    """Behind "with" or "alongside" at the verb or its subject: "A, with B, launched X", "A signed X with B"."""
    subjects = [child for child in verb.lefts if child.dep_ == "nsubj"]
    marks = [
        child for word in (verb, *subjects) for child in islice(word.rights, MAX_CHILDREN)
        if child.dep_ == "prep" and child.lower_ in {"with", "alongside"}
    ]  # fmt: skip
    return tuple(noun for mark in marks for noun in mark.rights if noun.dep_ == "pobj")


def _relative_head(subject: Token) -> Token:
    """As in "France … is the only member that has declined": the subject of the outer clause stands for "that"."""
    if subject.lower_ in {"who", "which", "that"} and subject.head.dep_ == "relcl":
        noun = subject.head.head
        if noun.dep_ == "attr":
            outer = next((child for child in noun.head.lefts if child.dep_ == "nsubj"), None)
            return outer if outer is not None else noun
        return noun
    return subject


def _has_modal(verb: Token) -> bool:
    words: Iterable[Token] = verb.lefts
    return any(child.dep_ == "neg" or child.tag_ == "MD" for child in words)


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, Any]]:
    return models.load_lexicon("predicates")
