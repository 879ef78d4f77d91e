"""Whether somebody is "she" or "he"."""

import pytest

from models import load_lexicon
from pipeline.extraction.persons import find_pronoun_of_name, find_pronoun_of_noun, read_pronoun
from pipeline.language.model import annotate
from tests.pipeline.extraction.claim_tables import find
from tests.pipeline.extraction.marked import read_marked


@pytest.mark.parametrize(
    ("marked", "canonical", "pronoun"),
    [
        ("<p>Giorgia Meloni</p> spoke.", "Giorgia Meloni", "she"),
        ("<p>Meloni</p> spoke.", "Giorgia Meloni", "she"),
        ("<p>Robert Fico</p> spoke.", "Robert Fico", "he"),
        ("Mrs <p>Lind</p> spoke.", "Lind", "she"),
        ("Mr. <p>Lind</p> spoke.", "Lind", "he"),
        ("Chairwoman <p>Kim Berg</p> spoke.", "Kim Berg", "she"),
        ("Dame <p>Robin Berg</p> spoke.", "Robin Berg", "she"),
        # nothing says it
        ("<p>Kim Berg</p> spoke.", "Kim Berg", None),
        ("Minister <p>Berg</p> spoke.", "Berg", None),
        ("The spokesman and <p>Berg</p> spoke.", "Berg", None),
        ("The king met <p>Berg</p>.", "Berg", None),
    ],
)
def test_a_named_person(nlp, marked, canonical, pronoun):
    text, [mark] = read_marked(marked)
    doc = annotate(nlp, text)
    start = next(token.i for token in doc if token.idx == mark.start)
    assert find_pronoun_of_name(doc, start, canonical) == pronoun


@pytest.mark.parametrize(
    ("noun", "pronoun"),
    [("spokeswoman", "she"), ("spokesman", "he"), ("King", "he"), ("minister", None), ("spokesperson", None)],
)
def test_a_described_person(nlp, noun, pronoun):
    doc = annotate(nlp, f"The {noun} spoke.")
    assert find_pronoun_of_noun(doc[1]) == pronoun


@pytest.mark.parametrize(
    ("word", "pronoun"), [("She", "she"), ("her", "she"), ("his", "he"), ("it", None), ("they", None), ("Merkel", None)]
)
def test_pronouns(word, pronoun):
    assert read_pronoun(word) == pronoun


@pytest.mark.parametrize("kind", ["titles", "nouns", "names"])
def test_nobody_is_both(kind):
    lexicon = load_lexicon("persons")
    assert set(lexicon["she"][kind]) & set(lexicon["he"][kind]) == set()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Angela Merkel received Robert Fico in Rome. She said the pact would hold.", "Angela Merkel"),
        ("Robert Fico received Angela Merkel in Rome. She said the pact would hold.", "Angela Merkel"),
        ("Angela Merkel received Robert Fico in Rome. He said the pact would hold.", "Robert Fico"),
        ("Robert Fico met the spokeswoman of the ministry. He said the pact would hold.", "Robert Fico"),
        # whom no list knows may be either
        ("Kim Berg arrived in Rome. She said the pact would hold.", "Kim Berg"),
        # nobody fits
        ("Robert Fico arrived in Rome. She said the pact would hold.", None),
    ],
)
def test_a_pronoun_passes_over_whom_it_cannot_be(nlp, text, speaker):
    claim = find(nlp, text)[-1]
    assert claim.speaker.name == speaker
