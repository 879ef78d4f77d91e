"""The TOML parts of a gold file: read record by record, so that one mistake does not hide the next."""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, NoReturn

from pydantic import ValidationError

from pipeline.gold.problems import Problem, say_nearest
from pipeline.gold.tables import SECTIONS, SPLITS, STYLES, HeaderTable
from pipeline.records import Record

_SECTION = re.compile(r"^\[(?P<name>[^\]]*)\]\s*(#.*)?$")
_ENTRY = re.compile(r"^(?P<key>[\w-]+)\s*=")


class Entry(NamedTuple):
    """One record of a table, and the line it begins on."""

    key: str
    record: Record
    line: int


class Tables(NamedTuple):
    """All records of a gold file by id."""

    entries: dict[str, Entry]
    #: ids that are there but cannot be read: what points at them is not a mistake of its own
    broken: frozenset[str]
    problems: tuple[Problem, ...]


class _Chunk(NamedTuple):
    section: str
    key: str
    source: str
    line: int


def read_header(lines: Sequence[str], *, first_line: int) -> tuple[HeaderTable | None, list[Problem]]:
    """The facts at the head of a gold file, or what is wrong with them."""
    try:
        table = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        return None, [Problem(_line_of(error, first_line), f"the head is no TOML: {_plain(error)}")]
    at = {match["key"]: n for n, line in enumerate(lines, first_line) if (match := _ENTRY.match(line))}
    try:
        header = HeaderTable.model_validate_json(json.dumps(table, default=_refuse))
    except (ValidationError, TypeError) as error:
        said = _say_errors(error, HeaderTable)
        return None, [Problem(at.get(key, first_line), f"head: {text}") for key, text in said]
    problems = [
        Problem(at[key], f'head: {key} = "{value}" is not known{say_nearest(value, known)}')
        for key, value, known in (("style", header.style, STYLES), ("split", header.split, SPLITS))
        if value not in known
    ]
    return header, problems


def read_tables(lines: Sequence[str], *, first_line: int) -> Tables:
    """The records at the foot of a gold file: ``[entities]``, ``[agreements]``, ``[acts]``, … each with ``id = {…}``."""
    problems: list[Problem] = []
    entries: dict[str, Entry] = {}
    broken: set[str] = set()
    for chunk in _split(lines, first_line, problems):
        if chunk.key in entries or chunk.key in broken:
            problems.append(Problem(chunk.line, f"{chunk.key} stands here a second time; give it an id of its own"))
            continue
        record, found = _read_chunk(chunk)
        problems += found
        if record is None:
            broken.add(chunk.key)
        else:
            entries[chunk.key] = Entry(chunk.key, record, chunk.line)
    return Tables(entries, frozenset(broken), tuple(problems))


def _split(lines: Sequence[str], first_line: int, problems: list[Problem]) -> Iterator[_Chunk]:
    """One chunk for each record: from its ``id =`` to the next, with the section it stands in."""
    section, start, key = "", 0, ""
    held: list[str] = []
    for number, line in enumerate([*lines, "[]"], first_line):
        opened, entry = _SECTION.match(line), _ENTRY.match(line)
        if (opened or entry) and held:
            yield _Chunk(section, key, "\n".join(held), start)
            held = []
        if opened:
            section = opened["name"].strip()
            if section not in SECTIONS and number < first_line + len(lines):
                problems.append(Problem(number, f"[{section}] is no section{say_nearest(section, SECTIONS)}"))
        elif entry:
            start, key, held = number, entry["key"], [line]
        elif held:
            held.append(line)
        elif line.strip() and not line.lstrip().startswith("#"):
            problems.append(Problem(number, f'"{line[:60]}" is no record; write one like e1 = {{type = "STATE", …}}'))


def _read_chunk(chunk: _Chunk) -> tuple[Record | None, list[Problem]]:
    if chunk.section not in SECTIONS:
        text = "stands in no section" if not chunk.section else f"stands in [{chunk.section}], which is no section"
        return None, [Problem(chunk.line, f"{chunk.key} {text}; the sections are [{'], ['.join(SECTIONS)}]")]
    letter, model = SECTIONS[chunk.section]
    if not re.fullmatch(letter + "[1-9][0-9]*", chunk.key):
        return None, [Problem(chunk.line, f"{chunk.key} in [{chunk.section}]: ids here are {letter}1, {letter}2, …")]
    try:
        table = tomllib.loads(chunk.source)[chunk.key]
    except tomllib.TOMLDecodeError as error:
        return None, [
            Problem(
                _line_of(error, chunk.line),
                f"{chunk.key} is no TOML: {_plain(error)}; "
                'a record stands on one line: id = {key = "value", list = ["a", "b"]}',
            )
        ]
    try:
        return model.model_validate_json(json.dumps(table, default=_refuse)), []
    except (ValidationError, TypeError) as error:
        return None, [Problem(chunk.line, f"{chunk.key}: {text}") for _, text in _say_errors(error, model)]


def _refuse(value: object) -> NoReturn:
    raise TypeError(f'{value} stands without quotes; write "{value}"')


def _say_errors(error: ValidationError | TypeError, model: type[Record]) -> list[tuple[str, str]]:
    if isinstance(error, TypeError):
        return [("", str(error))]
    return [(str((each["loc"] or ("",))[0]), _say(dict(each), model)) for each in error.errors(include_url=False)]


def _say(error: dict[str, Any], model: type[Record]) -> str:
    """One mistake that pydantic found, in words that say how to mend it."""
    where = ".".join(str(part) for part in error["loc"])
    value = error.get("input")
    match error["type"]:
        case "extra_forbidden":
            return f'unknown key "{where}"{say_nearest(where, model.model_fields)}'
        case "missing":
            return f"{where} is missing; add it"
        case "enum":
            known = re.findall(r"'([^']+)'", error["ctx"]["expected"])
            return f'{where} = "{value}" is not known{say_nearest(str(value), known)}'
        case "string_pattern_mismatch" if "date" in where or where == "published":
            return f'{where} = "{value}" is no ISO date; write 2025, 2025-09 or 2025-09-12'
        case "string_pattern_mismatch":
            return f'{where} = "{value}" has not the form of {where} ({_FORMS.get(where, error["ctx"]["pattern"])})'
        case _:
            return (
                f"{where}: {error['msg'].removeprefix('Value error, ')} (it is {value!r})"
                if where
                else error["msg"].removeprefix("Value error, ")
            )


_FORMS = {
    "iso": "two capitals, as FR",
    "qid": "as Q142",
    "speaker": 'an id as e1 or s1, "AUTHOR", or "" where none is stated',
    "cue": "an id as q1",
    "shared": "small letters and digits with hyphens, as arden-treaty",
    "topic": "small letters and digits with hyphens, as arden-treaty",
    "url": "a web address",
}


def _line_of(error: tomllib.TOMLDecodeError, first_line: int) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return first_line + int(found[1]) - 1 if found else first_line


def _plain(error: tomllib.TOMLDecodeError) -> str:
    return re.sub(r" \(at .*\)$", "", str(error))
