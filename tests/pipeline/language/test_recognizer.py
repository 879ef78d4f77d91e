"""The quick entity recognizer finds what spaCy's own finds."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

import models
from pipeline.language.recognizer import QuickEntityRecognizer, quicken_names

ARTICLES = Path(__file__).parents[3] / "corpus" / "articles"
ODD = (
    "\n\nBRUSSELS \n The North Atlantic\nTreaty Organization. Angela \n Merkel 3.5 billion euros on 4 April 2025, the U.S. and\t"
    " São Tomé and Príncipe's President Carlos Vila Nova; 5%, five, fifth! EU-NATO. NATO"
)
TEXTS = [
    ODD,
    "",
    " ",
    "\n",
    "Oslo",
    "Angela Merkel",
    *(p.read_text("utf-8") for p in sorted(ARTICLES.glob("0*.txt"))[:12]),
]


def load(**parts: list[str]) -> spacy.Language:
    return spacy.load(models.verified_path("en_core_web_sm"), **parts)


@pytest.fixture(scope="module")
def both() -> tuple[spacy.Language, spacy.Language]:
    own, quick = load(), load()
    quicken_names(quick)
    assert isinstance(quick.get_pipe("ner"), QuickEntityRecognizer)
    return own, quick


def look(doc: Doc) -> list[tuple[int, str]]:
    return [(each.ent_iob, each.ent_type_) for each in doc]


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_all_names_are_those_of_the_models_own_recognizer(both, number):
    own, quick = both
    found = look(quick(TEXTS[number]))
    assert found == look(own(TEXTS[number]))
    if number == 0:
        assert len({label for _, label in found}) > 4


def test_sentences_bound_names_and_without_sentences_nothing_does(both):
    for disabled in (["parser"], []):
        own, quick = (nlp(ODD, disable=disabled) for nlp in both)
        assert look(quick) == look(own)


def test_many_come_in_their_order(both):
    own, quick = both
    assert [look(doc) for doc in quick.pipe(TEXTS[:8], batch_size=3)] == [look(own(text)) for text in TEXTS[:8]]


def test_what_is_named_already_stays(both):
    found = []
    for nlp in both:
        doc = nlp("Oslo and Quito signed in Madrid.", disable=["ner"])
        doc.set_ents([Span(doc, 0, 3, label="EVENT")], default="missing")
        found.append(look(nlp.get_pipe("ner")(doc)))
    assert found[0] == found[1]
    assert found[0][1] == (1, "EVENT")


def test_it_is_written_and_read_as_part_of_a_model(both, tmp_path):
    own, quick = both
    quick.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert isinstance(again.get_pipe("ner"), QuickEntityRecognizer)
    assert look(again(ODD)) == look(own(ODD))


def test_another_recognizer_is_left_as_it_is():
    nlp = spacy.blank("en")
    quicken_names(nlp)
    assert nlp.pipe_names == []
    nlp.add_pipe("beam_ner", name="ner")
    quicken_names(nlp)
    assert nlp.get_pipe_meta("ner").factory == "beam_ner"
