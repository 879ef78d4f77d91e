"""Which date of a text is whose."""

import pytest

from tests.pipeline.extraction.agreement_tables import find_rows


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # the date in the verb's own words
        ("The Harrowgate Treaty was signed on 8 April 2010.", "2010-04-08"),
        # the only date of the sentence, above the verb
        ("On 8 April 2010 Norway and Chile agreed to sign the Harrowgate Treaty.", "2010-04-08"),
        # of the noun, named or not
        ("Norway left the Harrowgate Treaty of 1997.", "1997"),
        ("Norway and Chile spoke of the fisheries deal of 2013.", "2013"),
        # counter-examples: a limit, another verb's, none
        ("Norway and Chile signed the Harrowgate Treaty until 2030.", None),
        ("Norway and Chile signed the Harrowgate Treaty.", None),
    ],
)
def test_dates(nlp, text, date):
    assert [row.date for row in find_rows(nlp, text)] == [date]
