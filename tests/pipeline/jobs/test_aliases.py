"""Which addresses an article gets beside its own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from pipeline.jobs.aliases import add_aliases
from pipeline.jobs.ingest import ingest_all
from pipeline.records import Article, RawArticle, make_article_id
from pipeline.settings import Settings
from pipeline.store.articles import load_articles
from pipeline.store.store import Store

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


PAGE_OF_TREATY = """<html><head><title>The Harrowgate Treaty</title><link rel="canonical" href="/harrowgate"></head>
<body><article><h1>The Harrowgate Treaty</h1>
<p>On 12 September 2025 France and Germany signed the Harrowgate Treaty in Lisbon, in the presence of ten ministers.</p>
<p>{}</p><p>The treaty provides for a joint headquarters, and both parliaments must approve it within two years.</p>
</article></body></html>"""


class Site(BaseHTTPRequestHandler):
    """/short leads to /harrowgate?from=feed, a page that says it is /harrowgate; each time it is asked it has changed."""

    times = 0

    def do_GET(self):
        page = self.path.startswith("/harrowgate")
        self.send_response(200 if page else 302 if self.path == "/short" else 404)
        self.send_header("Location", "/harrowgate?from=feed")
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if page:
            Site.times += 1
            link = f"http://{self.headers['Host']}/harrowgate"
            said = f"Officials in Paris said {Site.times} times that it would hold for a long time to come."
            self.wfile.write(PAGE_OF_TREATY.replace('"/harrowgate"', f'"{link}"').format(said).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.slow
def test_an_edited_article_that_comes_in_by_another_way_is_a_revision(site: str, store: Store, settings: Settings):
    trusting = settings.model_copy(update={"fetch_allow_hosts": (site.removeprefix("http://"),), "fetch_pace": 0.0})

    first = ingest_all(store, [f"{site}/short"], settings=trusting, given={})
    second = ingest_all(store, [f"{site}/harrowgate"], settings=trusting, given={})

    assert (first.new, second.new, second.revisions) == (1, 0, 1)
    (row,) = load_articles(store)
    assert row.addresses == (f"{site}/short", f"{site}/harrowgate", f"{site}/harrowgate?from=feed")


def _add(address: str, redirects: tuple[str, ...], url: str | None, **facts: object) -> Article:
    raw = RawArticle(
        address=address, media_type="text/html", body=b"x", fetched_at=datetime.now(UTC), aliases=redirects, **facts
    )
    return add_aliases(Article(id=make_article_id(address), address=address, url=url, text="x"), raw)
