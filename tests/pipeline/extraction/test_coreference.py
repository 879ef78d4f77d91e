"""Whom pronouns and roles stand for, where they speak. The sentences stand in marked/coreference.txt."""

import pytest

from tests.pipeline.extraction.claim_tables import check, load_sentences


@pytest.mark.parametrize("marked", load_sentences("coreference"))
def test_pronouns_and_roles(nlp, marked):
    check(nlp, marked)
