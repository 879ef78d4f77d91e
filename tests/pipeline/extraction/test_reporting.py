"""Claims that a verb announces. The sentences stand in marked/reporting.txt."""

import pytest

from tests.pipeline.extraction.claim_tables import check, load_sentences


@pytest.mark.parametrize("marked", load_sentences("reporting"))
def test_claims_announced_by_a_verb(nlp, marked):
    check(nlp, marked)
