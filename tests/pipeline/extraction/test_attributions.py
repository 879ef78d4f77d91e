"""Claims that a phrase, noun or adjective announces. The sentences stand in marked/attributions.txt."""

import pytest

from tests.pipeline.extraction.claim_tables import check, load_sentences


@pytest.mark.parametrize("marked", load_sentences("attributions"))
def test_claims_announced_without_a_verb(nlp, marked):
    check(nlp, marked)
