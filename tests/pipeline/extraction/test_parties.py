"""Who is what to an agreement by the words of its own phrase. The texts stand in marked/parties.txt."""

import pytest

from tests.pipeline.extraction.agreement_tables import check_rows, load_rows


@pytest.mark.parametrize("marked", load_rows("parties"))
def test_parties(nlp, marked):
    check_rows(nlp, marked)
