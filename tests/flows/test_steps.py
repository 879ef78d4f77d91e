"""What the tasks do beyond calling a job: cutting batches, and trying the web again."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from prefect import flow

from flows.steps import BATCH, cut_batches, fetch
from pipeline.settings import Settings
from pipeline.store.quarantine import load_quarantine
from pipeline.store.store import open_store


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [1]), (BATCH, [BATCH]), (BATCH + 1, [BATCH, 1]), (3 * BATCH, [BATCH] * 3)]
)
def test_cut_batches(count: int, sizes: list[int]):
    ids = [f"ra-{number}" for number in range(count)]
    batches = cut_batches(iter(ids))
    assert [len(batch) for batch in batches] == sizes
    assert [each for batch in batches for each in batch] == ids


class Throttled(BaseHTTPRequestHandler):
    """Busy at the first request, an article from then on."""

    requests = 0

    def do_GET(self):
        page = self.path == "/article.txt"
        Throttled.requests += page
        is_busy = page and Throttled.requests == 1
        self.send_response(503 if is_busy else 200 if page else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"Norway and Iceland signed the Bergen Treaty on 12 March 2025.")

    def log_message(self, *args: object):
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Throttled.requests = 0
    with HTTPServer(("127.0.0.1", 0), Throttled) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.slow
@pytest.mark.usefixtures("prefect")
def test_a_busy_site_is_asked_again(settings: Settings, site: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ENTENTE_FETCH_ALLOW_PRIVATE", "true")

    @flow(name="fetch alone", persist_result=False)
    def fetch_alone(inputs: list[str]) -> int:
        return len(fetch(inputs, {}).raw_ids)

    assert fetch_alone([f"{site}/article.txt"]) == 1
    assert Throttled.requests == 2
    with open_store(settings) as store:
        assert load_quarantine(store) == []
