import pytest

from pipeline.reading.metadata import (
    Metadata,
    clean_date,
    clean_language,
    clean_line,
    clean_names,
    clean_url,
    drop_unstorable,
    merge_metadata,
    read_given,
)


def test_each_field_comes_from_the_first_that_knows_it():
    merged = merge_metadata(
        [
            Metadata(title="Given"),
            Metadata(title="Said", authors=("Anna",)),
            Metadata(published="2025", authors=("Bob",)),
        ]
    )
    assert merged == Metadata(title="Given", authors=("Anna",), published="2025")


def test_what_was_given():
    assert read_given({"authors": ["Anna"], "language": "de"}) == Metadata(authors=("Anna",), language="de")
    assert read_given({}) == Metadata()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (" A\n title &amp; more ", "A title & more"),
        ("a\x00b\ud800c", "a b c"),
        ("", None),
        (None, None),
        (7, None),
        (["a"], None),
        ("x" * 501, None),
    ],
)
def test_lines(value, expected):
    assert clean_line(value) == expected


def test_names_lose_by_doubles_and_addresses():
    values = ["By Anna Author", "Anna Author", "https://x.org/a", "bob@x.org", None, " ", "Byron Bob"]
    assert clean_names(values) == ("Anna Author", "Byron Bob")


@pytest.mark.parametrize(
    ("clean", "value", "expected"),
    [
        (clean_date, "2025-09-12T10:00", "2025-09-12"),
        (clean_date, 2025, None),
        (clean_url, "HTTPS://example.org/a", "HTTPS://example.org/a"),
        (clean_url, "/a", None),
        (clean_url, "javascript:alert(1)", None),
        (clean_language, "en_GB", "en"),
        (clean_language, "EN", "en"),
        (clean_language, "english", None),
        (drop_unstorable, "a\x01b", "a b"),
    ],
)
def test_values(clean, value, expected):
    assert clean(value) == expected
