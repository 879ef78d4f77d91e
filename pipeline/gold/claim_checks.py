"""Checks of claims: a speaker and a cue that are there and stand outside the content, the clause without its stop."""

from collections.abc import Iterator

from pipeline.enumerations import ClaimType
from pipeline.gold.marks import Mark
from pipeline.gold.problems import Problem
from pipeline.gold.sections import Entry
from pipeline.gold.source import Source
from pipeline.gold.tables import SPEAKER_ID, ClaimTable
from pipeline.records import AUTHOR

# The author's factual sentences are the article itself, and what an author quotes has a speaker.
_OF_AUTHORS = {ClaimType.EVALUATION, ClaimType.PREDICTION, ClaimType.RECOMMENDATION}


def check_claims(source: Source) -> Iterator[Problem]:
    """Everything about claims in one file."""
    for entry, claim in source.find_all(ClaimTable):
        yield from _check_references(source, entry, claim)
        if claim.speaker == AUTHOR and claim.type not in _OF_AUTHORS:
            yield Problem(
                entry.line,
                f"{entry.key}: an {claim.type} of AUTHOR is no claim; it is an evaluation, prediction "
                "or recommendation, has another speaker, or is not marked",
            )
        yield from _check_content(source, entry, claim)


def _check_references(source: Source, entry: Entry, claim: ClaimTable) -> Iterator[Problem]:
    for key in (claim.cue, claim.speaker if claim.speaker.startswith("s") else ""):
        if key and key not in source.marks and not source.marked.problems:
            yield Problem(entry.line, f"{entry.key}: {key} is nowhere marked in the text; mark it as {{{key} words}}")
    if claim.speaker.startswith("e") and not source.has(claim.speaker):
        yield Problem(entry.line, f"{entry.key}: speaker {source.say_unknown(claim.speaker, 'e')}")
    for key in claim.speaker_alt:
        known = source.has(key) if key.startswith("e") else key in source.marks
        if SPEAKER_ID.fullmatch(key) and not known:
            yield Problem(entry.line, f"{entry.key}: speaker_alt {source.say_unknown(key, 'e')}")
    for key in claim.about:
        if key[:1] not in {"a", "e"} or not source.has(key):
            yield Problem(entry.line, f"{entry.key}: about {source.say_unknown(key, 'ae')}")


def _check_content(source: Source, entry: Entry, claim: ClaimTable) -> Iterator[Problem]:
    parts = source.marks.get(entry.key, [])
    cues = source.marks.get(claim.cue, [])
    for part in parts:
        words = source.marked.text[part.start : part.end]
        if words.endswith(".") and not words.endswith(("U.S.", "D.C.", "U.K.", "Inc.", "Ltd.", "a.m.", "p.m.", "etc.")):
            yield Problem(part.line, f'{entry.key} ends with its full stop ("…{words[-20:]}"); leave the stop outside')
        if any(_is_within(cue, part) for cue in cues):
            yield Problem(
                part.line,
                f"{entry.key} has its own cue {claim.cue} within it; the content is the clause without "
                f"speaker and cue: close it before and open {{{entry.key} again behind",
            )


def _is_within(inner: Mark, outer: Mark) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
