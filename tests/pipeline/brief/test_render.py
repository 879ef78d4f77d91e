import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from pipeline.brief.page import TITLES, Brief, Line, Quote, Section, SectionKey
from pipeline.brief.render import escape_markdown, render_html, render_markdown, summarise

MONDAY = datetime(2025, 7, 21, 6, 0, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script> *a* [b](javascript:c)'


def make_line(**fields):
    given = {
        "headline": "Arden Treaty",
        "detail": "treaty · signed 17 July 2025",
        "quote": Quote(before="Norland signed ", words="the Arden Treaty", after=" on Thursday."),
        "article_title": "Two capitals, one treaty",
        "publisher": "The Norland Post",
        "published": "2025-07-18",
        "link": "https://post.example/arden",
        "record_id": "rw-1",
    }
    return Line(**given | fields)


def make_page(*lines, key=SectionKey.NEW_AGREEMENTS, **fields):
    sections = (Section(key=key, title=TITLES[key], lines=lines, found=len(lines)),) if lines else ()
    given = {"since": datetime(2025, 7, 20, tzinfo=UTC), "until": MONDAY, "made_at": MONDAY, "articles": 3}
    return Brief(**given | {"last_change": MONDAY, "sections": sections} | fields)


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.open, self.names, self.attributes, self.text = [], [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_page_is_well_formed_and_self_contained():
    tags = Tags(render_html(make_page(make_line(), make_line(headline="Pact", is_named=False, quote=None))))
    assert tags.open == []
    assert not {"script", "link", "img", "iframe"} & set(tags.names)
    assert [name for name in tags.names if re.fullmatch(r"h\d", name)] == ["h1", "h2", "h3", "h3"]
    assert ("html", "lang", "en") in tags.attributes
    assert not any(name.startswith("on") for _, name, _ in tags.attributes)


def test_styles_load_nothing_and_serve_dark_rooms_and_paper():
    html = render_html(make_page(make_line()))
    assert "url(" not in html
    assert "@import" not in html
    assert "prefers-color-scheme: dark" in html
    assert "size: A4" in html


def test_each_line_has_its_quote_its_source_and_its_link():
    html = render_html(make_page(make_line()))
    text = re.sub(r"\s+", " ", Tags(html).text)
    assert "Norland signed the Arden Treaty on Thursday." in text
    assert "<mark>the Arden Treaty</mark>" in html
    assert 'href="https://post.example/arden">Two capitals, one treaty</a>' in html
    assert "The Norland Post, 18 July 2025" in text
    assert "rw-1" in text


@pytest.mark.parametrize("field", ["headline", "detail", "article_title", "publisher"])
def test_what_an_article_says_is_never_markup(field):
    page = make_page(make_line(**{field: HOSTILE}))
    html = render_html(page)
    assert "<script" not in html
    assert HOSTILE in Tags(html).text
    assert not re.search(r"(?<!\\)(<script|\*a|\[b)", render_markdown(page))


def test_an_article_from_standard_input_is_named_without_a_link():
    page = make_page(make_line(link=None, article_title=None))
    assert "<a " not in render_html(page)
    assert "(untitled)" in render_html(page)
    assert "](" not in render_markdown(page)


def test_an_unnamed_agreement_stands_in_italics():
    page = make_page(make_line(headline="a joint headquarters", is_named=False))
    assert "<i>a joint headquarters</i>" in render_html(page)
    assert "***a joint headquarters***" in render_markdown(page)


@pytest.mark.parametrize("render", [render_html, render_markdown])
@pytest.mark.parametrize(
    ("last_change", "said"),
    [(datetime(2025, 7, 2, tzinfo=UTC), "The last change was on 2 July 2025."), (None, "It is still empty")],
)
def test_a_quiet_day_says_so(render, last_change, said):
    text = re.sub(r"<[^>]+>", "", render(make_page(articles=0, last_change=last_change)))
    assert "Nothing changed in the register since 20 July 2025." in text
    assert said in text


def test_lines_are_numbered_through_the_page():
    one, two = (Section(key=key, title="x", lines=(make_line(),), found=1) for key in list(SectionKey)[:2])
    page = make_page().model_copy(update={"sections": (one, two)})
    assert '<ol start="2"' in render_html(page)
    assert "\n2. **Arden Treaty**" in render_markdown(page)


def test_a_markdown_line_is_one_list_item_with_its_source_inside():
    item = render_markdown(make_page(make_line())).split("1. ", 1)[1].rstrip()
    assert all(line.startswith("   ") for line in item.split("\n")[1:] if line)


def test_a_full_part_says_how_many_there_were():
    section = Section(key=SectionKey.NEW_AGREEMENTS, title="New in the register", lines=(make_line(),), found=40)
    page = make_page().model_copy(update={"sections": (section,)})
    assert "1 of 40" in render_html(page)
    assert "(1 of 40)" in render_markdown(page)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({}, "3 articles read."),
        ({SectionKey.NEW_AGREEMENTS: 1}, "3 articles read: 1 new agreement."),
        (
            {SectionKey.STATUS_CHANGES: 2, SectionKey.NEW_PARTIES: 1200, SectionKey.NEW_CLAIMS: 9},
            "3 articles read: 2 changes of status, 1,200 new parties.",
        ),
    ],
)
def test_summary(found, said):
    sections = tuple(Section(key=key, title="x", lines=(), found=number) for key, number in found.items())
    assert summarise(make_page().model_copy(update={"sections": sections})) == said


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a_b *c* [d](e) <f>", r"a\_b \*c\* \[d\](e) \<f\>"),
        ("1.5% in-depth (x)", r"1\.5% in-depth (x)"),
        ("- no list", r"\- no list"),
        ("# no heading", r"\# no heading"),
        ("12) no list", r"12\) no list"),
        (". It was.", ". It was."),
    ],
)
def test_markdown_is_escaped(text, escaped):
    assert escape_markdown(text) == escaped
