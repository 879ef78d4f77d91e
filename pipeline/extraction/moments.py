"""Which date of a text is whose: of an act, of an agreement's name, of the agreement as a whole.

* of a verb: the date in its own words ("was signed on 8 April"), or the only date of its sentence ("A and B, who met on
  Friday, signed it"); a date behind another verb that has acts of its own is that one's
* of a noun: "the Charter of 16 September 2023", "the 1994 Memorandum", "the deal of 2013", "the mission, in Mali since 2013"
"""

from collections.abc import Sequence
from functools import lru_cache

from spacy.tokens import Doc, Token

from pipeline.language.dates import DateMention, find_dates
from pipeline.records import Article

MAX_CLIMB = 60  #: steps up a tree from a date to its verb; deeper trees are parses gone wrong
_CLAUSES = {"conj", "relcl", "advcl", "ccomp", "acl"}


def find_date_of_verb(doc: Doc, article: Article, verb: int, *, future: bool) -> DateMention | None:
    """The date in the verb's own words (below it in the tree), else the only date of its sentence that no other verb has.

    Args:
        doc: the text.
        article: the same text as an article, with its date.
        verb: the token of an act.
        future: it is still to come, so that "in May" is the next one.
    """
    placed = _placed_dates(doc, article, verb, future=future)
    own = next((date for date, token in placed if _is_of_verb(token, verb)), None)
    if own is not None or len(placed) != 1:
        return own
    date, token = placed[0]
    return date if _may_be_shared(token, doc[verb]) else None


def _placed_dates(doc: Doc, article: Article, verb: int, *, future: bool) -> list[tuple[DateMention, Token]]:
    sentence = doc[verb].sent
    offset = sentence.start_char
    found = []
    for date in _dates_of(article.text[offset : sentence.end_char], article.published, future=future):
        span = doc.char_span(offset + date.start, offset + date.end, alignment_mode="expand")
        if span is not None:
            found.append((date, span.root))
    return found


@lru_cache(maxsize=64)
def _dates_of(text: str, published: str | None, *, future: bool) -> tuple[DateMention, ...]:
    # the acts of one sentence ask for the same dates one after another
    return tuple(find_dates(text, published=published, future=future))


def _is_of_verb(token: Token, verb: int) -> bool:
    """Whether a date stands below a verb and below no other one in between, nor is part of a name ("Convention of 1997")."""
    if _is_of_noun(token, verb) or token.head.lower_ in {"until", "till"}:
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


def _may_be_shared(token: Token, verb: Token) -> bool:
    """Whether a date may be that of a verb it does not hang on: "On Friday A, which had waited long, agreed to sign it".

    Not a date of a noun, nor one in a clause below the verb, nor one that says until when ("by May").
    """
    if _is_of_noun(token, verb.i) or token.head.lower_ in {"until", "till", "by", "before", "to"}:
        return False
    clause = token
    for _ in range(MAX_CLIMB):
        if clause.pos_ in {"VERB", "AUX"} or clause.head.i == clause.i:
            break
        clause = clause.head
    return clause.is_ancestor(verb)


def find_date_of_noun(doc: Doc, mentions: Sequence[Sequence[int]], *, published: str | None) -> str | None:
    """The year or day that a text puts to a noun or name, the first of its mentions that has one."""
    for start, end in mentions:
        found = _behind(doc, start, end, published)
        if found is not None:
            return found
        if start and len(doc[start - 1]) == 4 and doc[start - 1].text.isdigit():
            return next((date.iso for date in find_dates(doc[start - 1].text)), None)
    return None


def _behind(doc: Doc, start: int, end: int, published: str | None) -> str | None:
    words = [token.i for token in doc[start : min(end + 1, len(doc))] if token.lower_ == "of"]
    for of in words:
        dates = find_dates(doc[of : of + 6].text, published=published)
        if dates and dates[0].start <= 4:
            return dates[0].iso
    return None
