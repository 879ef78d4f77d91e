"""Persons who act for a state, where the text itself says so: "British Prime Minister Mara Lind", "Chile's president, Jon Berg".

From then on every mention of that person may stand for the state as a party ("Lind and Berg signed the treaty"); who somebody
is without being told is never known. Counter-example: "the British historian Mara Lind".
"""

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from pipeline.enumerations import EntityType

# Offices that bind their state; an adviser, a general or a lawmaker does not.
_BINDING = {
    "president", "chancellor", "premier", "minister", "king", "queen", "taoiseach", "secretary", "emir", "sultan",
    "ambassador", "envoy",
}  # fmt: skip
MAX_TITLE = 6  #: tokens between a state and a person: "German Federal Minister of Defence"
MAX_BEHIND = 8  #: tokens behind a person in which "of Chile" or ", Chile's president" stands


def find_officials(doc: Doc, spans: Sequence[Span]) -> dict[str, Span]:
    """The key of each person who is said to hold an office of a state, with a mention of that state."""
    found: dict[str, Span] = {}
    for before, span in zip([None, *spans], spans, strict=False):
        if span.label_ != EntityType.PERSON.value or span.id_ in found:
            continue
        if before is not None and _is_state(before) and _is_title(doc[before.end : span.start]):
            found[span.id_] = before
    for span, after in pairwise(spans):
        is_open = span.label_ == EntityType.PERSON.value and span.id_ not in found
        if is_open and _is_state(after) and _says_office_behind(doc, span, after):
            found[span.id_] = after
    return found


def _is_state(span: Span) -> bool:
    return span.label_ == EntityType.STATE.value


def _is_title(between: Span) -> bool:
    """As in "[British] Prime Minister [Mara Lind]", "[Chile]'s president, [Jon Berg]"; nothing but the office in between."""
    words = [token for token in between if token.text not in {"'s", "’s", ",", "-"}]
    is_short = 0 < len(words) <= MAX_TITLE
    return is_short and any(_is_office(word) for word in words) and not any(_ends_title(word) for word in words)


def _says_office_behind(doc: Doc, person: Span, state: Span) -> bool:
    """As in "President [Jon Berg] of [Chile]", "[Jon Berg], the president of [Chile]", "[Jon Berg], [Chile]'s president"."""
    between = doc[person.end : state.start]
    if len(between) > MAX_BEHIND or any(token.is_sent_start or token.pos_ in {"VERB", "AUX"} for token in between):
        return False
    words = [token.lower_ for token in between]
    if words == ["of"]:
        return person.start > 0 and _is_office(doc[person.start - 1])
    if words[:1] != [","]:
        return False
    behind = doc[state.end : state.end + 4] if words in ([","], [",", "the"]) else between
    return any(_is_office(token) for token in behind)


def _is_office(token: Token) -> bool:
    return token.lemma_.lower() in _BINDING


def _ends_title(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} or token.text in {".", ";", ":", "and", "\n"} or bool(token.is_sent_start)
