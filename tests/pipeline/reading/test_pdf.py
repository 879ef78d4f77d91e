import pytest

from pipeline.reading.pdf import read_pdf

BODY = [
    "France and Germany signed the Linden Treaty in Lisbon on 12 September, and the two govern-",
    "ments said that a long-term council would meet twice a year. The long-",
    "term council sits in Bonn.",
]
JOINED = (
    "France and Germany signed the Linden Treaty in Lisbon on 12 September, and the two governments said that "
    "a long-term council would meet twice a year. The long-term council sits in Bonn."
)
LAST = ["Poland may join later, the minister said in Warsaw on Friday, when the three of them met", "at the border."]


def lay(lines, *, top, left=72, pitch=14):
    return [(left, top - pitch * place, line) for place, line in enumerate(lines)]


def page(number, lines, *, top=760):
    return [(72, 810, "The Entente Review"), (72, 30, f"Page {number} of 3"), *lay(lines, top=top)]


def test_lines_and_hyphens_are_rejoined_and_running_heads_left_out(make_pdf):
    body = make_pdf([page(1, BODY), page(2, LAST), page(3, ["A third page has its own words."])], title="Linden")

    reading = read_pdf(body)

    assert reading.text.split("\n\n") == [
        JOINED,
        "Poland may join later, the minister said in Warsaw on Friday, when the three of them met at the border.",
        "A third page has its own words.",
    ]
    assert (reading.metadata.title, reading.metadata.origins, reading.body) == (
        "Linden",
        {"title": "pdf properties"},
        "pdf",
    )


def test_a_sentence_goes_on_over_the_page(make_pdf):
    body = make_pdf(
        [page(1, ["France signed the treaty that its neighbours"]), page(2, ["had drafted."]), page(3, ["End."])]
    )

    assert read_pdf(body).text == "France signed the treaty that its neighbours had drafted.\n\nEnd."


def test_two_columns_are_read_one_after_the_other(make_pdf):
    left, right = lay(["The left column begins", "and goes on"], top=700), lay(["in the right one."], top=700, left=320)

    assert read_pdf(make_pdf([left + right])).text == "The left column begins and goes on in the right one."


def test_a_heading_and_a_list_stand_for_themselves(make_pdf):
    lines = [(72, 700, "What was agreed", 16), *lay(["Two things:", "• a brigade,", "• a council."], top=670)]

    assert read_pdf(make_pdf([lines])).text == "What was agreed\n\nTwo things:\n\n• a brigade,\n• a council."


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Microsoft Word - draft 3.doc", None), ("report_final.indd", None), ("The Linden Treaty", "The Linden Treaty")],
)
def test_a_title_that_names_a_file_is_none(make_pdf, title, expected):
    assert read_pdf(make_pdf([lay(["Words."], top=700)], title=title)).metadata.title == expected


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"%PDF-1.4\nnothing", "is no PDF that can be opened"),
        (b"", "is no PDF that can be opened"),
    ],
)
def test_what_is_damaged_is_refused(body, reason):
    with pytest.raises(ValueError, match=reason):
        read_pdf(body)


def test_pictures_of_pages_are_refused(make_pdf):
    with pytest.raises(ValueError, match="its pages are pictures"):
        read_pdf(make_pdf([[], []]))
