"""Records from what was found: dates, labels, subjects, aliases, what is due."""

import pytest

from tests.pipeline.extraction.agreement_tables import find_rows


def only(rows):
    assert len(rows) == 1, [row.label for row in rows]
    return rows[0]


@pytest.mark.parametrize(
    ("text", "published", "date"),
    [
        ("Norway signed the Arden Treaty on 8 April 2010.", "2025-09-17", "2010-04-08"),
        ("Norway signed the Arden Treaty on 8 April.", "2025-09-17", "2025-04-08"),
        ("Norway signed the Arden Treaty on 8 November.", "2025-09-17", "2024-11-08"),
        ("Norway signed the Arden Treaty on Monday.", "2025-09-17", "2025-09-15"),
        ("Norway signed the Arden Treaty last year.", "2025-09-17", "2024"),
        ("The Arden Treaty of 1997 holds.", "2025-09-17", "1997"),
        ("The 1997 Arden Treaty holds.", "2025-09-17", "1997"),
        # counter-examples: no article's date, another verb's date, a date of something else
        ("Norway signed the Arden Treaty on Monday.", None, None),
        ("Norway signed the Arden Treaty and invaded Chile in 2024.", "2025-09-17", None),
        ("Norway signed the Arden Treaty after the war that began in 2020.", "2025-09-17", None),
    ],
)
def test_dates(nlp, text, published, date):
    assert only(find_rows(nlp, text, published=published)).date == date


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Norway signed the Arden Treaty.", "Arden Treaty"),
        ("Norway and Chile signed a fisheries pact.", "fisheries pact (Norway, Chile)"),
        ("Finland joined NATO in 2023.", "accession of Finland to NATO"),
        ("Serbia and Albania applied to join the EU.", "accession of Serbia and Albania to the European Union"),
    ],
)
def test_labels(nlp, text, label):
    assert only(find_rows(nlp, text)).label == label


def test_other_written_names_are_aliases(nlp):
    row = only(find_rows(nlp, "The Nordic Long-Range Sensor Approach (NLRSA) grows. Norway joined the NLRSA."))
    assert row.aliases == ("NLRSA",)
    assert [mention.text for mention in row.mentions] == ["Nordic Long-Range Sensor Approach", "NLRSA", "NLRSA"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Under the Arden Treaty, Norway must pay by 2030.", ["2030"]),
        ("Under the Arden Treaty, Norway must pay by the end of June 2026.", ["2026-06"]),
        ("Under the Arden Treaty, Norway paid in 2020.", []),
    ],
)
def test_what_is_due(nlp, text, due):
    assert [d.date for d in only(find_rows(nlp, text)).due] == due


def test_what_it_is_about(nlp):
    row = only(find_rows(nlp, "Norway and Chile signed the Arden Treaty to protect undersea cables."))
    assert row.subject == "to protect undersea cables"


def test_equal_anchors_have_ids_of_their_own(nlp):
    text = "Norway and Chile signed a new fish treaty. Japan and Kenya signed a new fish treaty."
    ids = [row.id for row in find_rows(nlp, text)]
    assert len(ids) == len(set(ids)) == 2


def test_a_sentence_of_thousands_of_words_costs_no_more_than_its_length(nlp):
    unit = "Norway signed the Arden Treaty in 2010 and Chile, which left the Kensal Pact in 2011, did not, and "
    assert find_rows(nlp, unit * 250)
