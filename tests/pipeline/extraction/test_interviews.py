"""Whose words stand outside quotation marks in an interview."""

import pytest

from pipeline.extraction.discourse import read_discourse
from pipeline.extraction.interviews import find_answers, find_guest
from pipeline.extraction.speakers import find_narrator
from pipeline.language.model import annotate
from pipeline.records import AUTHOR

_QUESTIONS = "\n\nDoes it bind them?\n\n{label}It does.\n\nWho won?\n\nNobody has.\n\nAnd the money?\n\nIt came.\n"


@pytest.mark.parametrize(
    ("intro", "label", "guest"),
    [
        ("We spoke to a retired ambassador who served in Paris.", "", "a retired ambassador"),
        ("A former mediator, who sat at the table, explains the deal.", "", "A former mediator"),
        ("We asked a former planner of the alliance what to believe.", "", "a former planner of the alliance"),
        ("A chemist who has inspected for two decades looks back.", "", "A chemist"),
        ("A former official of the bloc looks back at its treaties.", "", "A former official of the bloc"),
        ("A retired negotiator of an importer on three broken pipes.", "", "A retired negotiator of an importer"),
        ("The talks failed last week.", "The envoy: ", "The envoy"),
        # counter-examples: letters are no names, nobody is introduced, several who do something are no guest
        ("Gunmen who came by night killed a policeman.", "", None),
        ("A former official resigned last week.", "", None),
        ("The talks failed last week.", "A: ", None),
        ("The talks failed last week.", "", None),
    ],
)
def test_the_guest(nlp, intro, label, guest):
    doc = annotate(nlp, intro + _QUESTIONS.format(label=label))
    found = find_guest(doc, find_answers(doc))
    assert (found.text if found is not None else None) == guest


def test_answers_are_the_guests_and_questions_the_authors(nlp):
    discourse = read_discourse(annotate(nlp, "We spoke to a retired ambassador." + _QUESTIONS.format(label="")))
    verbs = {token.text: token for token in discourse.doc if token.text in {"bind", "does", "came"}}
    names = {word: find_narrator(discourse, verb).name for word, verb in verbs.items()}
    assert names == {"bind": AUTHOR, "does": "a retired ambassador", "came": "a retired ambassador"}


def test_a_question_or_two_make_no_interview(nlp):
    assert find_answers(annotate(nlp, "Who won?\n\nNobody has.\n\nAnd who lost?\n\nEverybody did.")) == []


def test_a_caption_is_no_label(nlp):
    text = "We spoke to a retired envoy." + _QUESTIONS.format(label="") + "\nPhoto: the old bridge\n"
    doc = annotate(nlp, text)
    assert find_guest(doc, find_answers(doc)).text == "a retired envoy"
