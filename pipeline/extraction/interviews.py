"""Whose words stand outside quotation marks in an interview: the questions are the author's, the answers the guest's.

An article is read as an interview where three paragraphs or more are short and end in a question mark. The guest is named by
the label of the answers ("The ambassador: Not quite."), else by the introduction: whom "we spoke to", or who is said to be
one "who" did something there. Counter-examples: a question in an opinion piece, questions of a reader in a digest.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from pipeline.extraction.clauses import find_child
from pipeline.extraction.cues import load_words

_LEAST = 3  #: questions; one or two are rhetoric
_LONGEST = 60  #: tokens of a question
_LABEL = 5  #: tokens of "The former ambassador :"
_LETTERS = {"q", "a"}


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
    starts = [start for start, is_answer in answers if is_answer]
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
    """As in "We spoke to a retired ambassador", "A former inspector, who knows the site, on what was on the table"."""
    people = load_words("speakers", "people") | {"guest", "lawyer", "diplomat", "adviser", "geographer"}
    told = [token for token in intro if token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in people]
    for token in told:
        met = token.head.dep_ == "prep" and token.head.head.lemma_ in {"speak", "talk", "sit", "meet"}
        clause = next((child for child in token.rights if child.dep_ == "relcl"), None)
        is_told_of = (
            clause is not None and (subject := find_child(clause, "nsubj")) is not None and subject.lower_ == "who"
        )
        if met or is_told_of or any(child.lower_ == "our" for child in token.lefts):
            end = max([token.i + 1, *(c.right_edge.i + 1 for c in token.rights if c.dep_ == "prep")])
            return intro.doc[token.left_edge.i : end]
    return None
