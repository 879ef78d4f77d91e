import pytest

from tests.pipeline.extraction.marked import Mark, read_marked


@pytest.mark.parametrize(
    ("marked", "text", "marks"),
    [
        ("No mark.", "No mark.", []),
        ("A <cue>said</cue> B", "A said B", [Mark("cue", 2, 6, "said")]),
        ('<a k=v other="two words">x</a>', "x", [Mark("a", 0, 1, "x", {"k": "v", "other": "two words"})]),
        ("<a>x <b>y</b></a>", "x y", [Mark("a", 0, 3, "x y"), Mark("b", 2, 3, "y")]),
        ("1 < 2 and <3", "1 < 2 and <3", []),
    ],
)
def test_marks_are_read_with_offsets_in_the_plain_text(marked, text, marks):
    assert read_marked(marked) == (text, marks)


@pytest.mark.parametrize("marked", ["<a>x", "x</a>", "<a>x<b>y</a></b>"])
def test_tags_that_do_not_match_are_refused(marked):
    with pytest.raises(ValueError, match="clos"):
        read_marked(marked)
