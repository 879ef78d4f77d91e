"""What a text says of an agreement's terms: its legal form, its official number and what it obliges its parties to.

"a legally binding treaty", "a political declaration", "signed a memorandum" (legal form); "Resolution 2292", "Joint Action
2008/124/CFSP" (reference); "a promise of mutual help", "the treaty commits both to consult" (obligations: defence,
consultation). Only what stands in the agreement's own words, right behind them or in a clause that it is the subject of:
nothing is inferred from its kind, and nothing is known of a treaty that the text does not say.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from spacy.tokens import Doc, Token

import models

_TAIL = 12  #: tokens read behind a mention: "a treaty on defence and security cooperation between the two"
_CLAUSE = 40  #: tokens read of a clause about an agreement: a longer one tells of other things too
_BESIDE = 3  #: characters between a mention and its number: ", ", " ("
#: what goes on with a mention: "a treaty [on …]", "a promise [to …]"; not "by" or "after", which tell of something else
_GOING_ON = frozenset({"on", "for", "of", "to", "against", "about", "not", "under", "that", "in"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """One term and the words that say it, in characters of the Doc."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one agreement, as far as a text has them."""

    legal_form: FoundTerm | None
    reference: FoundTerm | None
    obligations: tuple[FoundTerm, ...]


def find_terms(doc: Doc, mentions: Sequence[Sequence[int]]) -> Terms:
    """The terms of the agreement with these mentions, each from the first mention that has it.

    Args:
        doc: a parsed text.
        mentions: token ranges, the end exclusive.
    """
    ranges = [(start, end) for start, end in mentions]
    return Terms(
        legal_form=next(chain.from_iterable(_find_forms(doc, start, end) for start, end in ranges), None),
        reference=next(chain.from_iterable(_find_references(doc, start, end) for start, end in ranges), None),
        obligations=_find_obligations(doc, ranges),
    )


def _find_forms(doc: Doc, start: int, end: int) -> Iterator[FoundTerm]:
    """What is said of binding first: "a legally binding memorandum" is more than a memorandum."""
    root = doc[start:end].root
    for word in _said_of(root):
        form = _read_adjective(word)
        if form is not None:
            yield form
    words = doc[start:end]
    lemmas = [token.lemma_.lower() for token in words]
    for name, phrase in _load_forms():
        for place in _find_phrase(lemmas, phrase):
            if start + place <= root.i < start + place + len(phrase):
                yield _term(doc, name, start + place, start + place + len(phrase))


def _said_of(noun: Token) -> Iterator[Token]:
    """The words that describe a noun: before it, behind "is", or as what it has ("has no binding force")."""
    yield from (child for child in noun.children if child.dep_ in {"amod", "advmod", "compound"})
    if noun.dep_ in _SUBJECTS:
        yield noun.head
        for child in noun.head.children:
            if child.dep_ in {"acomp", "attr", "dobj", "oprd"}:
                yield from (child, *(word for word in child.children if word.dep_ == "amod"))


def _read_adjective(word: Token) -> FoundTerm | None:
    """As in "legally binding", "politically binding", "not binding", "non-binding", "a political commitment"."""
    lower, doc = word.lower_, word.doc
    if lower in {"binding", "nonbinding"}:
        words = [word, *(child for child in word.children if child.lower_ in {"legally", "politically", "not", "non"})]
        start, end = min(each.i for each in words), max(each.i for each in words) + 1
        manner = "politically" if any(each.lower_ == "politically" for each in words) else "legally"
        denial = "not " if _is_denied(word) else ""
        return _term(doc, f"{denial}{manner} binding", start, end)
    is_plain = word.dep_ != "amod" or word.head.lemma_.lower() in models.load_lexicon("terms")["political"]["nouns"]
    if lower == "political" and is_plain:
        return _term(doc, "political", word.i, word.i + 1)
    return None


def _is_denied(word: Token) -> bool:
    """As in "is not binding", "non-binding", "has no binding force"."""
    if word.lower_.startswith("non") or (word.i > 1 and "non" in {word.nbor(-1).lower_, word.nbor(-2).lower_}):
        return True
    around = [word, word.head] if word.pos_ in {"ADJ", "VERB"} else [word]
    return any(
        child.dep_ == "neg" or (child.lower_ in {"no", "not", "never"} and child.i < word.i)
        for each in around
        for child in each.children
    )


def _find_references(doc: Doc, start: int, end: int) -> Iterator[FoundTerm]:
    """Official numbers within a mention, or right behind it: "the mandate (Joint Action 2008/124/CFSP)"."""
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    sentence = doc[start].sent
    text, offset = sentence.text, sentence.start_char
    for match in _load_references().finditer(text):
        begin, stop = offset + match.start(), offset + match.end()
        is_beside = (
            begin >= last and begin - last <= _BESIDE and not text[last - offset : begin - offset].strip(" ,(–—")
        )
        if (begin < last and first < stop) or is_beside:
            yield FoundTerm(match.group(), begin, stop)


def _find_obligations(doc: Doc, mentions: Sequence[tuple[int, int]]) -> tuple[FoundTerm, ...]:
    """Each obligation once, in the order of the text."""
    found: dict[str, FoundTerm] = {}
    for start, end in mentions:
        for first, last in ((start, _find_tail(doc, end)), *_find_clauses(doc[start:end].root)):
            lemmas = [token.lemma_.lower() for token in doc[first:last]]
            for name, phrase in _load_obligations():
                for place in _find_phrase(lemmas, phrase):
                    found.setdefault(name, _term(doc, name, first + place, first + place + len(phrase)))
    return tuple(sorted(found.values(), key=lambda term: term.start))


def _find_tail(doc: Doc, end: int) -> int:
    """Where the words end that go on with a mention: before a stop, a new sentence or a verb with a tense."""
    stop = end
    if end >= len(doc) or doc[end].lower_ not in _GOING_ON:
        return end
    while stop < min(len(doc), end + _TAIL):
        token = doc[stop]
        if token.is_sent_start or token.is_space or token.text in ".,;:()—–“”" or token.tag_ in {"VBD", "VBZ", "VBP"}:
            break
        stop += 1
    return stop


def _find_clauses(root: Token) -> Iterator[tuple[int, int]]:
    """What stands behind the verbs that bind, with the agreement as their subject: "the treaty commits [both to consult]"."""
    verbs = [root.head] if root.dep_ == "nsubj" else []
    verbs += [child for child in root.children if child.dep_ in {"relcl", "acl"}]
    for verb in verbs:
        if _is_under_which(verb) or verb.lemma_.lower() in models.load_lexicon("terms")["binding"]["verbs"]:
            yield verb.i, min(verb.right_edge.i + 1, verb.i + _CLAUSE, verb.sent.end)


def _is_under_which(verb: Token) -> bool:
    """As in "declarations under which each side would [come to the other's aid]"."""
    return any(
        prep.dep_ == "prep" and prep.i < verb.i and any(child.tag_ == "WDT" for child in prep.children)
        for prep in verb.children
    )


def _find_phrase(lemmas: list[str], phrase: tuple[str, ...]) -> Iterator[int]:
    for place, lemma in enumerate(lemmas):
        if lemma == phrase[0] and tuple(lemmas[place : place + len(phrase)]) == phrase:
            yield place


def _term(doc: Doc, value: str, start: int, end: int) -> FoundTerm:
    return FoundTerm(value, doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


@lru_cache(maxsize=1)
def _load_forms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    forms = models.load_lexicon("terms")["form"]
    return tuple((form["name"], tuple(noun.split())) for form in forms for noun in form["nouns"])


@lru_cache(maxsize=1)
def _load_obligations() -> tuple[tuple[str, tuple[str, ...]], ...]:
    obligations = models.load_lexicon("terms")["obligation"]
    return tuple((each["name"], tuple(words.split())) for each in obligations for words in each["words"])


@lru_cache(maxsize=1)
def _load_references() -> re.Pattern[str]:
    patterns = models.load_lexicon("terms")["reference"]["patterns"]
    return re.compile("|".join(rf"\b(?:{pattern})(?!\w)" for pattern in patterns))
