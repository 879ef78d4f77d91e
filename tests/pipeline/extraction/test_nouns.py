"""Mentions by a noun: those that say enough, and loose ones. The texts stand in marked/nouns.txt."""

import pytest

from tests.pipeline.extraction.agreement_tables import check_rows, load_rows


@pytest.mark.parametrize("marked", load_rows("nouns"))
def test_nouns(nlp, marked):
    check_rows(nlp, marked)
