import pytest

from pipeline.cli.parts import count, list_facts, quote, say_source
from pipeline.records import Span
from pipeline.store.rows import FoundRecord


@pytest.mark.parametrize(("number", "said"), [(0, "0 articles"), (1, "1 article"), (2000, "2,000 articles")])
def test_things_are_counted_in_words(number, said):
    assert count(number, "article") == said


def test_facts_without_a_value_are_left_out():
    assert [part.text.plain.split() for part in list_facts(("kind", "treaty"), ("date", ""))] == [["kind", "treaty"]]


def test_a_source_is_said_as_far_as_it_is_known():
    assert say_source("A treaty", None, "2025-07-17") == "A treaty, 17 July 2025"


def test_words_that_a_person_entered_are_quoted_without_a_text_around_them():
    found = FoundRecord.model_construct(articles=())
    assert "so they say" in quote(found, "ow-1", Span(start=0, end=11, text="so they say")).text.plain
