"""A site of two feeds that gets more articles over time, and answers as sites do on bad days."""

import random
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.soak.light_road import write_article

FEEDS = ("river", "harbour")  # the even articles, the odd ones
_CALAMITIES = ("500", "429", "half", "nothing")
# Of the requests, while it has bad days: a third fail, so that of three attempts one in thirty comes to nothing.
_BAD = 0.33


class FaultySite(ThreadingHTTPServer):
    """A real web server on loopback; which request fails how follows from a seed and from what came before it."""

    daemon_threads = True

    def __init__(self, seed: str) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.chance = random.Random(f"{seed} site")
        self.lock = threading.Lock()
        self.articles = 0
        self.is_bad = True
        self.failed = dict.fromkeys(_CALAMITIES, 0)

    def __enter__(self) -> "FaultySite":
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    @property
    def url(self) -> str:
        """Its first page."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def publish(self, number: int) -> None:
        """So many more articles."""
        self.articles += number

    def find_addresses(self) -> list[str]:
        """Of all articles there are."""
        return [f"{self.url}/{FEEDS[number % 2]}/{number}" for number in range(self.articles)]

    def find_calamity(self) -> str | None:
        """What becomes of the next request."""
        with self.lock:
            if not self.is_bad or self.chance.random() > _BAD:
                return None
            calamity = self.chance.choice(_CALAMITIES)
            self.failed[calamity] += 1
            return calamity

    def make_catalog(self) -> str:
        """A catalogue of the feeds, each asked every minute."""
        table = (
            '[[source]]\nname = "{0}"\nkind = "feed"\nurl = "{1}/{0}"\nauthority = "press"\nevery = "1m"\npace = 0.01\n'
        )
        return "\n".join(table.format(name, self.url) for name in FEEDS)

    def find_body(self, path: str) -> bytes | None:
        """A feed, an article, or None where there is no such page."""
        name, _, number = path.strip("/").partition("/")
        if name not in FEEDS:
            return None
        if number:
            is_there = number.isdecimal() and int(number) < self.articles
            return write_article(int(number)).encode() if is_there else None
        links = [each for each in self.find_addresses() if f"/{name}/" in each]
        items = "".join(f"<item><title>{link}</title><link>{link}</link></item>" for link in links)
        return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


class _Page(BaseHTTPRequestHandler):
    server: FaultySite

    def do_GET(self) -> None:
        body = self.server.find_body(self.path)
        if body is None:
            self._answer(404, b"")
            return
        calamity = self.server.find_calamity()
        if calamity == "nothing":
            self.close_connection = True
        elif calamity == "half":
            self._answer(200, body, cut=len(body) // 2)
        else:
            self._answer(int(calamity or 200), body if calamity is None else b"")

    def _answer(self, status: int, body: bytes, *, cut: int = 0) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/xml" if body[:1] == b"<" else "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) - cut])
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass  # nothing on the terminal
