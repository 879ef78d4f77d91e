import lxml.html
import pytest

from pipeline.reading.visible import find_headline, find_visible_date


def page(body, title=""):
    return lxml.html.document_fromstring(f"<html><head><title>{title}</title></head><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("<h1>A</h1><p class='byline'>Paris, 3 May 2025 | 9:25pm</p>", "2025-05-03"),
        ("<h1>A</h1><span class='post-date'>3. März 2025</span>", "2025-03-03"),
        ("<h1>A</h1><span class='publish-info'>27.04.2020 - 18:50</span>", "2020-04-27"),
        ("<h1>A</h1><div id='fecha'>3 de mayo de 2022</div>", "2022-05-03"),
        ("<h1>A</h1><time datetime='2025-05-03T23:00'>yesterday</time>", "2025-05-03"),
        ("<p class='date'>September 12, 2025</p><h1>A</h1>", "2025-09-12"),
        ("<nav><p class='date'>12 September 2025</p></nav><h1>A</h1>", None),
        ("<h1>A</h1><p>On 12 September 2025 it was signed.</p>", None),
        ("<h1>A</h1><p class='date'>09/12/2025</p>", None),
        ("<h1>A</h1><p class='date'>32 May 2025</p>", None),
        ("", None),
    ],
)
def test_the_day_beside_the_headline(body, day):
    assert find_visible_date(page(body)) == day


@pytest.mark.parametrize(
    ("body", "title", "said", "headline"),
    [
        ("<h1>A treaty is signed</h1>", "", "A treaty is signed - The Daily", "A treaty is signed"),
        ("<h1>A treaty – “signed”</h1>", "", 'A treaty - "signed"', "A treaty – “signed”"),
        ("<h1>The Daily</h1><h2>A treaty is signed</h2>", "The Daily: A treaty is signed", None, "A treaty is signed"),
        ("<h1>Daily</h1>", "A treaty is signed | Daily", None, None),
        ("<h1>Other words</h1>", "", "A treaty is signed", None),
        ("<h1>Words</h1>", "", None, None),
    ],
)
def test_the_headline_that_the_title_repeats(body, title, said, headline):
    assert find_headline(page(body, title), said) == headline
