"""Which mentions are one row. The texts stand in marked/grouping.txt."""

import pytest

from tests.pipeline.extraction.agreement_tables import check_rows, load_rows


@pytest.mark.parametrize("marked", load_rows("grouping"))
def test_grouping(nlp, marked):
    check_rows(nlp, marked)
