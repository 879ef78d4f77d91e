import json

import pytest


@pytest.fixture
def treaty(reader):
    """The id of the row of the Arden Treaty."""
    return json.loads(reader("register", "--kind", "treaty", "--json").out)[0]["id"]


def test_the_page_of_a_row_has_its_time_line_and_where_its_articles_differ(reader, treaty):
    said = reader("show", treaty).out
    parts = ["Parties", "What happened", "12 March 2025  signed", "2 June 2025  suspended", "Where articles differ"]
    places = [said.index(part) for part in [*parts, "Said in 2 articles"]]
    assert places == sorted(places)
    assert "members" in said or "ships" in said
    assert "26: " in said
    assert "32: " in said


def test_a_page_of_a_past_day_knows_nothing_of_what_came_later(reader, treaty):
    said = reader("show", treaty, "--as-of", "2025-04").out
    assert "as of       April 2025" in said
    assert "suspended" not in said
    assert "Westland" not in said
    found = json.loads(reader("show", treaty, "--as-of", "2025-04", "--json").out)["record"]
    assert (found["status"], found["as_of"], found["observed"], found["differences"]) == ("signed", "2025-04", 1, [])


@pytest.mark.parametrize("day", ["2025-13", "2024-12-31"])
def test_a_day_before_all_articles_or_of_no_calendar_is_a_mistake(reader, treaty, day):
    said = reader("show", treaty, "--as-of", day)
    assert said.code == 2
    assert len(said.err.splitlines()) == 1
