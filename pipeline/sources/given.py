"""What a person says of an article beside its bytes: in a sidecar file, in options, in the catalogue of sources."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import InputError, RefusedError
from pipeline.records import IsoDate
from pipeline.sources.urls import normalise_url, printable

SIDECAR = ".meta.json"  #: NAME.meta.json stands beside NAME.txt and says what its bytes do not
GIVEN_KEYS = ("title", "published", "publisher", "authors", "url", "language")

_ISO_DATE: TypeAdapter[str] = TypeAdapter(IsoDate)


def check_given(given: Mapping[str, Any], *, where: str) -> dict[str, Any]:
    """The metadata that was given, checked and in the one form it is stored in; what is None was not given.

    ``title``, ``publisher``: text. ``published``: an ISO calendar date or a prefix of one (2025, 2025-07, 2025-07-10).
    ``authors``: a name or a list of names. ``url``: http or https. ``language``: ``en``, or ``en-GB``, kept as ``en``.

    Args:
        given: the values by name.
        where: what to name in an error: the sidecar's path, "options".

    Raises:
        InputError: an unknown name, or a value that is not of its form.
    """
    unknown = sorted(str(key) for key in given if key not in GIVEN_KEYS)
    if unknown:
        raise InputError(f"{where}: unknown {', '.join(map(printable, unknown))}; known are {', '.join(GIVEN_KEYS)}")
    return {key: _check(key, given[key], where) for key in GIVEN_KEYS if given.get(key) is not None}


def read_sidecar(body: bytes, *, where: str) -> dict[str, Any]:
    """The metadata in the bytes of a sidecar, checked: ``{"published": "2025-09-12"}``.

    Raises:
        InputError: it is no JSON object, or has an unknown name or a wrong value in it.
    """
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: is no JSON ({printable(str(error))}); mend it or remove it") from error
    if not isinstance(given, dict):
        raise InputError(f'{where}: must be an object like {{"published": "2025-09-12"}}')
    return check_given(given, where=where)


def _check(key: str, value: object, where: str) -> str | list[str]:
    if key == "authors":
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list | tuple):
            raise InputError(f"{where}: authors must be a name or a list of names")
        return [_line(key, name, where) for name in names]
    line = _line(key, value, where)
    checks = {"published": _day, "url": _url, "language": _language}
    return checks[key](line, where) if key in checks else line


def _line(key: str, value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where}: {key} must be text in quotes, not {printable(repr(value))}")
    line = " ".join(value.split())
    # What the database and the terminal cannot take: control characters and halves of UTF-16 pairs.
    if re.search(r"[\x00-\x1f\x7f\ud800-\udfff]", line):
        raise InputError(f"{where}: {key} has control characters in it: {printable(line)}")
    return line


def _day(value: str, where: str) -> str:
    try:
        day = _ISO_DATE.validate_python(value)
        date.fromisoformat((day + "-01-01")[:10])  # 2025-02-30 has the form but is no day
    except (ValidationError, ValueError) as error:
        raise InputError(
            f"{where}: published must be a day like 2025-09-12, or 2025-09, or 2025, not {printable(value)}"
        ) from error
    return day


def _url(value: str, where: str) -> str:
    try:
        return normalise_url(value)
    except RefusedError as error:
        raise InputError(f"{where}: url {error}") from error


def _language(value: str, where: str) -> str:
    if not re.match(r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$", value):
        raise InputError(f"{where}: language must be a code like en or en-GB, not {printable(value)}")
    return re.split("[-_]", value)[0].lower()
