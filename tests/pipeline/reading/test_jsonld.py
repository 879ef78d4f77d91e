import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.jsonld import read_jsonld
from pipeline.reading.metadata import Metadata


def _read(*values):
    return read_jsonld([json.dumps(value) for value in values])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            [
                {
                    "@type": "NewsArticle",
                    "headline": "A &amp; B",
                    "datePublished": "2025-09-12T23:30:00-04:00",
                    "author": {"@type": "Person", "name": "Anna"},
                    "publisher": {"name": "The Daily"},
                    "url": "https://x.org/a",
                    "inLanguage": "en-GB",
                }
            ],
            Metadata(
                title="A & B",
                published="2025-09-12",
                authors=("Anna",),
                publisher="The Daily",
                url="https://x.org/a",
                language="en",
            ),
        ),
        (
            [
                {
                    "@graph": [
                        {"@type": "WebPage", "name": "Page"},
                        {
                            "@type": ["Thing", "OpinionNewsArticle"],
                            "headline": "T",
                            "author": {"@id": "#a"},
                            "publisher": {"@id": "#p"},
                        },
                        {"@id": "#a", "@type": "Person", "name": "Anna"},
                        {"@id": "#p", "@type": "Organization", "name": "The Daily"},
                    ]
                }
            ],
            Metadata(title="T", authors=("Anna",), publisher="The Daily"),
        ),
        ([[{"@type": "BreadcrumbList"}], [{"@type": "Report", "name": "R"}]], Metadata(title="R")),
        (
            [{"@type": "Article", "headline": "T", "author": ["Anna", {"name": ["Bob", "Eve"]}]}],
            Metadata(title="T", authors=("Anna", "Bob", "Eve")),
        ),
        ([{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "T"}}], Metadata(title="T")),
        ([{"@type": "WebPage", "name": "P"}], Metadata(title="P")),
        ([{"@type": "Recipe", "name": "Soup"}], Metadata()),
        (
            [{"@type": "Article", "headline": 7, "author": 7, "publisher": [], "datePublished": ["x"], "url": {}}],
            Metadata(),
        ),
        ([{"@type": "Article", "headline": "a\x00b\ud800"}], Metadata(title="a b")),
        ([None, 7, "x", []], Metadata()),
    ],
)
def test_shapes(values, expected):
    assert _read(*values) == expected


@pytest.mark.parametrize(
    "script",
    ["", "{", "[" * 100_000, '<!-- {"@type":"Article","headline":"T"} -->', '{"@type":"Article","headline":"T\n"};'],
)
def test_scripts_that_are_not_quite_json(script):
    assert read_jsonld([script]).title in (None, "T")


def test_comments_around_are_taken_off():
    assert read_jsonld(['<!--\n{"@type": "Article", "headline": "T"}\n-->']).title == "T"
    assert read_jsonld(['//<![CDATA[\n{"@type": "Article", "headline": "T"}\n//]]>']).title == "T"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "@graph", "headline", "name", "author", "publisher", "datePublished", "url"]
            ),
            inner | st.sampled_from(["Article", "#a", "2025-09-12"]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(_JSON)
def test_any_json_is_metadata(value):
    assert isinstance(_read(value), Metadata)
