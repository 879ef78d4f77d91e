"""Checks of entities: one record for each, the names and ids that the gazetteer knows, no name left unmarked."""

import re
from collections.abc import Iterator
from functools import lru_cache

from models import load_gazetteer
from pipeline.enumerations import EntityType
from pipeline.gold.problems import Problem
from pipeline.gold.source import Source
from pipeline.gold.tables import EntityTable
from pipeline.records import normalise

# A shorter name (UN, US) is marked as any other, but as a search word it finds too much else.
_LEAST_NAME = 3


def check_names(source: Source) -> Iterator[Problem]:
    """Two records for one entity; a state's name or id that is not the gazetteer's."""
    seen: dict[tuple[EntityType, str], str] = {}
    for entry, entity in source.find_all(EntityTable):
        known = seen.setdefault((entity.type, normalise(entity.name)), entry.key)
        if known != entry.key:
            yield Problem(
                entry.line, f'{entry.key} and {known} are both {entity.type} "{entity.name}"; make them one id'
            )
        if entity.iso is not None and entity.type is not EntityType.STATE:
            yield Problem(
                entry.line, f'{entry.key} has iso = "{entity.iso}" but is no STATE; take it away or mend the type'
            )
        if entity.type is EntityType.STATE:
            yield from _check_state(entry.key, entry.line, entity)


def _check_state(key: str, line: int, entity: EntityTable) -> Iterator[Problem]:
    by_iso, by_name = _load_states()
    if entity.iso is not None and entity.iso not in by_iso:
        yield Problem(line, f'{key} has iso = "{entity.iso}", which is no state; see ISO 3166-1 alpha-2')
    elif entity.iso is not None and by_iso[entity.iso][0] != entity.name:
        yield Problem(
            line,
            f'{key} has iso = "{entity.iso}", which is "{by_iso[entity.iso][0]}" in the gazetteer, '
            f'not "{entity.name}"; write that name',
        )
    elif entity.iso is None and (iso := by_name.get(normalise(entity.name))):
        yield Problem(line, f'{key} "{entity.name}" is a state with an ISO code; add iso = "{iso}"')
    qid = by_iso[entity.iso][1] if entity.iso in by_iso else None
    if entity.qid is not None and qid is not None and entity.qid != qid:
        yield Problem(line, f'{key} "{entity.name}" has qid = "{entity.qid}"; the gazetteer has "{qid}"')


@lru_cache(maxsize=1)
def _load_states() -> tuple[dict[str, tuple[str, str | None]], dict[str, str]]:
    """Name and QID of each ISO code, and the code of each name."""
    states = [entry for entry in load_gazetteer() if entry.type is EntityType.STATE and entry.iso]
    by_iso = {str(entry.iso): (entry.canonical, entry.wikidata) for entry in states}
    by_name = {normalise(name): str(entry.iso) for entry in states for name in (entry.canonical, *entry.names)}
    return by_iso, by_name


def note_unmarked(source: Source) -> Iterator[Problem]:
    """A name that is marked somewhere in the file and stands unmarked elsewhere in it."""
    marks = [mark for mark in source.marked.marks if mark.letter == "e"]
    covered = bytearray(len(source.marked.text))
    for mark in marks:
        covered[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    names: dict[str, str] = {}
    for mark in marks:
        words = source.marked.text[mark.start : mark.end]
        if len(words) >= _LEAST_NAME and words[0].isupper() and "pronoun" not in mark.flags:
            names.setdefault(words, mark.key)
    for name in sorted(names, key=len, reverse=True):
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", source.marked.text):
            if not any(covered[found.start() : found.end()]):
                covered[found.start() : found.end()] = b"\1" * len(name)
                text = f'"{name}" is marked as {names[name]} elsewhere but not here; mark it if it means the same'
                yield Problem(_find_line(source, found.start()), text, is_note=True)


def _find_line(source: Source, offset: int) -> int:
    return source.marked.first_line + source.marked.text.count("\n", 0, offset)
