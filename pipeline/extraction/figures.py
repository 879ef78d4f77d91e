"""Numbers said of an agreement, each with its words.

Forms handled: "twenty-six countries" (members = 26), "a 32-country coalition" (members = 32), "5 percent of GDP"
(percent_of_gdp = 5), "€150 billion" (amount = 150e9, unit EUR), "a range exceeding 500 kilometers" (kilometres = 500).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacy.tokens import Span, Token

import models

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_ORDINALS = {
    "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
    "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
}  # fmt: skip
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_LEAST_ORDINAL = 4  #: "the second member to leave" says nothing of how many there are
_FRACTIONS = re.compile(r"(?:half|halve|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?")
_SCALES = {"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12}
_COUNTS = {**_SCALES, "hundred": 100.0, "dozen": 12.0}  #: "thirteen hundred", "two dozen"
_ALONE = {"hundred": 100.0, "dozen": 12.0, "million": 1e6, "billion": 1e9, "trillion": 1e12}  #: "another billion"
_MONEY = re.compile(
    r"(?P<sign>US\$|[$€£])\s?(?P<number>\d[\d,.]*)(?:\s?(?P<scale>million|billion|trillion|bn|tn|m)\b)?"
    r"|(?P<number2>\d[\d,.]*)\s(?P<scale2>million|billion|trillion)\s(?P<word>euros?|dollars?|pounds?|yen|kroner?|zloty)\b"
)
_PERCENT = re.compile(
    r"(?P<number>\d[\d.]*|[a-z]+)\s?(?:percent|per cent|%)(?: of (?:its |their )?(?P<of>GDP|gross domestic product|GNI))?"
)
_FIRST_YEAR, _LAST_YEAR = 1800, 2100  #: four digits between them are a year unless they count something


@dataclass(frozen=True)
class FoundFigure:
    """A figure with its character offsets in the Doc."""

    name: str
    value: float
    unit: str | None
    start: int
    end: int


def find_figures(span: Span) -> list[FoundFigure]:
    """All figures in some words, money and percentages first, no character used twice."""
    found = [*_money(span), *_percentages(span), *(f for token in span if (f := _counted(token)))]
    kept: list[FoundFigure] = []
    for figure in found:
        if all(figure.end <= old.start or old.end <= figure.start for old in kept):
            kept.append(figure)
    return sorted(kept, key=lambda figure: figure.start)


def read_figure(token: Token) -> FoundFigure | None:
    """The figure that a number belongs to, whatever it counts; None for what is no number, or a year.

    As :func:`find_figures` has it where that knows the unit; else counted is the noun behind it: "forty patrols" (patrol = 40),
    "6 billion" (amount = 6e9). Who comes as "the thirty-first member" makes them 31; of "two thirds" nothing is counted.
    """
    token = _number_end(token)
    for figure in find_figures(token.sent):
        if figure.start <= token.idx < figure.end:
            return figure
    start = _number_start(token)
    if (joined := _nth_member(token, start)) is not None or _is_of_fraction(token):
        return joined
    value = parse_number(token.doc[start : token.i + 1].text.replace(" - ", "-"))
    if token.lower_ in _ALONE:
        value = None if token.i and token.nbor(-1).like_num else _ALONE[token.lower_]
    if value is None:
        return None
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    scale = _COUNTS.get(after.lower_, 1.0) if after.i > token.i and after.lower_ != "m" else 1.0
    is_year = scale == 1.0 and token.shape_ == "dddd" and _FIRST_YEAR <= value <= _LAST_YEAR
    if is_year and token.dep_ != "nummod":
        return None
    last = after if scale != 1.0 else token
    counted = token.head if token.dep_ == "nummod" and token.head.pos_ in {"NOUN", "PROPN"} else None
    name = counted.lemma_.lower() if counted is not None and counted.lower_ not in _COUNTS else "amount"
    return FoundFigure(name, round(value * scale, 2), None, token.doc[start].idx, last.idx + len(last))


def _number_end(token: Token) -> Token:
    """The last word of a number that begins, or goes on, with this one: "four" of "thirty-four"."""
    doc = token.doc
    while token.i + 2 < len(doc) and doc[token.i + 1].text == "-" and _is_tens(token) and doc[token.i + 2].like_num:
        token = doc[token.i + 2]
    return token


def _is_tens(token: Token) -> bool:
    """Whether another number may follow with a hyphen: "twenty" is the first that one can."""
    return _WORDS.get(token.lower_, 0) >= 20


def _is_of_fraction(token: Token) -> bool:
    """As in "four fifths of its members"; "four fifth columns" has no plural there."""
    if token.i + 1 == len(token.doc):
        return False
    after = token.nbor(2) if token.nbor(1).text == "-" and token.i + 2 < len(token.doc) else token.nbor(1)
    return _FRACTIONS.fullmatch(after.lower_) is not None and (after.lower_.endswith("s") or token.lower_ == "one")


def _nth_member(token: Token, start: int) -> FoundFigure | None:
    """Somebody comes as the thirteenth state or the 31st member: so many they are."""
    match = _ORDINAL.fullmatch(token.lower_)
    value = int(match[1]) if match else _ORDINALS.get(token.lower_, 0)
    if start < token.i and not match:
        value = {"first": 1, "second": 2, "third": 3, **_ORDINALS}.get(token.lower_, 0)
        value += int(parse_number(token.doc[start].text) or 0) if value else 0
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    noun = token.head if token.head.i > token.i else after
    if value < _LEAST_ORDINAL or _unit_name(noun) != "members" or noun.morph.get("Number", []) == ["Plur"]:
        return None
    return FoundFigure("members", float(value), None, token.doc[start].idx, noun.idx + len(noun))


def parse_number(text: str) -> float | None:
    """A number as written: "26", "1,500", "2.5", "twenty-six", "two hundred"; None where it is none."""
    plain = text.lower().replace(",", "").strip(".")
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        return float(plain)
    parts = [part for part in re.split(r"[\s-]+", plain) if part and part != "and"]
    if not parts or any(part not in _WORDS for part in parts):
        return None
    total = 0
    for part in parts:
        total = total * 100 if part == "hundred" and total else total + _WORDS[part]
    return float(total)


def _money(span: Span) -> list[FoundFigure]:
    lexicon = _lexicon()["money"]
    found = []
    for match in _MONEY.finditer(span.text):
        number = parse_number(match["number"] or match["number2"])
        scale = _SCALES.get(match["scale"] or match["scale2"] or "", 1.0)
        unit = lexicon["currencies"].get(match["sign"]) or lexicon["words"].get((match["word"] or "").removesuffix("s"))
        if number is not None:
            offset = span.start_char
            found.append(
                FoundFigure("amount", round(number * scale, 2), unit, offset + match.start(), offset + match.end())
            )
    return found


def _percentages(span: Span) -> list[FoundFigure]:
    found = []
    for match in _PERCENT.finditer(span.text):
        number = parse_number(match["number"])
        if number is not None:
            name = "percent_of_gdp" if match["of"] else "percent"
            offset = span.start_char
            found.append(FoundFigure(name, number, "percent", offset + match.start(), offset + match.end()))
    return found


def _counted(token: Token) -> FoundFigure | None:
    """A counted noun: "26 countries", "32-country", "three-star"."""
    if token.dep_ not in {"nummod", "compound", "npadvmod", "amod"} and not token.like_num:
        return None
    if token.lower_ in _ALONE and token.i and token.nbor(-1).like_num:
        return None  # "thirteen hundred tonnes"
    name = _unit_name(token.head) if token.head.i > token.i else None
    if name is None and token.i + 2 < len(token.doc) and token.nbor(1).text == "-":
        name = _unit_name(token.nbor(2))
    start = _number_start(token)
    value = parse_number(token.doc[start : token.i + 1].text.replace(" - ", "-"))
    if name is None or value is None or _is_a_pair(name, value):
        return None
    end = token.head if token.head.i > token.i else token.nbor(2)
    return FoundFigure(name, value, None, token.doc[start].idx, end.idx + len(end))


def _is_a_pair(name: str, value: float) -> bool:
    """As in "the two governments": they are the parties, and no figure."""
    return name == "members" and value <= 2


def _number_start(token: Token) -> int:
    # "twenty-six" is three tokens
    start = token.i
    while start >= 2 and token.doc[start - 1].text == "-" and token.doc[start - 2].like_num:
        start -= 2
    return start


def _unit_name(token: Token) -> str | None:
    lemma = token.lemma_.lower()
    return next((name for name, nouns in _lexicon()["unit"].items() if lemma in nouns), None)


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, Any]]:
    return models.load_lexicon("figures")
