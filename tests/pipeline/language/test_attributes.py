"""The quick attribute ruler says what spaCy's own says, of every token."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import models
from pipeline.language.attributes import QuickAttributeRuler, quicken_attributes

ARTICLES = Path(__file__).parents[3] / "corpus" / "articles"
ODD = (
    "Let's see: there's no way they're gonna go. I've gotta say it, y'all. C'm on! \n\n  He'd do it; "
    "it did. That is what you want, doin' nothin' 'til the 's of it. There are two, and there were none.\n\t"
)


@pytest.fixture(scope="module")
def both() -> tuple[spacy.Language, spacy.Language]:
    path = models.verified_path("en_core_web_sm")
    own, quick = (spacy.load(path, exclude=["ner"]) for _ in range(2))
    quicken_attributes(quick)
    return own, quick


def look(doc: Doc) -> list[tuple[str, ...]]:
    return [(each.text, each.pos_, each.tag_, each.lemma_, str(each.morph), each.dep_) for each in doc]


def test_all_tokens_have_what_the_models_own_ruler_says(both):
    own, quick = both
    assert isinstance(quick.get_pipe("attribute_ruler"), QuickAttributeRuler)
    texts = [ODD, "", " ", *(each.read_text("utf-8") for each in sorted(ARTICLES.glob("0*.txt"))[:12])]
    said = [look(own(text)) for text in texts]
    for _ in range(2):  # the second time from what is kept
        assert [look(quick(text)) for text in texts] == said


def test_a_pattern_that_asks_for_something_else_is_heard_all_the_same():
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entente_attribute_ruler")
    ruler.add_patterns([{"patterns": [[{"SHAPE": "dd"}]], "attrs": {"POS": "NUM"}, "index": 0}])
    assert [each.pos_ for each in nlp("in 26 states")] == ["", "NUM", ""]


def test_a_pattern_that_comes_later_is_heard_and_a_cleared_one_is_not():
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entente_attribute_ruler")
    for said, pattern in (("NUM", [{"LOWER": "dozen"}]), ("NOUN", [{"LOWER": "two"}, {"LOWER": "dozen"}])):
        ruler.add([pattern], {"POS": said}, index=len(pattern) - 1)
        assert nlp("two dozen")[1].pos_ == said
    ruler.clear()
    ruler.add([[{"LOWER": "score"}]], {"POS": "NOUN"})
    assert nlp("two dozen")[1].pos_ == ""


def test_what_is_kept_has_a_bound(both, monkeypatch):
    monkeypatch.setattr("pipeline.language.attributes._MOST", 3)
    own, quick = both
    quick.get_pipe("attribute_ruler")._known.clear()
    assert look(quick(ODD)) == look(own(ODD))
    assert len(quick.get_pipe("attribute_ruler")._known) <= 3


def test_it_survives_being_written_and_read(both, tmp_path):
    own, quick = both
    quick.to_disk(tmp_path / "model")
    assert look(spacy.load(tmp_path / "model")(ODD)) == look(own(ODD))


def test_a_model_without_one_gets_none():
    nlp = spacy.blank("en")
    quicken_attributes(nlp)
    assert nlp.pipe_names == []
