import pytest

from pipeline.review.navigation import _is_below


def test_a_reader_is_not_shown_what_is_not_theirs(plain, sign_in_as):
    sign_in_as("reader")
    assert 'href="/people"' not in plain.get("/account").text
    sign_in_as("admin")
    assert 'href="/people"' in plain.get("/account").text


def test_the_page_one_is_on_is_marked(plain):
    assert '<a href="/people" aria-current="page">' in plain.get("/people").text


def test_nobody_is_shown_nothing(plain, sign_in_as):
    sign_in_as(None)
    assert "<nav" not in plain.get("/sign-in").text


@pytest.mark.parametrize(
    ("path", "of", "is_there"),
    [("/runs", "/runs", True), ("/runs/rn-1", "/runs", True), ("/runs2", "/runs", False), ("/", "/runs", False)],
)
def test_what_lies_below_what(path, of, is_there):
    assert _is_below(path, of) is is_there
