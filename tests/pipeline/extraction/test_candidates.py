"""Possible mentions by who finds them."""

from pipeline.enumerations import EntityType
from pipeline.extraction.candidates import from_brackets, from_heads, from_model, from_quotes, from_surnames
from pipeline.language.model import annotate


def texts(doc, candidates):
    return [doc[c.start : c.end].text for c in candidates]


def test_operations_come_back_without_their_head(nlp):
    doc = annotate(nlp, "Amber Lantern was a lamp. Operation Amber Lantern began. Amber Lantern ended.")
    found = [c for c in from_heads(doc) if c.canonical == "Operation Amber Lantern"]
    assert texts(doc, found) == ["Operation Amber Lantern", "Amber Lantern"]
    assert found[1].start > found[0].start


def test_acronyms_come_back(nlp):
    doc = annotate(nlp, "The Nordic Sensor Approach (NSA) began. The NSA ended.")
    assert texts(doc, from_brackets(doc)) == ["Nordic Sensor Approach", "NSA", "NSA"]


def test_quoted_names_come_back_in_any_case(nlp):
    doc = annotate(nlp, "A “coalition of the able” met. The Coalition of the Able grew.")
    assert texts(doc, from_quotes(doc)) == ["coalition of the able", "Coalition of the Able"]


def test_a_quoted_name_two_thousand_times_is_found_once_each(nlp):
    doc = annotate(nlp, "“coalition of the able” " * 500)
    assert len({c.start for c in from_quotes(doc)}) <= 500


def test_the_model_names_no_plain_words(nlp):
    doc = annotate(nlp, "Momentum is with Mara Lind.")
    assert texts(doc, from_model(doc)) == ["Mara Lind"]


def test_surnames_come_back_where_they_are_names(nlp):
    doc = annotate(nlp, "Lind sang. Mara Lind spoke. Lind signed it.")
    found = from_surnames(doc, [c for c in from_model(doc) if c.canonical == "Mara Lind"])
    assert [(c.start, c.type) for c in found] == [(7, EntityType.PERSON)]
