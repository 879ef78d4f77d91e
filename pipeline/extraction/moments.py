"""Which date of a text is whose: of an act, of an agreement's name, of the agreement as a whole.

* of a verb: the date in its own words ("was signed on 8 April"), or the only date of its sentence ("A and B, who met on
  Friday, signed it"); a date behind another verb that has acts of its own is that one's
* of a noun: "the Charter of 16 September 2023", "the 1994 Memorandum", "the deal of 2013", "the mission, in Mali since 2013"

No date of an act: the dateline ("OSLO, 8 April (Wire) –"), what is still to come where the act is done ("keeps its money for
the years to 2027"), what says until when ("was extended to May"), "today" where it means these days ("applies today").
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipeline.extraction.echoes import find_echoes
from pipeline.language.dates import DateMention, find_dates
from pipeline.records import Article

MAX_CLIMB = 60  #: steps up a tree from a date to its verb; deeper trees are parses gone wrong
_CLAUSES = {"conj", "relcl", "advcl", "ccomp", "acl"}
_ENDS = {"until", "till", "to", "through"}  #: before a date: how long
_LIMITS = {*_ENDS, "by", "before", "for"}  #: before a date: when something is due, of what is done no date
_DATELINE = re.compile(r"\s*[A-ZÀ-Ý][A-ZÀ-Ý .'’/-]+,(?: [A-Z][a-z]+,)? ")
_BEHIND_DATELINE = re.compile(r" ?(?:\([^)]{1,40}\) ?)?[–—-]")
_OF = {"of", "from", "since", "("}  #: between a noun and its date
_LEADING, _BETWEEN = 8, 2  #: tokens before a noun that are looked at, and those that may stand between
_CUT_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s*$")
_LATER = {
    "now",
    "still",
    "never",
    "since",
    "not",
    "n't",
    "yet",
    "later",
}  #: beside a verb: not when the one before it was


class Placed(NamedTuple):
    """A date of a sentence, and the token that stands for it in the tree."""

    date: DateMention
    token: Token


def find_date_of_verb(
    doc: Doc, article: Article, verb: int, *, future: bool, lasting: bool = False
) -> DateMention | None:
    """The date in the verb's own words (below it in the tree), else the only date of its sentence that no other verb has.

    The second is right of done acts of the train split in 68 of 119 cases, of what lasts in 10 of 53 (behind "since" in 19 of
    30), of what is to come in 9 of 62 ("said in May that it would open").

    Args:
        doc: the text.
        article: the same text as an article, with its date.
        verb: the token of an act.
        future: it is still to come, so that "in May" is the next one.
        lasting: it is no event but goes on: runs, is in force, is stalled.
    """
    all_placed = place_dates(doc, article, verb, future=future)
    placed = [each for each in all_placed if _may_be_when(each, doc[verb], article.published, future=future)]
    own = _own_date(placed, doc[verb])
    if lasting:
        placed = [each for each in placed if _is_since(each)]
    if own is None and not future and _is_of_today(doc[verb]) and article.published is not None:
        return DateMention(0, len("Today"), "Today", article.published, f"relative to published {article.published}")
    if own is not None or not placed or future:
        return own
    beside = placed if len(all_placed) == 1 else [each for each in placed if _is_beside(each.token, doc[verb])]
    if len(beside) == 1 and _may_be_shared(beside[0].token, doc[verb]):
        return beside[0].date
    return _own_date(placed, doc[verb].head) if _goes_on(doc[verb]) or _is_said_of_it(doc[verb]) else None


def _is_of_today(verb: Token) -> bool:
    """As in "Today ministers settled it"; "Today four of them spend more" means these days."""
    sentence = verb.sent
    return verb.i == sentence.root.i and verb.tag_ == "VBD" and sentence[0].text == "Today"


def _own_date(placed: Sequence[Placed], verb: Token) -> DateMention | None:
    """The date that is the verb's own words ("the pact of 1936", where 1936 stands for the act), or below it."""
    itself = (date for date, _ in placed if date.start <= verb.idx - verb.sent.start_char < date.end)
    return next(itself, None) or next((date for date, token in placed if _is_of_verb(token, verb.i)), None)


def place_dates(doc: Doc, article: Article, verb: int, *, future: bool) -> list[Placed]:
    """The dates of the sentence of a token, without the dateline, with their places in it."""
    sentence = doc[verb].sent
    offset, end = sentence.start_char, sentence.end_char
    if _CUT_MONTH.search(article.text, max(offset, end - 6), end):
        end = min(len(article.text), end + 3)  # "began Nov. | 6."
    found = []
    for date in _dates_of(article.text, (offset, end), article.published, future=future):
        span = doc.char_span(offset + date.start, offset + date.end, alignment_mode="expand")
        if span is not None:
            found.append(Placed(date, span.root if span.end <= sentence.end else span[0]))
    return found


@lru_cache(maxsize=64)
def _dates_of(text: str, place: tuple[int, int], published: str | None, *, future: bool) -> tuple[DateMention, ...]:
    # the acts of one sentence ask for the same dates one after another
    sentence = text[slice(*place)]
    echoes = find_echoes(text, *place, published=published)
    dates = [
        date
        for date in find_dates(sentence, published=published, future=future)
        if not _is_dateline(sentence, date) and all(date.end <= e.start or e.end <= date.start for e in echoes)
    ]
    return tuple(sorted([*dates, *echoes], key=lambda date: date.start))


def _is_dateline(sentence: str, date: DateMention) -> bool:
    """As in "NEW YORK, 5 March (Entente Wire) – Negotiators …": when it was written."""
    return bool(
        _DATELINE.fullmatch(sentence, 0, date.start) and _BEHIND_DATELINE.match(sentence, date.end, date.end + 50)
    )


def _may_be_when(placed: Placed, verb: Token, published: str | None, *, future: bool) -> bool:
    """Whether an act can have been, or be, at a date: what is done lies behind, and no word before the date makes it a limit."""
    date, token = placed
    before = {token.lower_, token.head.lower_} if token.i != verb.i else set()
    if before & (_ENDS if future else _LIMITS):
        return False
    if date.text == "today" and verb.tag_ in {"VB", "VBZ", "VBP"} and token.i > verb.i and not future:
        return False
    return future or is_past(date.iso, published)


def _is_since(placed: Placed) -> bool:
    return placed.date.text.lower().startswith("since") or placed.token.head.lower_ == "since"


def _is_of_verb(token: Token, verb: int) -> bool:
    """Whether a date stands below a verb and below no other one in between, nor is part of a name ("Convention of 1997")."""
    if _is_of_noun(token, verb):
        return False
    for _ in range(MAX_CLIMB):
        if token.i == verb:
            return True
        if token.head.i == token.i:
            return False
        if token.pos_ in {"VERB", "AUX"} and token.dep_ in _CLAUSES:
            return False
        token = token.head
    return False


def _is_of_noun(token: Token, verb: int) -> bool:
    return token.head.lower_ == "of" and token.head.head.pos_ in {"NOUN", "PROPN"} and token.head.head.i != verb


def _is_beside(token: Token, verb: Token) -> bool:
    """Whether a date stands in the same part of a sentence that semicolons and dashes cut."""
    first, last = sorted((token.i, verb.i))
    return all(each.text not in {";", "–", "—", ":"} for each in token.doc[first:last])


def _may_be_shared(token: Token, verb: Token) -> bool:
    """Whether a date may be that of a verb it does not hang on: "On Friday A, which had waited long, agreed to sign it".

    Not a date of a noun, nor one in a clause below the verb, nor one that says until when ("by May").
    """
    if _is_of_noun(token, verb.i) or token.head.lower_ in _LIMITS:
        return False
    clause = token
    for _ in range(MAX_CLIMB):
        if clause.pos_ in {"VERB", "AUX"} or clause.head.i == clause.i:
            break
        clause = clause.head
    return clause.is_ancestor(verb)


def _goes_on(verb: Token) -> bool:
    """Whether a verb goes on from the one before: "was put in August and rejected"; not "signed in 1993 and never ratified"."""
    if verb.dep_ != "conj" or verb.head.i > verb.i:
        return False
    return not any(child.dep_ in {"nsubj", "nsubjpass"} or child.lower_ in _LATER for child in verb.children)


def _is_said_of_it(word: Token) -> bool:
    """As in "has been in force since April", "is dead since May": the date hangs on the verb above."""
    return word.dep_ in {"prep", "acomp", "attr", "advmod"} and word.head.lemma_ in {"be", "remain", "stay"}


def find_date_of_noun(doc: Doc, mentions: Sequence[Sequence[int]], *, published: str | None) -> str | None:
    """The year or day that a text puts to a noun or name, the first of its mentions that has one.

    Behind it: "the deal of 2013", "the plan of last April", "a partnership from 2009", "support since 2012", "Protocol (1987)";
    before it: "the 1994 Memorandum", "the December 25, 2011 agreement", "yesterday's agreement".
    """
    found = (
        _behind(doc, start, end, published) or _in_front(doc, doc[start:end].root, published) for start, end in mentions
    )
    return next((iso for iso in found if iso is not None), None)


def find_date_of_participle(doc: Doc, article: Article, mentions: Sequence[Sequence[int]]) -> str | None:
    """The date of what is told in passing: "the carriers, sold in 2011", "the centre, opened last May"; whatever the verb.

    Of the rows of the train split that have no other date it is right in 25 of 30 cases; relative clauses are in 12 of 25.
    """
    for start, end in mentions:
        for child in doc[start:end].root.children:
            if child.dep_ == "acl" and child.tag_ == "VBN":
                placed = place_dates(doc, article, child.i, future=False)
                own = _own_date(
                    [each for each in placed if _may_be_when(each, child, article.published, future=False)], child
                )
                if own is not None:
                    return own.iso
    return None


def _behind(doc: Doc, start: int, end: int, published: str | None) -> str | None:
    words = [token.i for token in doc[start : min(end + 1, len(doc))] if token.lower_ in _OF]
    for of in words:
        dates = find_dates(doc[of : of + 6].text, published=published)
        if dates and dates[0].start <= len(doc[of]) + 2 and is_past(dates[0].iso, published):
            return dates[0].iso
    return None


def _in_front(doc: Doc, root: Token, published: str | None) -> str | None:
    """The date that leads to a noun, with or without "'s"."""
    first = max(root.sent.start, root.i - _LEADING)
    text = doc[first : root.i].text
    for date in find_dates(text, published=published):
        between = text[date.end :].split()
        if is_past(date.iso, published) and _leads(between) and date.text[0] not in "oO":
            return date.iso
    return None


def _leads(between: Sequence[str]) -> bool:
    """Whether the words between a date and a noun let the first belong to the second: "'s", a word or two of a name."""
    return (
        len(between) <= _BETWEEN
        and all(word in {"'s", "’s"} or word[0].isalpha() for word in between)
        and not (
            {word.lower() for word in between}
            & {"the", "a", "an", "of", "in", "on", "and", "that", "to", "by", "its", "their"}
        )
    )


def is_past(iso: str, published: str | None) -> bool:
    """Whether a date, or the part of one that is known, lies not behind the article's; without that all may."""
    return published is None or iso[: len(published)] <= published[: len(iso)]
