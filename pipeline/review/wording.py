"""What the pages of the register say with: functions that their templates call, by name."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from pipeline.brief.phrases import say_day, say_number, say_parties, say_speaker, say_value
from pipeline.records import Span
from pipeline.review.links import find_web_address
from pipeline.store.register_rows import PartyRow, RegisterRow

_LONGEST = 600  # characters of one value on a page of fifty; what is longer is cut, and its own page has it whole
_MOST_PARTIES = 8


def say_any(value: str | float) -> str:
    """A value of a difference: a figure, a day, or one of a closed list."""
    if isinstance(value, float):
        return say_number(value)
    return say_day(value) if value[:4].isdigit() else say_value(value)


def say_count(number: int, one: str) -> str:
    """``1 article``, ``1,024 articles``; ``2 parties``."""
    many = f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
    return f"{number:,} {one if number == 1 else many}"


def cut(text: str, width: int = _LONGEST) -> str:
    """A text that fits: what is longer ends with an ellipsis."""
    return text if len(text) <= width else text[:width].rstrip() + "…"


def say_who(row: RegisterRow) -> str:
    """The parties of a row in a list: those that stand, eight at most, then how many more."""
    standing: list[PartyRow] = [each for each in row.parties if not each.is_minor and not each.is_past]
    more = len(standing) - _MOST_PARTIES
    said = say_parties(standing[:_MOST_PARTIES])
    return f"{said} and {more} more" if more > 0 else said


def say_source(title: str | None, publisher: str | None) -> str:
    """Where something stands: ``The Example, A treaty is signed``."""
    return ", ".join(cut(each, 140) for each in (publisher, title) if each)


def say_reason(reason: str | None) -> str:
    """Why an observation or a mention stands where it does: ``linked by name``."""
    return {None: "", "first": "the first of it", "person": "put here by a person"}.get(reason, f"linked by {reason}")


def link_words(article_id: str, span: Span | None = None, record_id: str | None = None) -> str:
    """The page of an article, at some words of it and with a record open: ``/articles/ar-1?record=ag-1&at=3-9``."""
    pairs = {"record": record_id, "at": f"{span.start}-{span.end}" if span else None}
    query = urlencode({name: value for name, value in pairs.items() if value})
    return f"/articles/{quote(article_id)}" + (f"?{query}#record" if query else "")


#: By the names that templates use.
WORDS: Mapping[str, Any] = {
    "say_any": say_any,
    "say_count": say_count,
    "say_speaker": say_speaker,
    "say_who": say_who,
    "say_source": say_source,
    "say_reason": say_reason,
    "cut": cut,
    "web": find_web_address,
    "link_words": link_words,
}
