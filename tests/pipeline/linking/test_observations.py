import pytest

from pipeline.enumerations import AgreementKind
from pipeline.linking.observations import Features, find_weight, is_distinctive, observe
from pipeline.linking.words import fold_name
from pipeline.records import Agreement, Span
from tests.pipeline.linking.sightings import feature

OWN = {
    "Arden Treaty": True,
    "Joint Declaration": False,
    "Comprehensive Strategic Partnership": False,
    "Arden Force": True,
}
NUMBERS = {"18th package": {"18"}, "Arden II": {"2"}, "nineteenth package": {"19"}, "Harrow House 2.0": {"2.0"}}


@pytest.mark.parametrize(("name", "is_own"), OWN.items())
def test_a_name_of_general_words_is_a_sort_of_agreement(name, is_own):
    assert is_distinctive(fold_name(name)) is is_own
    assert (find_weight(fold_name(name)) == 1) is is_own


@pytest.mark.parametrize(("label", "numbers"), NUMBERS.items())
def test_the_numbers_of_names(label, numbers):
    assert feature("a/1", label).numbers == numbers


def test_what_is_compared_comes_back_from_json():
    seen = feature("a/1", "Arden Treaty", "France", "Spain:excluded", date="2025-07", figures=(("members", 26.0),))
    assert Features.model_validate_json(seen.model_dump_json(exclude_defaults=True)) == seen
    assert (seen.parties, seen.figures, seen.actors) == ({"=france"}, {"members 26"}, {"=france"})


def test_the_parties_behind_a_label_are_no_words_of_it():
    assert feature("a/1", "letter of intent (Denmark, Norway)").called == feature("a/1", "letter of intent").called


def test_an_extracted_agreement_is_observed_with_its_sentences():
    span = Span(start=0, end=5, text="Arden")
    agreement = Agreement(
        id="ag-1",
        name=None,
        label="Arden",
        kind=AgreementKind.TREATY,
        status=None,
        confidence=0.5,
        mentions=(span,),
        rule="x",
    )
    seen = observe(agreement, article_id="ar-1", published="2025")
    assert (seen.agreement_id, seen.article_id, seen.sentences) == ("ag-1", "ar-1", ("Arden",))
