import pytest

from pipeline.store.originals import Originals, find_originals

COPIES = [("b", "a", "copy"), ("c", "b", "copy")]


@pytest.mark.parametrize(
    ("found", "articles", "count"),
    [
        pytest.param([], "", 0, id="nothing"),
        pytest.param([], "ab", 2, id="none-repeats"),
        pytest.param([], "aa", 1, id="twice-the-same"),
        pytest.param(COPIES, "abc", 1, id="copies"),
        pytest.param(COPIES, "bc", 1, id="copies-without-their-original"),
        pytest.param(COPIES, "ac", 1, id="copies-of-copies"),
        pytest.param([("t", "a", "part")], "at", 1, id="a-teaser"),
        pytest.param([("t", "a", "part")], "tx", 2, id="a-teaser-without-its-article"),
        pytest.param([("t", "a", "part"), ("u", "a", "part")], "atu", 1, id="two-teasers"),
        pytest.param([("t", "b", "part"), *COPIES], "at", 1, id="a-part-of-a-copy"),
        pytest.param([("d", "a", "digest"), ("d", "x", "digest")], "axd", 2, id="a-digest"),
        pytest.param([("d", "a", "digest"), ("d", "x", "digest")], "ad", 1, id="a-digest-and-one-of-its-sources"),
        pytest.param([("d", "a", "digest"), ("d", "x", "digest")], "dy", 2, id="a-digest-and-another"),
        pytest.param([("a", "b", "part"), ("b", "a", "digest")], "ab", 1, id="a-circle"),
    ],
)
def test_independent_articles(found, articles, count):
    assert find_originals(found).count(articles) == count


def test_who_stands_for_whom():
    originals = find_originals(COPIES)
    assert [originals.of(each) for each in "abcd"] == ["a", "a", "a", "d"]
    assert Originals().of("a") == "a"


@pytest.mark.parametrize(
    ("found", "articles", "is_one"),
    [
        ([("t", "a", "part"), ("u", "t", "part")], "atu", False),
        ([("a", "b", "part"), ("b", "a", "digest")], "ab", True),
        ([("a", "b", "part"), ("b", "a", "digest")], "ac", False),
        ([("a", "b", "part"), ("b", "c", "part"), ("c", "a", "digest"), ("d", "a", "part")], "abcd", True),
        ([("a", "b", "part"), ("b", "c", "part"), ("c", "a", "digest"), ("d", "a", "part")], "abd", False),
        ([("a", "b", "part"), ("b", "x", "copy"), ("x", "a", "digest")], "ab", True),
    ],
)
def test_circles(found, articles, is_one):
    assert find_originals(found).has_circle(articles) is is_one
