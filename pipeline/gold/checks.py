"""What must hold between the marks and the tables of one gold file."""

from collections.abc import Iterable, Iterator

from pipeline.enumerations import Basis
from pipeline.gold.claim_checks import check_claims
from pipeline.gold.marks import MARKED, Mark
from pipeline.gold.name_checks import check_names, note_unmarked
from pipeline.gold.problems import Problem
from pipeline.gold.row_checks import check_rows
from pipeline.gold.source import Source
from pipeline.gold.tables import ActTable, ClaimTable

_ONLY_MARKED = "qs"  # cues and described speakers have no record: a claim names them


def find_problems(source: Source) -> list[Problem]:
    """Everything that is wrong between marks and tables, and notes on what looks forgotten.

    Where a mark is broken, what depends on all marks being there (ids without a mark, unmarked names) is not checked.
    """
    problems = [
        *_find_recordless(source),
        *_find_overlaps(source),
        *_find_split_words(source),
        *check_names(source),
        *check_rows(source),
        *check_claims(source),
    ]
    if not source.marked.problems:
        problems += [*_find_markless(source), *note_unmarked(source)]
    return problems


def _find_recordless(source: Source) -> Iterator[Problem]:
    claims = [claim for _, claim in source.find_all(ClaimTable)]
    used = {claim.cue for claim in claims} | {claim.speaker for claim in claims}
    for key, marks in source.marks.items():
        name = MARKED[key[0]]
        if key[0] in _ONLY_MARKED:
            if key not in used and not any(each[0] == "c" for each in source.tables.broken):
                wanted = f'cue = "{key}"' if key[0] == "q" else f'speaker = "{key}"'
                yield Problem(
                    marks[0].line, f"{key} ({name}) is marked but no claim has {wanted}; add it or take the mark away"
                )
        elif not source.has(key):
            yield Problem(
                marks[0].line,
                f'{key} ({name}, "{_say(source, marks[0])}") is marked but has no record; add {key} = {{…}}',
            )


def _find_markless(source: Source) -> Iterator[Problem]:
    for key, entry in source.tables.entries.items():
        record = entry.record
        is_presupposed = isinstance(record, ActTable) and record.basis is Basis.PRESUPPOSED
        if key in source.marks or is_presupposed:
            continue
        more = ', or say basis = "presupposed"' if key[0] == "x" else ""
        yield Problem(
            entry.line, f"{key} ({MARKED[key[0]]}) is nowhere marked in the text; mark it as {{{key} words}}{more}"
        )


def _find_overlaps(source: Source) -> Iterator[Problem]:
    """Marks nest, so two marks overlap only where one stands in the other: entities never, nor the parts of a claim."""
    entities = [mark for mark in source.marked.marks if mark.letter == "e"]
    yield from _find_nested(source, entities, "entities are flat: keep the longest name")
    for key, marks in source.marks.items():
        if key[0] == "c":
            yield from _find_nested(source, marks, "a claim's parts do not overlap: take the inner marks away")


def _find_nested(source: Source, marks: Iterable[Mark], rule: str) -> Iterator[Problem]:
    held: Mark | None = None
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if held is not None and mark.start < held.end:
            text = f'{mark.key} "{_say(source, mark)}" stands within {held.key} "{_say(source, held)}"'
            yield Problem(mark.line, f"{text}; {rule}")
        else:
            held = mark


def _find_split_words(source: Source) -> Iterator[Problem]:
    text = source.marked.text
    for mark in source.marked.marks:
        before, after = text[mark.start - 1 : mark.start + 1], text[mark.end - 1 : mark.end + 1]
        if (mark.start and before.isalnum()) or (len(after) == 2 and after.isalnum()):
            yield Problem(
                mark.line,
                f'{mark.key} "{_say(source, mark)}" begins or ends within a word; mark whole words',
                is_note=True,
            )


def _say(source: Source, mark: Mark) -> str:
    words = source.marked.text[mark.start : mark.end]
    return words if len(words) <= 40 else words[:39] + "…"
