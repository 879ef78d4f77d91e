import pytest

from pipeline.reading.lines import Line
from pipeline.reading.pages import drop_running_heads


def page(*lines):
    return [Line(text=t, left=72, right=300, top=800 - 14 * i, bottom=789 - 14 * i) for i, t in enumerate(lines)]


def texts(pages):
    return [[line.text for line in lines] for lines in pages]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([page("Review", f"Words {name}", "more", "and more", f"{n}")
          for n, name in enumerate("abcd", 7)], [[f"Words {name}", "more", "and more"] for name in "abcd"]),
        ([page("Chapter 1: Peace 3", "a", "b", "c"), page("Chapter 1: Peace 4", "d", "e", "f"),
          *(page(f"x{n}", f"g{n}", f"h{n}", f"i{n}") for n in "abcdefgh")],
         [["a", "b", "c"], ["d", "e", "f"], *([f"x{n}", f"g{n}", f"h{n}", f"i{n}"] for n in "abcdefgh")]),
        ([page("Only one page", "with words", "7")], [["Only one page", "with words"]]),
        ([page("A", "B", "C", "- 7 -")], [["A", "B", "C"]]),
        ([page("It was signed in", "1998", "by all")], [["It was signed in", "1998", "by all"]]),
        ([], []),
    ],
)  # fmt: skip
def test_what_is_printed_on_every_page_is_left_out(pages, expected):
    assert texts(drop_running_heads(pages)) == expected
