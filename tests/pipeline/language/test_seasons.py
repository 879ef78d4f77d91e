"""Loose dates, completed from the article's own."""

import pytest

from pipeline.language.seasons import find_loose_dates

PUBLISHED = "2025-09-17"


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("this February", "2025-02", "2025-02"),
        ("next March", "2026-03", "2026-03"),
        ("next December", "2025-12", "2025-12"),
        ("in June last year", "2024-06", "2024-06"),
        ("on 31 March this year", "2025-03-31", "2025-03-31"),
        ("on 31 June last year", "2024-06", "2024-06"),  # not on the calendar
        ("in March of next year", "2026-03", "2026-03"),
        ("last summer", "2025", "2025"),  # it has ended
        ("last autumn", "2024", "2024"),
        ("this autumn", "2025", "2025"),
        ("since spring", "2025", "2025"),
        ("in the spring", "2025", "2026"),
        ("in autumn", "2025", "2025"),
        ("by summer", "2026", "2026"),
        ("next spring", "2026", "2026"),
        ("this morning", PUBLISHED, PUBLISHED),
    ],
)
def test_loose_dates(text, past, future):
    for want, ahead in ((past, False), (future, True)):
        assert [found.iso for found in find_loose_dates(text, PUBLISHED, future=ahead)] == [want]


@pytest.mark.parametrize("text", ["spring 2024", "in the spring of 2024", "last winter", "this may help", "a spring"])
def test_none(text):
    assert find_loose_dates(text, PUBLISHED, future=False) == []


@pytest.mark.parametrize(("published", "count"), [(None, 0), ("2025", 1), ("2025-09", 3)])
def test_what_is_known_of_the_day_decides(published, count):
    assert len(find_loose_dates("last summer, this May, in June last year", published, future=False)) == count
