from datetime import UTC, datetime

import pytest

from pipeline.brief.page import TITLES, Brief, Line, Quote, Section, SectionKey

DAY = datetime(2025, 9, 17, tzinfo=UTC)
LINE = Line(headline="Kestrel Treaty", record_id="rw-1")


def brief(*sections: Section) -> Brief:
    return Brief(since=DAY, until=DAY, made_at=DAY, articles=1, last_change=None, sections=sections)


def section(*lines: Line) -> Section:
    return Section(key=SectionKey.NEW_AGREEMENTS, title="New in the register", lines=lines, found=len(lines))


def test_a_quote_is_its_words_with_what_stands_around_them():
    assert Quote(before="On Friday ", words="they signed", after=" it.").text == "On Friday they signed it."


@pytest.mark.parametrize(
    ("page", "lines", "empty"),
    [(brief(), 0, True), (brief(section()), 0, True), (brief(section(LINE, LINE), section(LINE)), 3, False)],
)
def test_a_brief_counts_its_lines(page, lines, empty):
    assert (page.line_count, page.is_empty) == (lines, empty)


def test_every_section_has_a_title():
    assert set(TITLES) == set(SectionKey)
