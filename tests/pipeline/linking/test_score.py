import pytest

from pipeline.linking.score import compare, explain, find_likelihood, forget_weights, measure
from tests.pipeline.linking.sightings import feature

ONE, OTHER = feature("a/1", "Arden Treaty", "France"), feature("b/1", "Treaty of Arden", "France")


def test_the_logit_is_what_its_reasons_add_up_to_but_for_trifles():
    assert compare(ONE, OTHER) == compare(OTHER, ONE) > 3
    reasons = explain(ONE, OTHER)
    assert [each.weight for each in reasons] == sorted((each.weight for each in reasons), key=abs, reverse=True)
    assert reasons[0].sort == "name"
    forget_weights()
    assert explain(ONE, OTHER) == reasons
    assert len(measure(ONE, OTHER)) > len(reasons)


def test_a_logit_is_a_likelihood():
    assert find_likelihood(0) == 0.5
    assert find_likelihood(1000) == pytest.approx(1)
    assert find_likelihood(-1000) == pytest.approx(0)
