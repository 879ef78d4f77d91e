"""What a verb means and who does it."""

import pytest

from pipeline.extraction.verbs import agents_of, companions_of, is_asserted, meaning_of, subjects_of
from pipeline.language.model import annotate


def token(doc, text):
    return next(t for t in doc if t.text == text)


@pytest.mark.parametrize(
    ("text", "verb", "meaning"),
    [
        ("Norway signed it.", "signed", "sign"),
        ("Norway pulled out of it.", "pulled", "withdraw"),
        ("Norway put its name to it.", "put", "sign"),
        ("Norway takes part in it.", "takes", "participate"),
        ("Norway set up a group.", "set", "establish"),
        ("Norway took a boat.", "took", "take"),
    ],
)
def test_meanings(nlp, text, verb, meaning):
    assert meaning_of(token(annotate(nlp, text), verb)) == meaning


@pytest.mark.parametrize(
    ("text", "verb", "subjects"),
    [
        ("Norway signed it.", "signed", ["Norway"]),
        ("Norway agreed to sign it.", "sign", ["Norway"]),
        ("Norway persuaded Chile to sign it.", "sign", ["Chile"]),
        ("Norway met them and signed it.", "signed", ["Norway"]),
        ("Norway's bid to join it failed.", "join", ["Norway"]),
        ("Signed in May.", "Signed", []),
    ],
)
def test_subjects(nlp, text, verb, subjects):
    assert [noun.text for noun in subjects_of(token(annotate(nlp, text), verb))] == subjects


def test_agents_and_companions(nlp):
    doc = annotate(nlp, "It was signed by Norway.")
    assert [noun.text for noun in agents_of(token(doc, "signed"))] == ["Norway"]
    doc = annotate(nlp, "Norway, with Italy, launched it.")
    assert [noun.text for noun in companions_of(token(doc, "launched"))] == ["Italy"]


@pytest.mark.parametrize(
    ("text", "event", "happened"),
    [
        ("The withdrawal took effect.", "withdrawal", True),
        ("After the ratification it grew.", "ratification", True),
        ("He completed the withdrawal.", "withdrawal", True),
        ("He called for the withdrawal.", "withdrawal", False),
        ("The withdrawal may follow.", "withdrawal", False),
        ("He fears the withdrawal.", "withdrawal", False),
    ],
)
def test_events_that_happened(nlp, text, event, happened):
    assert is_asserted(token(annotate(nlp, text), event)) is happened
