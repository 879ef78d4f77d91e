import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pipeline.language.dates import find_dates
from pipeline.records import IsoDate

PUBLISHED = "2025-09-17"  # a Wednesday
ISO = TypeAdapter(IsoDate)


def read(text, **options):
    return [(found.text, found.iso) for found in find_dates(text, **options)]


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("It was signed on 12 September 2025.", "12 September 2025", "2025-09-12"),
        ("It was signed on September 12, 2025.", "September 12, 2025", "2025-09-12"),
        ("the 12th of September, 2025", "12th of September, 2025", "2025-09-12"),
        ("on Sept. 12, 2025", "Sept. 12, 2025", "2025-09-12"),
        ("on 2 Feb 2025", "2 Feb 2025", "2025-02-02"),
        ("as of 2025-09-12, it stands", "2025-09-12", "2025-09-12"),
        ("2025-09", "2025-09", "2025-09"),
        ("from September 2025", "September 2025", "2025-09"),
        ("in September of 2025", "September of 2025", "2025-09"),
        ("In 2025 they signed.", "2025", "2025"),
        ("by 2035.", "2035", "2035"),
        ("spring 2025", "2025", "2025"),
        ("early 2025", "2025", "2025"),
        ("from mid-2025 on", "2025", "2025"),
        ("Mid-2025 saw", "2025", "2025"),
        ("the second half of 2025", "2025", "2025"),
        ("the winter of 2024-25", "2024", "2024"),
        ("on 29 February 2024", "29 February 2024", "2024-02-29"),
    ],
)
@pytest.mark.parametrize("published", [None, PUBLISHED])
def test_written_dates_need_nothing_else(text, words, iso, published):
    (found,) = find_dates(text, published=published)
    assert (found.text, found.iso, found.resolution) == (words, iso, "written")


@pytest.mark.parametrize(
    ("text", "words", "past", "future"),
    [
        ("on 10 July", "10 July", "2025-07-10", "2026-07-10"),
        ("on the 10th of July", "10th of July", "2025-07-10", "2026-07-10"),
        ("on July 10", "July 10", "2025-07-10", "2026-07-10"),
        ("on 17 September", "17 September", "2025-09-17", "2025-09-17"),  # the article's own day
        ("on 18 September", "18 September", "2024-09-18", "2025-09-18"),
        ("in January", "in January", "2025-01", "2026-01"),
        ("in September", "in September", "2025-09", "2025-09"),  # the article's own month
        ("in October", "in October", "2024-10", "2025-10"),
        ("since mid-May", "mid-May", "2025-05", "2026-05"),
        ("by early December", "early December", "2024-12", "2025-12"),
        ("on Monday", "on Monday", "2025-09-15", "2025-09-22"),
        ("on Wednesday", "on Wednesday", "2025-09-17", "2025-09-17"),
        ("Friday's vote", "Friday", "2025-09-12", "2025-09-19"),
    ],
)
def test_the_year_is_completed_from_the_article(text, words, past, future):
    assert read(text) == []
    assert read(text, published=PUBLISHED) == [(words, past)]
    assert read(text, published=PUBLISHED, future=True) == [(words, future)]


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("yesterday", "2025-09-16"),
        ("Yesterday", "2025-09-16"),
        ("today", "2025-09-17"),
        ("tomorrow", "2025-09-18"),
        ("last week", "2025-09"),
        ("this week", "2025-09"),
        ("last month", "2025-08"),
        ("Last month", "2025-08"),
        ("earlier this month", "2025-09"),
        ("next month", "2025-10"),
        ("last year", "2024"),
        ("this year", "2025"),
        ("Later this year", "2025"),
        ("next year", "2026"),
        ("last Wednesday", "2025-09-10"),  # not the article's own day
        ("next Wednesday", "2025-09-24"),
        ("last Friday", "2025-09-12"),
        ("next Friday", "2025-09-19"),
        ("this Monday", "2025-09-15"),  # of the article's own week
        ("this Friday", "2025-09-19"),
    ],
)
@pytest.mark.parametrize("future", [False, True])
def test_words_relative_to_the_article(words, iso, future):
    assert read(f"{words}, they met") == []
    (found,) = find_dates(f"{words}, they met", published=PUBLISHED, future=future)
    assert (found.text, found.iso, found.resolution) == (words, iso, f"relative to published {PUBLISHED}")


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("last month", "2025", []),  # known by its year alone
        ("last year", "2025", ["2024"]),
        ("three days ago", "2025-03-02", ["2025-02-27"]),
        ("two weeks ago", "2025-03-02", ["2025-02"]),
        ("a month ago", "2025-01", ["2024-12"]),
        ("12 years ago", "2025", ["2013"]),
        ("ten days ago", "2025-03", []),  # its day is not known
        ("a year earlier", "2025-03-02", []),  # counted from another date of the text
        ("two weeks ago", None, []),
        ("in October", "2025", ["2025-10"]),
        ("yesterday", "2025-09", []),
        ("last month", "2025-01", ["2024-12"]),
        ("on 12 September", "2025-09", ["2025-09-12"]),
        ("last week", "2025-03-02", ["2025-02"]),
        ("yesterday", "2024-03-01", ["2024-02-29"]),
        ("last year", "0001", []),  # there is no year 0
        ("next year", "9999-12-31", []),
        ("tomorrow", "9999-12-31", []),
        ("yesterday", "2025-02-30", []),
    ],
)
def test_how_much_is_known_of_the_article_bounds_the_answer(text, published, expected):
    assert [found.iso for found in find_dates(text, published=published)] == expected


def test_an_article_known_by_its_month_may_speak_of_a_day_to_come_in_it():
    assert read("on 12 September", published="2025-09", future=True) == [("12 September", "2025-09-12")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31 June", []),
        ("February 30", []),
        ("31 June 2025", [("June 2025", "2025-06")]),  # the part that is on the calendar
        ("2025-13-01", [("2025", "2025")]),
        ("29 February 2025", [("February 2025", "2025-02")]),
    ],
)
def test_impossible_dates(text, expected):
    assert read(text, published=PUBLISHED) == expected


@pytest.mark.parametrize(
    "text",
    [
        "they may leave",
        "May he rest",
        "they march on",
        "in the 1930s",
        "2,025 soldiers",
        "€2025",
        "$2025 million",
        "2025 percent",
        "2025%",
        "2025.5",
        "12025",
        "1899",
        "2100",
        "the 2025-strong force",
        "2024/25",
        "Today, Europe is divided",  # mostly "these days"
        "tuesday",
        "",
    ],
)
def test_no_dates(text):
    assert read(text, published=PUBLISHED) == []


def test_many_dates_in_order():
    text = "Signed in July 2024, ratified on 3 March 2025 and, as of last week, in force until 2035."
    assert read(text, published=PUBLISHED) == [
        ("July 2024", "2024-07"),
        ("3 March 2025", "2025-03-03"),
        ("last week", "2025-09"),
        ("2035", "2035"),
    ]


PIECES = st.sampled_from(
    [
        *(
            "1",
            "12",
            "31",
            "2025",
            "1999",
            "-",
            ".",
            ",",
            "/",
            "th",
            "of",
            "on",
            "in",
            "last",
            "next",
            "this",
            "\n",
            " ",
            "٣",
        ),
        *(
            "year",
            "month",
            "week",
            "Monday",
            "May",
            "may",
            "Sept.",
            "June",
            "July",
            "today",
            "2025-09-12",
            "February 29",
            "mid-",
        ),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join))
DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31)).map(date.isoformat)


@given(TEXTS, st.none() | st.builds(lambda day, length: day[:length], DAYS, st.sampled_from([4, 7, 10])), st.booleans())
@example("yesterday", "0001-01-01", False)
@example("in December", "9999-12-31", True)
def test_any_text_gives_exact_spans_in_order_without_overlap(text, published, future):
    found = find_dates(text, published=published, future=future)
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    for mention in found:
        ISO.validate_python(mention.iso)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_found_in_each_notation(day):
    month = day.strftime("%B")
    for text in (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat()):
        assert read(text) == [(text, day.isoformat())]


@pytest.mark.parametrize("text", ["1" * 100_000, "May " * 25_000, "2025-" * 20_000, "in " * 30_000, "last " * 20_000])
def test_hostile_text_takes_no_time(text):
    assert len(find_dates(text, published=PUBLISHED)) <= len(re.findall(r"\d{4}|May", text))
