"""What the author judges, and plain facts. The sentences stand in marked/opinions.txt and marked/facts.txt."""

import pytest

from tests.pipeline.extraction.claim_tables import check, load_sentences


@pytest.mark.parametrize("marked", load_sentences("opinions"))
def test_opinions_of_the_author(nlp, marked):
    check(nlp, marked)


@pytest.mark.parametrize("plain", load_sentences("facts"))
def test_plain_facts_are_no_claims(nlp, plain):
    check(nlp, plain)
