import pytest

from pipeline.extraction.discourse import read_discourse
from pipeline.extraction.speakers import can_speak, find_voice
from pipeline.language.model import annotate
from pipeline.records import AUTHOR


def _subject(doc):
    return next(token for token in doc if token.dep_ in {"nsubj", "nsubjpass"})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("German Defence Minister Boris Pistorius left.", "Boris Pistorius"),
        ("Poland’s foreign minister, Radosław Sikorski, left.", "Radosław Sikorski"),
        ("The UK government left.", "United Kingdom"),
        ("Officials in Brussels left.", "Officials in Brussels"),
        ("The finance ministry left.", "finance ministry"),
        ("France and Germany left.", "France and Germany"),
        ("We left.", AUTHOR),
        ("The Members of the Security Council left.", "Security Council"),
    ],
)
def test_a_subject_gives_a_name(nlp, text, name):
    discourse = read_discourse(annotate(nlp, text))
    assert find_voice(discourse, _subject(discourse.doc)).name == name


@pytest.mark.parametrize(
    ("text", "able"),
    [
        ("The ministry agreed.", True),
        ("Norway agreed.", True),
        ("Many agreed.", True),
        ("The report agreed.", True),
        ("The shift agreed.", False),
        ("It agreed.", False),
    ],
)
def test_only_some_subjects_can_speak(nlp, text, able):
    discourse = read_discourse(annotate(nlp, text))
    assert can_speak(discourse, _subject(discourse.doc)) is able


def test_a_role_that_two_persons_bear_names_neither(nlp):
    text = "Foreign Minister Radosław Sikorski met Foreign Minister Annalena Baerbock. The foreign minister left."
    discourse = read_discourse(annotate(nlp, text))
    last = [token for token in discourse.doc if token.text == "minister"][-1]
    assert find_voice(discourse, last).name == "foreign minister"


def test_nobody_is_found_where_there_is_no_subject(nlp):
    discourse = read_discourse(annotate(nlp, "Go."))
    assert find_voice(discourse, None) is None
