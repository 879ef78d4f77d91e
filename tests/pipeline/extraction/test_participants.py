"""Who is what to an agreement by what they did with it. The texts stand in marked/participants.txt."""

import pytest

from tests.pipeline.extraction.agreement_tables import check_rows, load_rows


@pytest.mark.parametrize("marked", load_rows("participants"))
def test_participants(nlp, marked):
    check_rows(nlp, marked)
