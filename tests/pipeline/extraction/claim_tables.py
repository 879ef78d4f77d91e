"""Checks a marked sentence against the claims that are found in it.

    <speaker name="Donald Tusk">Tusk</speaker> <cue>said</cue> <content type=prediction>it will hold</content>.

Every claim of the sentence is marked, parts of one claim bear the same ``claim=``. A speaker's words are compared without a
first article, its name where ``name=`` gives one; a sentence without marks must give no claim.
"""

from itertools import groupby
from pathlib import Path

from spacy.language import Language

from pipeline.extraction.claims import build_claims, find_claims
from pipeline.language.model import annotate
from pipeline.records import Claim
from tests.pipeline.extraction.marked import Mark, read_marked

FOLDER = Path(__file__).parent / "marked"


def load_sentences(name: str) -> list[str]:
    """The marked sentences of a table, one a line; lines with "#" are remarks, a backslash and "n" is a line break."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line and not line.startswith("#")]


def find(nlp: Language, text: str) -> tuple[Claim, ...]:
    """The claims of a text, by the real pipeline."""
    doc = annotate(nlp, text)
    find_claims(doc)
    return build_claims(doc, text, "ar-0")


def check(nlp: Language, marked: str) -> None:
    """Fail unless contents, types, speakers and cues are exactly the marked ones."""
    text, marks = read_marked(marked)
    claims = find(nlp, text)
    assert [(tuple(part.text for part in claim.content), claim.type.value) for claim in claims] == _read_contents(marks)
    speakers = [mark for mark in marks if mark.name == "speaker"]
    found = {claim.speaker.text for claim in claims if claim.speaker is not None and claim.speaker.text is not None}
    assert found == {_without_article(mark.text) for mark in speakers}
    names = {claim.speaker.name for claim in claims if claim.speaker is not None}
    assert {mark.attrs["name"] for mark in speakers if "name" in mark.attrs} <= names
    assert [claim.cue.text for claim in claims if claim.cue] == [mark.text for mark in marks if mark.name == "cue"]


def _read_contents(marks: list[Mark]) -> list[tuple[tuple[str, ...], str]]:
    contents = [(mark.attrs.get("claim", f"at {mark.start}"), mark) for mark in marks if mark.name == "content"]
    groups = [[mark for _, mark in group] for _, group in groupby(contents, key=lambda pair: pair[0])]
    return [(tuple(mark.text for mark in group), group[0].attrs["type"]) for group in groups]


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if first.lower() in {"the", "a", "an"} else words
