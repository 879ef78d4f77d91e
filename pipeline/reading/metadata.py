"""What is known of an article beside its text, from several places, the better one first."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from pipeline.reading.dates import find_iso_date
from pipeline.records import Confidence, IsoDate, Record

_FIELDS = ("title", "authors", "published", "publisher", "url", "language")
_MOST = 500  # characters of a title or name: what is longer is a text that landed in the wrong field
_UNSTORABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")  # control characters and halves of UTF-16 pairs


class Metadata(Record):
    """An article without its text; what is not known is None or empty."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: IsoDate | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    origins: dict[str, str] = Field(default_factory=dict)  #: where each is from: ``{"title": "json-ld"}``


class Reading(Record):
    """What a reader of one format makes of some bytes."""

    text: str
    metadata: Metadata = Metadata()
    body: str  #: what took the text out of the bytes: a format, or the extractor that was chosen
    confidence: Confidence | None = None  #: how far extractors agree, where there are several


def merge_metadata(layers: Sequence[Metadata]) -> Metadata:
    """One from many: each field, and where it is from, from the first that knows it."""
    merged: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        for name in _FIELDS:
            value = getattr(layer, name)
            if value and name not in merged:
                merged[name] = value
                origins |= {name: layer.origins[name]} if name in layer.origins else {}
    return Metadata(**merged, origins=origins)


def name_origin(metadata: Metadata, origin: str) -> Metadata:
    """The same metadata, all of it said to be from one place, but for what says already where it is from."""
    known = {name: origin for name in _FIELDS if getattr(metadata, name)}
    return metadata.model_copy(update={"origins": known | metadata.origins})


def read_given(given: Mapping[str, Any]) -> Metadata:
    """What a sidecar or options say (already checked when it was fetched)."""
    return Metadata(**{**given, "authors": tuple(given.get("authors", ()))})


def clean_line(value: object) -> str | None:
    """A foreign string as one line: entities resolved, white space collapsed, control characters dropped.

    None for what is no string, blank, or longer than 500 characters.
    """
    if not isinstance(value, str):
        return None
    line = " ".join(drop_unstorable(html.unescape(value)).split())
    return line if 0 < len(line) <= _MOST else None


def drop_unstorable(text: str) -> str:
    """A foreign string without what the database refuses: control characters and lone surrogates become spaces."""
    return _UNSTORABLE.sub(" ", text)


def clean_names(values: Sequence[object]) -> tuple[str, ...]:
    """Names of authors without doubles, "By" and addresses: ``By Anna Author`` -> ``Anna Author``."""
    lines = (re.sub(r"^by\s+", "", line, flags=re.IGNORECASE) for line in map(clean_line, values) if line)
    return tuple(dict.fromkeys(name for name in lines if name and "://" not in name and "@" not in name))


def clean_date(value: object) -> str | None:
    """An ISO date from whatever a page has as one."""
    line = clean_line(value)
    return find_iso_date(line) if line else None


def clean_url(value: object) -> str | None:
    """A full web address, or None."""
    line = clean_line(value)
    return line if line and re.match(r"^https?://[^\s/]+", line, re.IGNORECASE) else None


def clean_language(value: object) -> str | None:
    """A language's code: ``en-GB``, ``en_GB`` -> ``en``."""
    line = clean_line(value)
    found = re.match(r"^([A-Za-z]{2,3})([-_]|$)", line) if line else None
    return found[1].lower() if found else None
