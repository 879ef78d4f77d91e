"""Every kind of row, named and unnamed, and what is none: marked/agreements.txt, marked/no_agreements.txt."""

import pytest

from tests.pipeline.extraction.agreement_tables import check_rows, load_rows


@pytest.mark.parametrize("marked", load_rows("agreements"))
def test_rows_of_every_kind(nlp, marked):
    check_rows(nlp, marked)


@pytest.mark.parametrize("plain", load_rows("no_agreements"))
def test_what_is_no_row(nlp, plain):
    check_rows(nlp, plain)
