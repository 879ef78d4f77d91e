import pytest

from pipeline.reading.lines import BROKEN, Line, join_lines


def lay(*lines, pitch=14, right=500):
    return [
        Line(text=text, left=72, right=right, top=711 - pitch * place, bottom=700 - pitch * place)
        for place, text in enumerate(lines)
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], ""),
        (["One sentence that", "goes on."], "One sentence that goes on."),
        (["The govern-", "ment"], "The government"),
        ([f"The govern{BROKEN}", "ment"], "The government"),
        (["The EU-", "Japan pact"], "The EU-Japan pact"),
        (["A long-term plan, a long-", "term plan"], "A long-term plan, a long-term plan"),
        (["Two: ", "(a) one", "(b) two"], "Two:\n\n(a) one\n(b) two"),
        (["A line with an end" + BROKEN], "A line with an end"),
    ],
)
def test_lines_become_text(lines, text):
    assert join_lines([lay(*lines)]) == text


def test_a_short_line_with_a_full_stop_ends_its_paragraph():
    first, second, third = lay("A line as wide as the column is", "ends here.", "Another begins and fills its line")
    short = Line(text=second.text, left=72, right=150, top=second.top, bottom=second.bottom)

    assert join_lines([[first, short, third]]).count("\n\n") == 1


def test_space_between_lines_ends_a_paragraph():
    one, two, three, four = lay("One", "two", "three", "four")
    lower = Line(text=four.text, left=72, right=500, top=four.top - 14, bottom=four.bottom - 14)

    assert join_lines([[one, two, three, lower]]) == "One two three\n\nfour"
