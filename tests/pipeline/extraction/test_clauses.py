import pytest
import spacy
from spacy.tokens import Doc

from pipeline.extraction.clauses import find_runs, find_subject, noun_phrase
from pipeline.language.model import annotate

ENGLISH = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "left_out", "runs"),
    [
        ("The pact will hold.", [], ["The pact will hold"]),
        ("The pact, they say, will hold.", ["they", "say"], ["The pact", "will hold"]),
        ("The pact , will hold", [","], ["The pact , will hold"]),
        ("“The pact will hold”", [], ["The pact will hold"]),
        ("It aims at a “shared burden.”", [], ["It aims at a “shared burden.”"]),
        ("The fund (SAFE)", [], ["The fund (SAFE)"]),
        (", . “ ”", [], []),
    ],
)
def test_runs_lose_the_marks_at_their_edges(text, left_out, runs):
    doc = ENGLISH(text)
    words = [token.i for token in doc if token.text not in left_out]
    assert [doc[start:end].text for start, end in find_runs(doc, words)] == runs


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Paris said and Berlin denied it.", "denied", "Berlin"),
        ("Paris spoke first, warning that it was late.", "warning", "Paris"),
        ("Officials fearing a war left the city.", "fearing", "Officials"),
        ("Paris said the loan would be ready and urged others to act.", "urged", "Paris"),
        ("Go home.", "Go", None),
    ],
)
def test_a_verb_finds_the_subject_it_shares(nlp, text, verb, subject):
    doc = annotate(nlp, text)
    found = find_subject(next(token for token in doc if token.text == verb))
    assert (None if found is None else found.text) == subject


@pytest.mark.parametrize(
    ("text", "head", "phrase"),
    [
        ("The officials in Brussels, who feared a veto, left.", "officials", "officials in Brussels"),
        ("Some Europeans disagree.", "Europeans", "Some Europeans"),
        ("The ministers of Estonia, Latvia and Poland met.", "ministers", "ministers of Estonia, Latvia and Poland"),
        ("A spokesman, Jan Novak, left.", "spokesman", "spokesman"),
    ],
)
def test_a_noun_is_named_without_article_and_relative_clause(nlp, text, head, phrase):
    doc = annotate(nlp, text)
    start, end = noun_phrase(next(token for token in doc if token.text == head))
    assert doc[start:end].text == phrase


def test_runs_of_an_empty_doc():
    assert find_runs(Doc(ENGLISH.vocab), []) == []
