import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.markdown import read_markdown
from pipeline.reading.metadata import Metadata

FRONT = """---
title: "The Kensington Treaty: a reading"
date: 2025-09-12T08:00:00Z
authors:
  - Anna Author
  - 'Bob Writer'
publisher: The Daily
url: https://example.org/a
lang: en-GB
tags: [x, y]
---
"""


def test_front_matter_is_metadata_and_the_rest_is_text_as_written():
    body = "\n# Heading\n\nFrance **signed** a [treaty](https://x.org).\r\n"

    assert read_markdown(FRONT + body) == (
        body,
        Metadata(
            title="The Kensington Treaty: a reading",
            published="2025-09-12",
            authors=("Anna Author", "Bob Writer"),
            publisher="The Daily",
            url="https://example.org/a",
            language="en",
        ),
    )


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("---\nauthor: Anna\n---\n", Metadata(authors=("Anna",), title="H")),
        ("---\nauthors: [Anna, 'Bob B']\n...\n", Metadata(authors=("Anna", "Bob B"), title="H")),
        ("---\r\npublished: 12 September 2025\r\n---\r\n", Metadata(published="2025-09-12", title="H")),
        ("---\ndate: soon\ntitle:\n---\n", Metadata(title="H")),
    ],
)
def test_forms_of_front_matter(front, expected):
    assert read_markdown(front + "# H\n\nText.") == ("# H\n\nText.", expected)


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("# A *bold* [title](https://x.org) #\n\nText", "A bold title"),
        ("Text first\n\n## Second level\n", "Second level"),
        ("A title\n=====\n\nText", "A title"),
        ("```\n# a comment\n```\n\n# Title", "Title"),
        ("#hashtag and text", None),
        ("Text only.", None),
        ("---\n\nA rule, no front matter\n\n---\n\n# Later", "Later"),
        ("---\nNote: this is text\n---\n", None),
        ("---\ntitle: never closed", None),
    ],
)
def test_without_front_matter_nothing_is_taken_away(content, title):
    assert read_markdown(content) == (content, Metadata(title=title))


@given(st.text())
def test_text_without_front_matter_stays_as_it_is(content):
    assert read_markdown("x" + content)[0] == "x" + content


@given(st.text(alphabet="-\n\r: #`~=.[]ab\"'"))
def test_any_front_matter_is_read(content):
    text, _ = read_markdown("---\n" + content)
    assert ("---\n" + content).endswith(text)
