from pipeline.linking.vetoes import find_veto, is_certain_name
from tests.pipeline.linking.sightings import feature


def test_a_rule_that_forbids_says_which():
    assert find_veto(feature("a/1", "Arden Treaty"), feature("b/1", "Arden Treaty")) is None
    assert find_veto(feature("a/1", "Arden Treaty"), feature("b/1", "Alder Pact")) == "another name"
    assert find_veto(feature("a/1", "18th package"), feature("b/1", "19th package")) == "another number"


def test_a_name_within_another_is_not_another():
    assert find_veto(feature("a/1", "Arden Fund"), feature("b/1", "European Arden Fund")) is None


def test_a_sort_of_agreement_is_no_certain_name():
    assert is_certain_name(feature("a/1", "Arden Treaty"), feature("b/1", "Alder Pact", aliases=("Arden Treaty",)))
    assert not is_certain_name(feature("a/1", "Joint Declaration"), feature("b/1", "Joint Declaration"))
    assert not is_certain_name(feature("a/1", "arden treaty"), feature("b/1", "Arden Treaty"))
