"""Who accedes to which bloc. The texts stand in marked/accessions.txt."""

import pytest

from tests.pipeline.extraction.agreement_tables import check_rows, load_rows


@pytest.mark.parametrize("marked", load_rows("accessions"))
def test_accessions(nlp, marked):
    check_rows(nlp, marked)
