"""What happened to an agreement. The texts stand in marked/acts.txt."""

import pytest

from tests.pipeline.extraction.agreement_tables import check_rows, load_rows


@pytest.mark.parametrize("marked", load_rows("acts"))
def test_acts(nlp, marked):
    check_rows(nlp, marked)
