"""Dates that lean on one before them."""

import pytest

from pipeline.extraction.echoes import REACH, find_echoes

MONTH = "The pact was signed in March 2018"
DAY = "The pact was signed on 22 July 2022"


def read(text, start=0, published="2025-09-17"):
    return [each.iso for each in find_echoes(text, start, len(text), published=published)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        (f"{MONTH} and took effect that December.", "2018-12"),
        (f"{MONTH}. It was suspended in April of that year.", "2018-04"),
        (f"{MONTH}. In the same year a second one followed.", "2018"),
        (f"{MONTH}. The next year it was ratified.", "2019"),
        (f"{MONTH}. Two years later it lapsed.", "2020"),
        (f"{MONTH}. The year before, nobody had wanted it.", "2017"),
        (f"{DAY}. A second paper was signed the same day.", "2022-07-22"),
        (f"{DAY}. The next day Odesa was hit.", "2022-07-23"),
        (f"{DAY}. Ten days later it began.", "2022-08-01"),
        (f"{MONTH}. Nine years later it lapsed.", "2027"),
    ],
)
def test_echoes(text, iso):
    assert read(text) == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "The same year a second one followed.",  # nothing before it
        f"{MONTH}. The same day a second one followed.",  # no day before it
        f"{MONTH}. The year before it was signed was quiet.",
        f"{DAY}. " + "It is long ago. " * (REACH // 10) + "That year was dry.",
        f"{MONTH}. The next meeting is in May.",
    ],
)
def test_none(text):
    assert read(text) == []


def test_offsets_are_those_of_the_stretch():
    text = f"{MONTH}. It lapsed that December."
    start = text.index("It")
    (found,) = find_echoes(text, start, len(text), published=None)
    assert (text[start:][found.start : found.end], found.text) == ("that December", "that December")


def test_beyond_the_calendar():
    assert read("It ends on 31 December 2022. Ten years later", published=None) == ["2032"]
    assert read("On 9999-12-31, and the next day", published=None) == []
