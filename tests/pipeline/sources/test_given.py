import pytest

from pipeline.errors import InputError
from pipeline.sources.given import check_given, read_sidecar


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {}),
        ({"title": None, "published": None}, {}),
        ({"title": "  A\n title "}, {"title": "A title"}),
        ({"published": "2025"}, {"published": "2025"}),
        ({"published": "2024-02-29"}, {"published": "2024-02-29"}),
        ({"authors": "Anna Author"}, {"authors": ["Anna Author"]}),
        ({"authors": ("Anna", "Bob")}, {"authors": ["Anna", "Bob"]}),
        ({"url": "HTTPS://Example.org?utm_source=x"}, {"url": "https://example.org/"}),
        ({"language": "en-GB"}, {"language": "en"}),
    ],
)
def test_given_values_come_in_one_form(given, expected):
    assert check_given(given, where="options") == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"titel": "x"}, "unknown titel; known are title, published, publisher, authors, url, language"),
        ({"published": "12 September 2025"}, "published must be a day like 2025-09-12"),
        ({"published": "2025-9-12"}, "published must be a day"),
        ({"published": "2025-02-30"}, "published must be a day"),
        ({"published": "2025-09-12T10:00:00Z"}, "published must be a day"),
        ({"published": 2025}, "published must be text in quotes, not 2025"),
        ({"title": " "}, "title must be text"),
        ({"title": "a\x00b"}, "title has control characters"),
        ({"title": "a\ud800b"}, "title has control characters"),
        ({"authors": 7}, "authors must be a name or a list of names"),
        ({"authors": ["Anna", ""]}, "authors must be text"),
        ({"url": "example.org"}, "url example.org: "),
        ({"language": "English language"}, "language must be a code like en"),
    ],
)
def test_wrong_values_are_named_with_their_place(given, message):
    with pytest.raises(InputError) as caught:
        check_given(given, where="a.meta.json")
    assert str(caught.value).startswith("a.meta.json: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"{", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"\xff", "is no JSON"),
        (b"[]", "must be an object like"),
        (b'{"titel": "x"}', "unknown titel"),
    ],
)
def test_a_sidecar_that_says_nothing_usable_is_refused(body, message):
    with pytest.raises(InputError, match=message):
        read_sidecar(body, where="a.meta.json")


def test_a_sidecar_is_read():
    assert read_sidecar(b'{"published": "2025-09"}', where="a.meta.json") == {"published": "2025-09"}
