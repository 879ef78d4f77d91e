"""Direct quotations and who says them. The sentences stand in marked/quotations.txt."""

import pytest

from tests.pipeline.extraction.claim_tables import check, load_sentences


@pytest.mark.parametrize("marked", load_sentences("quotations"))
def test_quotations(nlp, marked):
    check(nlp, marked)
