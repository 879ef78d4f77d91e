"""Parties that only the sentence gives. The texts stand in marked/context.txt."""

import pytest

from tests.pipeline.extraction.agreement_tables import check_rows, load_rows


@pytest.mark.parametrize("marked", load_rows("context"))
def test_context(nlp, marked):
    check_rows(nlp, marked)
