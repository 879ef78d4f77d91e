"""Names nobody listed: capitalised words whose head says what they name ("Operation Eastern Sentry", "Kensington Treaty").

Heads and small words are data (models/lexicon/names.toml). Also found: capitalised words before a lower-case noun that
says what they are ("the Readiness 2030 plan"), and acronyms put in brackets behind a name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

import models
from pipeline.enumerations import AgreementKind, EntityType

_JOINING = {"of", "on", "for", "to", "in", "against", "with", "between"}
_INSIDE_BRACKETS = re.compile(r"(?P<long>[^()]+) \((?P<short>[A-Z][A-Za-z0-9/-]+)\) (?P<tail>[^()]+)")
MAX_NAME = 12  #: tokens; longer capitalised runs are headlines


@dataclass(frozen=True)
class Head:
    """What a head word says of the name it ends or begins."""

    type: EntityType
    kind: AgreementKind | None


@dataclass(frozen=True)
class FoundName:
    """A capitalised name (token offsets) with what its head says."""

    start: int
    end: int
    head: Head


@lru_cache(maxsize=1)
def _heads() -> tuple[dict[str, Head], dict[str, Head], frozenset[str], frozenset[str]]:
    lexicon = models.load_lexicon("names")
    last: dict[str, Head] = {}
    first: dict[str, Head] = {}
    for row in lexicon["head"]:
        kind = AgreementKind(row["kind"]) if "kind" in row else None
        target = first if row.get("first") else last
        target.update({word: Head(EntityType(row["type"]), kind) for word in row["words"]})
    return last, first, frozenset(lexicon["inside"]["words"]), frozenset(lexicon["continued"]["words"])


def head_of(name: str) -> Head | None:
    """What the head of a written name says: of "Treaty on Open Skies" that it is a treaty; None where no head is known."""
    last, first, _, continued = _heads()
    words = name.split()
    if len(words) > 1 and words[-1].isdigit():
        words = words[:-1]  # "Resolution 1244", "Readiness Plan 2030"
    if not words:
        return None
    if words[0] in first:
        return first[words[0]]
    for size in (2, 1):
        tail = " ".join(words[-size:])
        if len(words) >= size and tail in last:
            return last[tail]
    for index, word in enumerate(words):
        if word in continued and word in last:
            return last[" ".join(words[max(index - 1, 0) : index + 1])] if _two(words, index) in last else last[word]
    return None


def is_bare_head(name: str) -> bool:
    """Whether a name is nothing but a head, or one with a word that any may have: "Council", "White Paper", "Joint Statement"."""
    words = name.split()
    last, _, _, _ = _heads()
    if len(words) > 1 and words[0] in {"Joint", "New", "Common", "Special", "Permanent"}:
        words = words[1:]
    return " ".join(words) in last and name != "Quad"


def _two(words: list[str], index: int) -> str:
    return " ".join(words[max(index - 1, 0) : index + 1])


def find_names(doc: Doc) -> list[FoundName]:
    """All capitalised names with a known head, and names shown to be one by a label behind them."""
    found: list[FoundName] = []
    index = 0
    while index < len(doc):
        end = _name_end(doc, index)
        if end == index:
            index += 1
            continue
        index = _operation_start(doc, index, end)
        name = _with_head(doc, index, end) or _labelled(doc, index, end)
        if name:
            found.append(name)
        index = max(end, index + 1)
    return found


def _operation_start(doc: Doc, start: int, end: int) -> int:
    """Where a run has "Operation" in it, the name starts there: "France and Operation Amber Lantern"."""
    return next((i for i in range(start + 1, end - 1) if doc[i].text in _heads()[1]), start)


def _is_capital(token: Token) -> bool:
    text = token.text
    return (text[:1].isupper() or (text[:1].islower() and any(c.isupper() for c in text[1:]))) and not token.is_space


def _name_end(doc: Doc, start: int) -> int:
    """Where the capitalised run that starts here ends: small words, hyphens and numbers only inside it.

    Counter-examples, where it ends before: "the Ostend Declaration | of April 2023", "NATO | and the Warsaw Pact".
    """
    if not _is_capital(doc[start]) or _opens_sentence_only(doc[start]) or _is_calendar(doc[start]):
        return start
    end, index = start + 1, start + 1
    while index < min(len(doc), start + MAX_NAME) and not doc[index].is_sent_start:
        token = doc[index]
        if _ends_run(token, index - end):
            break
        if _is_bracketed_inside(doc, index):
            index += 2
        elif _is_capital(token) or _is_number(token):
            end = index + 1
        index += 1
    return end


def _ends_run(token: Token, small_words: int) -> bool:
    """Whether a token cannot stand in a name: a date, "the" that no "of" precedes, a third small word in a row."""
    if _is_calendar(token) or (_is_number(token) and token.nbor(-1).lower_ in _JOINING):
        return True
    if _is_capital(token) or _is_number(token) or _is_bracketed_inside(token.doc, token.i):
        return False
    if token.lower_ == "the" and token.nbor(-1).lower_ not in _JOINING:
        return True
    return token.text not in _heads()[2] or small_words >= 2


def _is_number(token: Token) -> bool:
    return bool(token.like_num) and token.text[:1].isdigit()


def _is_calendar(token: Token) -> bool:
    # "In January the Agency", "on Wednesday the Commission"; the "Good Friday Agreement" is no date for the model.
    return token.ent_type_ in {"DATE", "TIME"} and token.text[:1].isupper() and not token.text.isupper()


def _is_bracketed_inside(doc: Doc, index: int) -> bool:
    """An acronym in brackets with the head still to come: "Intermediate-Range Nuclear Forces (INF) Treaty"."""
    if doc[index].text != "(" or index + 3 >= len(doc) or doc[index + 2].text != ")":
        return False
    return doc[index + 1].text.isupper() and doc[index + 3].text in _heads()[0]


def plain_names(name: str) -> tuple[str, ...]:
    """A name with an acronym in brackets inside it, without it and with it alone; any other name as it is.

    "Intermediate-Range Nuclear Forces (INF) Treaty" -> "Intermediate-Range Nuclear Forces Treaty", "INF Treaty".
    """
    match = _INSIDE_BRACKETS.fullmatch(name)
    if match is None:
        return (name,)
    return f"{match['long']} {match['tail']}", f"{match['short']} {match['tail']}"


def trim_end(doc: Doc, start: int, end: int) -> int:
    """Where a name ends without a date or a small word behind it: "Operation Barkhane | in November 2022"."""
    while end - start > 1:
        last = doc[end - 1]
        if last.text in _heads()[2] and last.text not in "-/":
            end -= 1
        elif last.ent_type_ == "DATE" or (_is_number(last) and last.nbor(-1).lower_ in _JOINING):
            cut = next((i for i in range(end - 1, max(start, end - 5), -1) if doc[i].lower_ in _JOINING), None)
            if cut is None:
                return end
            end = cut
        else:
            return end
    return end


def _opens_sentence_only(token: Token) -> bool:
    # "The", "As", "In": capitals of the sentence, not of a name.
    return bool(token.is_sent_start) and (
        token.is_stop or token.pos_ in {"ADV", "SCONJ", "DET", "PRON", "VERB", "AUX", "CCONJ"}
    )


def _with_head(doc: Doc, start: int, end: int) -> FoundName | None:
    """The part of a run that a head makes a name; a run of several joined by "and" is cut at the head."""
    _, _, _, continued = _heads()
    cut = _first_head_end(doc, start, end)
    if cut is None:
        return None
    last_word = doc[cut - 1].text
    goes_on = cut < end and doc[cut].text in {"of", "on", "for", "to", "against"} and last_word in continued
    stop = _until_comma_or_and(doc, cut, end) if goes_on else cut
    head = head_of(doc[start:stop].text)
    if head is None or (stop - start < 2 and doc[start].text in {"Treaty", "Pact"}):
        return None
    return FoundName(start, stop, head) if stop - start >= 2 else None


def _first_head_end(doc: Doc, start: int, end: int) -> int | None:
    last, first, _, _ = _heads()
    if doc[start].text in first and end - start >= 2:
        return _operation_end(doc, start, end)
    for index in range(start, end):
        word, two = doc[index].text, doc[index : index + 2].text
        if two in last and index + 2 <= end:
            return _version_end(doc, index + 2, end)
        # "Defence Agency", "Combat Air Programme": a head before another head is not the end.
        after = index + 4 if index + 1 < end and _is_bracketed_inside(doc, index + 1) else index + 1
        follows = doc[after].text if after < end else ""
        if word in last and not (follows in last or f"{word} {follows}" in last):
            return _version_end(doc, index + 1, end)
    return None


def _operation_end(doc: Doc, start: int, end: int) -> int:
    """After the capitalised words behind "Operation": "Operation Amber Lantern | in Norway"."""
    stop = start + 1
    while stop < end and (_is_capital(doc[stop]) or doc[stop].text == "-"):
        stop += 1
    return stop


def _version_end(doc: Doc, index: int, end: int) -> int:
    """After a number that belongs to the name: "Readiness Plan 2030", "Lancaster House Treaty 2.0"."""
    return index + 1 if index < end and doc[index].like_num and doc[index].text[:1].isdigit() else index


def _until_comma_or_and(doc: Doc, start: int, end: int) -> int:
    for index in range(start, end):
        if doc[index].text in {"and", "with", "between", "in"} and index > start:
            return index if doc[index].text != "in" or index + 1 >= end else end
    return end


@lru_cache(maxsize=1)
def labels() -> dict[str, AgreementKind]:
    """The lower-case nouns that show the words before them to be a name, and the kind each means."""
    return {word: AgreementKind(kind) for word, kind in models.load_lexicon("names")["labelled"].items()}


def label_word(doc: Doc, index: int) -> str:
    """The word at a token, "co-production" with its hyphen."""
    # "co-production" is three tokens
    return doc[index : index + 3].text if doc[index : index + 2].text.endswith("-") else doc[index].text


LABEL_TYPES = {
    AgreementKind.CAPABILITY_PROGRAMME: EntityType.WEAPON_PROGRAMME,
    AgreementKind.OPERATION_MISSION: EntityType.MILITARY_UNIT_OP,
    AgreementKind.COALITION: EntityType.ALLIANCE_BLOC,
}


def _labelled(doc: Doc, start: int, end: int) -> FoundName | None:
    """The capitalised words before a lower-case label ("Readiness 2030 plan"); a state's adjective alone is no name."""
    label = label_word(doc, end) if end < len(doc) else ""
    if label not in labels() or doc[end].pos_ == "VERB":
        return None  # "Norway and Chile plan to …"
    places = {"GPE", "NORP", "LOC", "PERSON", "LANGUAGE"}
    if all(doc[i].ent_type_ in places for i in range(start, end) if _is_capital(doc[i])):
        return None
    kind = labels()[label]
    return FoundName(start, end, Head(LABEL_TYPES.get(kind, EntityType.DOCUMENT), kind))
