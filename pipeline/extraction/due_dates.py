"""Dates by which something of an agreement is due, or until which it runs, each with its words.

Forms handled: "by 2030", "by the end of 2027", "before 30 June", "no later than May"; "runs until 2042", "was extended to 28
February 2026", "through 2027"; "by the end of the year"; and the date of an act that is planned ("is to open in May"). The date
lies ahead; where a sentence speaks of several agreements it must stand in the phrase of this one, or hang on a verb of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from spacy.tokens import Doc, Token

from pipeline.enumerations import Polarity
from pipeline.extraction.moments import find_date_of_verb, is_past, place_dates
from pipeline.extraction.pairs import verb_above
from pipeline.records import Article, Due

_LIMITS = {"by", "before", "until", "till", "to", "through", "than"}  #: "no later than"
_PARTS = {"end", "middle", "beginning", "start"}  #: "by the end of 2027"
_BEHIND = 3  #: tokens behind a mention that still belong to its phrase: "a fund of €2bn until 2027"
_END_OF_YEAR = re.compile(r"\b(?:by|before|until|to|at) the (?:end|turn) of (?:the|this) year\b")


class _Found(NamedTuple):
    """A due date with its character offsets in the text."""

    start: int
    end: int
    iso: str


def count_rows(doc: Doc, facts: Iterable[dict[str, Any]]) -> Counter[int]:
    """Of how many agreements each sentence, by its first token, speaks."""
    return Counter(start for fact in facts for start in _sentences(doc, fact))


def find_due_dates(doc: Doc, article: Article, fact: dict[str, Any], told: Counter[int]) -> tuple[Due, ...]:
    """The due dates of one agreement, in order; the same day is due once.

    Args:
        doc: the text.
        article: the same text as an article, with its date; without one nothing lies ahead.
        fact: the agreement as it stands on the Doc, with its mentions and acts.
        told: of how many agreements each sentence speaks.
    """
    if article.published is None:
        return ()
    found = {
        each.iso: each for each in sorted([*_of_plans(doc, article, fact), *_limits(doc, article, fact, told)])[::-1]
    }
    made = []
    for start, end, iso in sorted(found.values()):
        words = article.text[start:end]
        made.append(Due(date=iso, date_text=words, start=start, end=end, text=words))
    return tuple(made)


def _sentences(doc: Doc, fact: dict[str, Any]) -> set[int]:
    return {doc[start].sent.start for start, _ in fact["mentions"]}


def _of_plans(doc: Doc, article: Article, fact: dict[str, Any]) -> Iterator[_Found]:
    """The dates of acts that are planned: of the train split's due dates they are 43, and 28 that are none."""
    for _, polarity, _, verb, *_ in fact["acts"]:
        if polarity == Polarity.PLANNED.value:
            date = find_date_of_verb(doc, article, verb, future=True)
            offset = doc[verb].sent.start_char
            if date is not None and not is_past(date.iso, article.published):
                yield _Found(offset + date.start, offset + date.end, date.iso)


def _limits(doc: Doc, article: Article, fact: dict[str, Any], told: Counter[int]) -> Iterator[_Found]:
    for first in _sentences(doc, fact):
        offset = doc[first].idx
        for date, token in place_dates(doc, article, first, future=True):
            is_own = told[first] == 1 or _is_of_row(doc, fact, token)
            if is_own and _is_limit(token) and not is_past(date.iso, article.published):
                yield _Found(offset + date.start, offset + date.end, date.iso)
        for match in _END_OF_YEAR.finditer(doc[first].sent.text) if told[first] == 1 else ():
            yield _Found(offset + match.start(), offset + match.end(), (article.published or "")[:4])


def _is_limit(date: Token) -> bool:
    """Whether a date says by when, or until when: behind one of the words, or the part of a year behind one."""
    part = date.head.head if date.head.lower_ == "of" else date.head
    above = part.head if part.lower_ in _PARTS else date.head
    return bool({date.lower_, above.lower_} & _LIMITS)


def _is_of_row(doc: Doc, fact: dict[str, Any], date: Token) -> bool:
    """Whether a date stands in the row's phrase, or hangs on a verb of one of its acts or above its mention."""
    if any(start <= date.i < end + _BEHIND for start, end in fact["mentions"]):
        return True
    verbs = {act[3] for act in fact["acts"]} | {verb_above(doc[start:end].root).i for start, end in fact["mentions"]}
    return verb_above(date).i in verbs
