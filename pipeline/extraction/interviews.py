"""Whose words stand outside quotation marks in an interview: the questions are the author's, the answers the guest's.

An article is read as an interview where three paragraphs or more are short and end in a question mark. The guest is named by
the label of the first answer behind a question ("The ambassador: Not quite."), else by the introduction: whom "we spoke to" or
"asked", somebody "who" did something there, who "looks back", or who stands alone with a subject ("A former mediator on a deal
that holds"). Counter-examples: a question in an opinion piece, questions of a reader in a digest; "Photo: the old bridge".
"""

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.clauses import find_child
from pipeline.extraction.cues import load_words

_LEAST = 3  #: questions; one or two are rhetoric
_LONGEST = 60  #: tokens of a question
_LABEL = 5  #: tokens of "The former ambassador :"
_LETTERS = {"q", "a"}
_MEETING = {"speak", "talk", "sit", "meet"}
_ASKING = {"ask", "meet", "interview", "visit"}
_ABOUT = {"on", "about"}
_TELLING = {"look", "talk", "tell", "explain", "remember", "recall", "answer", "reflect", "describe", "speak"}


def find_answers(doc: Doc) -> list[tuple[int, bool]]:
    """Where questions (False) and answers (True) begin, in order of the text; nothing where the text is no interview."""
    paragraphs = list(_paragraphs(doc))
    asks = [_is_question(paragraph) for paragraph in paragraphs]
    if sum(asks) < _LEAST:
        return []
    first = asks.index(True)
    return [(paragraph.start, not ask) for paragraph, ask in zip(paragraphs[first:], asks[first:], strict=True)]


def find_guest(doc: Doc, answers: list[tuple[int, bool]]) -> Span | None:
    """The words that say who answers: the label of an answer, else a noun of the introduction; None where nobody is told."""
    starts = [start for (_, before), (start, is_answer) in pairwise(answers) if is_answer and not before]
    label = next((span for start in starts if (span := _label(doc, start)) is not None), None)
    return label or _introduced(doc[: answers[0][0]])


def _paragraphs(doc: Doc) -> Iterator[Span]:
    start = 0
    for token in doc:
        if "\n" in token.text or token.i == len(doc) - 1:
            if any(word.is_alpha for word in doc[start : token.i + 1]):
                yield doc[start : token.i + 1]
            start = token.i + 1


def _is_question(paragraph: Span) -> bool:
    words = [token.text for token in paragraph if not token.is_space and token.text not in {"*", "_", "”", '"'}]
    return bool(words) and words[-1] == "?" and len(words) <= _LONGEST


def _label(doc: Doc, start: int) -> Span | None:
    for token in doc[start : start + _LABEL]:
        if token.text == ":":
            label = doc[start : token.i]
            return label if len(label) and label.text.lower() not in _LETTERS else None
    return None


def _introduced(intro: Span) -> Span | None:
    """As in "We spoke to a retired ambassador", "A chemist who inspected for years", "A former inspector on the last deal"."""
    nouns = [token for token in intro if token.pos_ in {"NOUN", "PROPN"}]
    guest = next((noun for says in (_is_met, _is_told_of, _is_alone) for noun in nouns if says(noun)), None)
    return None if guest is None else intro.doc[guest.left_edge.i : _end_of_name(guest)]


def _is_met(noun: Token) -> bool:
    """As in "we spoke to a retired ambassador", "we asked a planner of the alliance", "our guest"."""
    if any(child.lower_ == "our" for child in noun.lefts):
        return _is_person(noun)
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if verb.lemma_ not in (_MEETING if noun.dep_ == "pobj" else _ASKING) or noun.dep_ not in {"pobj", "dobj"}:
        return False
    subject = find_child(verb, "nsubj")
    return subject is not None and subject.lower_ in {"we", "i"} and _is_person(noun)


def _is_told_of(noun: Token) -> bool:
    """As in "A chemist who has inspected for two decades": one, not named, with a clause that says why it is this one."""
    clause = find_child(noun, "relcl")
    subject = None if clause is None else find_child(clause, "nsubj")
    is_one = any(child.lower_ in {"a", "an", "one"} for child in noun.lefts)
    return subject is not None and subject.lower_ == "who" and (is_one or _is_person(noun))


def _is_alone(noun: Token) -> bool:
    """As in "A former negotiator of an importer on three pipes", "A former official of the bloc looks back"."""
    if not (_is_person(noun) and any(child.lower_ in {"a", "an"} for child in noun.lefts)):
        return False
    is_subject = noun.dep_ == "nsubj" and noun.head.dep_ == "ROOT" and noun.head.lemma_ in _TELLING
    is_title = noun.dep_ == "ROOT" and any(token.lower_ in _ABOUT and token.i > noun.i for token in noun.subtree)
    return is_subject or is_title


def _is_person(noun: Token) -> bool:
    is_past = any(child.lower_ in {"former", "retired"} for child in noun.lefts)
    return is_past or noun.lemma_.lower() in load_words("speakers", "people")


def _end_of_name(noun: Token) -> int:
    """Behind "of the alliance", before "on what was on the table" and ", who knows the site"."""
    last = max((child.right_edge.i for child in noun.rights if child.dep_ == "prep"), default=noun.i)
    return next((i for i in range(noun.i + 1, last + 1) if noun.doc[i].lower_ in _ABOUT | {",", "who"}), last + 1)
