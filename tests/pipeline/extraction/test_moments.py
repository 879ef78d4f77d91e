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
        ("Norway left the Harrowgate Treaty of last April.", "2025-04"),
        ("Norway and Chile kept to the December 25, 2011 fisheries agreement.", "2011-12-25"),
        ("Norway has kept to the Harrowgate Treaty (1997) for long.", "1997"),
        # of what is told in passing
        ("The fisheries council of Norway and Chile, housed in Oslo since May, met.", "2025-05"),
        # what runs has a date of its own only behind "since"; a name's year goes before it
        ("The Harrowgate Treaty has been in force since June 2022.", "2022-06"),
        ("The Harrowgate Treaty of 1997 has been in force since June 2022.", "1997"),
        # one that leans on another, or goes on from the verb before
        ("The Arden summit of 2011 was calm. In the same year Norway and Chile signed the Harrowgate Treaty.", "2011"),
        ("Norway signed the Harrowgate Treaty this February.", "2025-02"),
        ("Norway and Chile signed the Harrowgate Treaty on Nov. 6.", "2024-11-06"),
        ("Today Norway and Chile signed the Harrowgate Treaty.", "2025-09-17"),
        ("Today Norway and Chile run the Harrowgate Treaty.", None),  # these days
        # a dateline, what is still to come, what it is extended to
        ("OSLO, 5 March (Wire) – Norway and Chile signed the Harrowgate Treaty.", None),
        ("OSLO, 5 March (Wire) – Norway and Chile signed the Harrowgate Treaty on Monday.", "2025-09-15"),
        ("Norway and Chile signed the Harrowgate Treaty for 2031.", None),
        # counter-examples: a limit, another verb's, none
        ("Norway and Chile signed the Harrowgate Treaty until 2030.", None),
        ("Norway and Chile signed the Harrowgate Treaty.", None),
    ],
)
def test_dates(nlp, text, date):
    assert [row.date for row in find_rows(nlp, text)] == [date]
