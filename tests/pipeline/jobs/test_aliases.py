"""Which addresses an article gets beside its own."""

from datetime import UTC, datetime

import pytest

from pipeline.jobs.aliases import add_aliases
from pipeline.records import Article, RawArticle, make_article_id

PAGE = "https://example.org/a"


@pytest.mark.parametrize(
    ("address", "redirects", "url", "aliases"),
    [
        pytest.param(PAGE, (), None, (), id="nothing is said"),
        pytest.param(PAGE, (), PAGE, (), id="its own address is no alias"),
        pytest.param(PAGE, ("https://example.org/b",), None, ("https://example.org/b",), id="redirects"),
        pytest.param(
            PAGE, (), "https://www.Example.org/b?utm_source=x", ("https://www.example.org/b",), id="canonical"
        ),
        pytest.param(PAGE, (), "https://other.example/b", (), id="nobody speaks for another host"),
        pytest.param(
            "https://short.example/x",
            (PAGE,),
            "https://example.org/b",
            (PAGE, "https://example.org/b"),
            id="the host that it was redirected to speaks for itself",
        ),
        pytest.param(PAGE, ("https://example.org/",), "https://example.org", (), id="a root is no article"),
        pytest.param(PAGE, (), "https://example.org/?p=7", ("https://example.org/?p=7",), id="a root with a number is"),
        pytest.param(PAGE, (), "https://me@example.org/b", (), id="no address that may be asked"),
        pytest.param("/in/a.html", (), PAGE, (), id="a saved page may say anything"),
    ],
)
def test_aliases(address, redirects, url, aliases):
    assert _add(address, redirects, url).aliases == aliases


def test_what_a_person_says_of_a_file_is_its_address_on_the_web():
    assert _add("/in/a.txt", (), PAGE, given={"url": PAGE}).aliases == (PAGE,)


def _add(address: str, redirects: tuple[str, ...], url: str | None, **facts: object) -> Article:
    raw = RawArticle(
        address=address, media_type="text/html", body=b"x", fetched_at=datetime.now(UTC), aliases=redirects, **facts
    )
    return add_aliases(Article(id=make_article_id(address), address=address, url=url, text="x"), raw)
