import re
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.brief.make import find_link, find_writer, make_brief, write_brief
from pipeline.brief.page import Brief, SectionKey
from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.store.articles import load_articles
from pipeline.store.embedded import stop_server
from pipeline.store.store import open_store


@pytest.fixture(scope="module")
def store(filled):
    with open_store(filled.settings) as store:
        yield store


def headlines(brief, key):
    return [line.headline for section in brief.sections if section.key is key for line in section.lines]


def test_the_first_morning_tells_of_everything(store):
    brief = make_brief(store)
    assert headlines(brief, SectionKey.NEW_AGREEMENTS) == ["a joint headquarters in Arden"]
    assert headlines(brief, SectionKey.STATUS_CHANGES) == ["Arden Treaty"]  # told of once, though it is new too
    assert headlines(brief, SectionKey.NEW_CLAIMS) == ["Jon Berg", "Mara Lind", "The author"]
    assert headlines(brief, SectionKey.RISING_THEMES) == ["ships, coast"]
    assert brief.sections[-1].title == "Themes"  # nothing was there before that it could rise above
    assert brief.articles == 2
    assert brief.since == brief.last_change - timedelta(days=1)


def test_the_second_morning_tells_of_what_changed(store, filled):
    brief = make_brief(store, since=filled.between)
    lines = {section.key: section.lines for section in brief.sections}
    assert headlines(brief, SectionKey.NEW_AGREEMENTS) == ["a joint headquarters in Arden"]
    assert not lines[SectionKey.NEW_AGREEMENTS][0].is_named
    assert lines[SectionKey.STATUS_CHANGES][0].detail.startswith("from signed to suspended · since 2 June 2025")
    assert lines[SectionKey.NEW_PARTIES][0].detail == "now also member: Westland"
    assert lines[SectionKey.DIFFERING_FIGURES][0].detail == (
        "ships: 26 (The Norland Post, 13 March 2025) · 32 (Coast Watch, 4 June 2025)"
    )


def test_each_line_has_words_of_its_article(store, filled):
    texts = {row.id: None for row in load_articles(store)}
    for line in (line for section in make_brief(store, since=filled.between).sections for line in section.lines):
        assert line.quote is not None
        assert line.article_id in texts
        assert line.article_title
        assert line.published


@pytest.mark.parametrize(
    ("article", "link"),
    [("spring", "https://post.example/arden"), ("summer", "file:///in/summer.txt")],
)
def test_a_line_leads_to_its_article(store, article, link):
    lines = [line for section in make_brief(store).sections for line in section.lines]
    assert link in {line.link for line in lines}


def test_what_came_later_is_left_out(store, filled):
    brief = make_brief(store, since=filled.between - timedelta(days=1), until=filled.between)
    assert headlines(brief, SectionKey.NEW_CLAIMS) == ["Mara Lind"]
    assert SectionKey.STATUS_CHANGES not in {section.key for section in brief.sections}


def test_a_quiet_day_gives_the_last_known_date(store):
    brief = make_brief(store, since=datetime.now(UTC) + timedelta(seconds=1))
    assert brief.is_empty
    assert brief.last_change is not None


def test_two_briefs_of_one_moment_are_the_same(store, filled):
    until = datetime.now(UTC)
    one, two = (make_brief(store, since=filled.between, until=until) for _ in range(2))
    assert one.sections == two.sections


@pytest.mark.parametrize(
    ("name", "beginning"), [("a.html", "<!doctype html>"), ("b/c.md", "# Morning brief"), ("d.JSON", "{")]
)
def test_a_brief_is_written_by_its_ending(store, tmp_path, name, beginning):
    write_brief(store, out=tmp_path / name)
    assert (tmp_path / name).read_text("utf-8").startswith(beginning)


def test_json_can_be_read_back(store, tmp_path):
    brief = write_brief(store, out=tmp_path / "brief.json")
    assert Brief.model_validate_json((tmp_path / "brief.json").read_text("utf-8")) == brief


@pytest.mark.parametrize("name", ["brief", "brief.pdf", "brief.txt"])
def test_another_ending_is_refused(tmp_path, name):
    with pytest.raises(InputError, match=r"\.html, \.md or \.json"):
        find_writer(tmp_path / name)


def test_a_place_that_cannot_be_written_is_said(store, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_brief(store, out=tmp_path / "file" / "brief.html")


@pytest.mark.parametrize(
    ("url", "address", "link"),
    [
        ("https://a.example/x", "/in/x.txt", "https://a.example/x"),
        (None, "/in/a b.txt", "file:///in/a%20b.txt"),
        (None, "http://a.example/y", "http://a.example/y"),
        (None, "stdin:0123", None),
        ("javascript:alert(1)", "stdin:0123", None),
        ("data:text/html,x", "/in/x.txt", "file:///in/x.txt"),
    ],
)
def test_only_safe_links_are_made(store, url, address, link):
    row = load_articles(store)[0].model_copy(update={"url": url, "address": address})
    assert find_link(row) == link


def test_an_empty_store_says_how_to_fill_it(tmp_path):
    settings = Settings(home=tmp_path / "home")
    try:
        with open_store(settings) as empty:
            write_brief(empty, out=tmp_path / "brief.html")
    finally:
        stop_server(settings.home)
    assert "still empty" in re.sub(r"\s+", " ", (tmp_path / "brief.html").read_text("utf-8"))
