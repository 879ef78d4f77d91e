import json

import feedparser
import pytest


def test_hits_are_listed_with_what_was_found(reader):
    said = reader("search", "arden", "ships", "--by-words")
    assert said.code == 0
    assert "«" in said.out
    assert "by words alone" in said.err


def test_json_has_the_query_and_the_hits(reader):
    found = json.loads(reader("search", "coast", "--in", "claim", "--limit", "1", "--json").out)
    assert found["query"]["kinds"] == ["claim"]
    assert [hit["kind"] for hit in found["hits"]] == ["claim"]


def test_a_saved_search_is_asked_again_listed_followed_and_forgotten(reader, tmp_path):
    assert "kept as 'coast'" in reader("search", "coast", "--in", "claim", "--save", "coast").err
    assert "coast" in reader("search", "--list").out
    again = json.loads(reader("search", "--saved", "coast", "--json").out)
    assert again["query"]["text"] == "coast"
    assert json.loads(reader("search", "--saved", "coast", "--new", "--json").out)
    assert "Nothing is new" in reader("search", "--saved", "coast", "--new").err
    feed = tmp_path / "feed.xml"
    assert "entries written" in reader("search", "--saved", "coast", "--atom", feed).err
    assert len(feedparser.parse(feed.read_text("utf-8")).entries) == len(again["hits"])
    assert reader("search", "--delete", "coast").code == 0
    assert json.loads(reader("search", "--list", "--json").out) == []


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (("x", "--since", "soon"), "take a day"),
        (("--new",), "go with --saved"),
        (("--saved", "nobody"), "No saved search"),
    ],
)
def test_what_cannot_be_asked_is_said(reader, args, error):
    said = reader("search", *args)
    assert said.code == 2
    assert error in said.err


def test_nothing_found_is_said(reader):
    assert "Nothing was found" in reader("search", "zebra").err
    assert "Every text has these words" in reader("search", "the").err
