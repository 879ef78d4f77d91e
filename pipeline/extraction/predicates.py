"""Which words say something of an agreement: the verbs and event nouns of which one mention is object, subject or member.

Forms handled (meaning, place):
* object: "signed the X Treaty", "pulled out of X" (pull out), "put their names to X" (sign), "suspended its part in X"
* passive, participle, relative clause: "X was signed by A", "X, signed by A and by B", "X, which A and B signed"
* subject: "X expired", "X, which was signed in May and expired in June"
* belonging: "A is a party to X", "X, of which A is not a member", "A is a member of X, while B is not"
* events: "A's withdrawal from X took effect", "after the ratification of X by A"; not "calls for the ratification of X"
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from spacy.tokens import Doc, Token

import models
from pipeline.enumerations import AgreementKind
from pipeline.extraction.mention import UNSAID, AgreementMention
from pipeline.extraction.verbs import (
    MAX_CHILDREN,
    MAX_STEPS,
    NOUNS,
    agents_of,
    companions_of,
    is_asserted,
    meaning_of,
    subjects_of,
)

OBJECT, SUBJECT, BELONGING = "object", "subject", "belonging"
_RELATIVES = {"which", "that", "who", "whom"}
# What a paper can be signed on: "a letter of intent on the X Approach" is the approach's own; one "on the X Treaty" is not.
_PAPER_KINDS = {
    AgreementKind.CAPABILITY_PROGRAMME,
    AgreementKind.OPERATION_MISSION,
    AgreementKind.COALITION,
    AgreementKind.INSTITUTION_BODY,
    AgreementKind.FUNDING_INSTRUMENT,
}
JOINING = {"join", "accede", "enter"}  #: meanings that make a state a member


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
    if mention.rule == UNSAID:  # "Chile did not join": the verb stands for what is joined
        verb = doc[mention.root]
        return [Predicate(verb, meaning_of(verb), OBJECT, subjects_of(verb), companions_of(verb))]
    found: dict[int, Predicate] = {}
    for predicate in (*_above(doc[mention.root], mention.kind), *_clauses(doc, mention)):
        found.setdefault(predicate.word.i, predicate)
        for other in _echoes(predicate):
            found.setdefault(other.word.i, other)
    return list(found.values())


def _above(root: Token, kind: AgreementKind) -> Iterator[Predicate]:
    token, is_own = root, False
    for _ in range(MAX_STEPS):
        yield from (replace(predicate, is_own=is_own or predicate.is_own) for predicate in _governing(token, kind))
        carrier = _carrier(token, kind)
        if carrier is None:
            return
        is_own = is_own or carrier.lemma_.lower() in _lexicon()["proxy"]["own"]
        token = carrier


def _carrier(token: Token, kind: AgreementKind) -> Token | None:
    """The noun that stands for the agreement in the clause: "its part in X", "A and X", "a letter of intent on X"."""
    head = token.head
    if token.dep_ in {"conj", "appos"} and head.pos_ in NOUNS and head.i != token.i:
        return head
    if token.dep_ != "pobj" or head.head.pos_ not in NOUNS:
        return None
    noun, proxies = head.head, _lexicon()["proxy"]
    if noun.lemma_.lower() in proxies["nouns"]:
        return noun
    paper = noun.lemma_.lower() in proxies["papers"] and head.lower_ in {"on", "for", "about", "under", "to"}
    return noun if paper and kind in _PAPER_KINDS else None


def _governing(token: Token, kind: AgreementKind) -> Iterator[Predicate]:
    head = token.head
    if token.dep_ == "nsubjpass" and head.pos_ == "VERB":
        yield from _with_conjoined(Predicate(head, meaning_of(head), OBJECT, agents_of(head), companions_of(head)))
    elif token.dep_ == "nsubj" and head.pos_ in {"VERB", "AUX"}:
        yield from _with_conjoined(Predicate(head, meaning_of(head), SUBJECT))
        yield from _due(head)
    elif token.dep_ in {"dobj", "attr", "oprd"} and head.pos_ == "VERB":
        yield from _active(head)
    elif token.dep_ in {"pobj", "pcomp"}:
        yield from _behind_preposition(token, kind)


def _due(verb: Token) -> Iterator[Predicate]:
    """As in "a committee is to be set up", "talks are to open", of which the parser makes a clause below "is"."""
    for child in verb.rights if verb.lemma_ == "be" else ():
        if child.dep_ == "xcomp" and any(inner.tag_ == "TO" for inner in child.lefts):
            passive = any(inner.dep_ == "auxpass" for inner in child.lefts)
            yield Predicate(
                child, meaning_of(child), OBJECT if passive else SUBJECT, agents_of(child) if passive else ()
            )


def _active(verb: Token) -> Iterator[Predicate]:
    yield Predicate(verb, meaning_of(verb), OBJECT, subjects_of(verb), companions_of(verb))
    # "signed and ratified the treaty": the object hangs on the last verb
    before = verb.head
    if verb.dep_ == "conj" and before.pos_ == "VERB" and not any(c.dep_ in {"dobj", "prep"} for c in before.rights):
        yield Predicate(before, meaning_of(before), OBJECT, subjects_of(before), companions_of(before))


def _behind_preposition(token: Token, kind: AgreementKind) -> Iterator[Predicate]:
    preposition = token.head
    above = preposition.head
    while above.pos_ == "ADP" and above.head.i != above.i:
        above = above.head  # "walked out of"
    word = preposition.lower_
    if above.pos_ in {"VERB", "AUX"} and above.i < token.i:
        if word == "outside" and above.lemma_ in {"be", "remain", "stay"}:
            yield Predicate(above, "stay outside", OBJECT, subjects_of(above))
        elif word in _lexicon()["proxy"]["prepositions"] and above.pos_ == "VERB":
            is_plain = meaning_of(above) == above.lemma_.lower()
            is_own = is_plain and _has_object(above, _lexicon()["proxy"]["own"])  # "suspended its part | in X"
            if is_own or not _has_other_object(above, kind):
                yield from (replace(predicate, is_own=is_own) for predicate in _active(above))
    elif above.pos_ in NOUNS:
        yield from _behind_noun(above, word)


def _has_other_object(verb: Token, kind: AgreementKind) -> bool:
    """Whether what happens happens to something else: "withdrew its troops from X", "signed a statement on the X Treaty"."""
    if meaning_of(verb) != verb.lemma_.lower():
        return False  # "put their names to X"
    if kind in _PAPER_KINDS and _has_object(verb, _lexicon()["proxy"]["papers"]):
        return False  # "signed a letter of intent on the X Approach"
    return any(child.dep_ == "dobj" for child in verb.rights)


def _has_object(verb: Token, lemmas: Sequence[str]) -> bool:
    return any(child.dep_ == "dobj" and child.lemma_.lower() in lemmas for child in verb.rights)


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
    elif noun.dep_ == "appos" and head.pos_ in NOUNS:
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
                    Predicate(child, meaning_of(child), OBJECT, agents_of(child), companions_of(child))
                )
            elif child.dep_ == "acl" and child.tag_ == "VBG":
                yield Predicate(child, meaning_of(child), SUBJECT)


def _relative(verb: Token) -> Iterator[Predicate]:
    pronoun = next((t for t in islice(verb.subtree, MAX_CHILDREN) if t.lower_ in _RELATIVES and t.i < verb.i), None)
    place = pronoun.dep_ if pronoun is not None else None
    if place == "nsubj" and pronoun is not None and pronoun.head.i == verb.i:
        yield from _with_conjoined(Predicate(verb, meaning_of(verb), SUBJECT))
    elif place == "nsubjpass":
        yield from _with_conjoined(Predicate(verb, meaning_of(verb), OBJECT, agents_of(verb), companions_of(verb)))
    elif place == "pobj" and pronoun is not None:
        yield from _relative_behind_preposition(verb)
    elif any(child.dep_ == "nsubj" for child in verb.lefts) and (
        place == "dobj" or not any(child.dep_ == "dobj" for child in verb.rights)
    ):
        yield Predicate(verb, meaning_of(verb), OBJECT, subjects_of(verb), companions_of(verb))


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


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, Any]]:
    return models.load_lexicon("predicates")
