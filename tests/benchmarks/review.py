"""How fast the review page is: the bars are 60 ms for an action (p95), 3 s to start, 100 KiB of HTML, 60 KiB of script.

    python tests/benchmarks/review.py --home DIRECTORY [--articles 2500] [--out FILE.json]

The directory gets a store of generated articles (seed 1, without vectors) with more than 10,000 records to review; one that
is there is used again, decided as it was left. The page is served as ``entente review`` serves it, in a process of its own.
Milliseconds from sending a form, as the page's script sends it, to having the whole answer. Nothing of the browser is in them.
"""

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psutil
from generated.bulk import count_all, fill
from generated.world import World
from lxml.html import HtmlElement, fromstring
from sqlalchemy import text

from pipeline.settings import Settings
from pipeline.store.store import open_store

_COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()", "review", "--port", "0", "--no-open"]
_SCRIPTED = {"HX-Request": "true", "HX-Request-Type": "partial", "Sec-Fetch-Site": "same-origin"}
_BAR = 60.0  # milliseconds
_PAGES = 4  # of a queue, fifty rows each
_ACTIONS = ("accept", "reject", "unsure")


class Took(NamedTuple):
    """What one request took."""

    name: str
    milliseconds: float
    size: int  #: bytes of the answer, unpacked


class Client:
    """A browser without a screen that keeps what each request took."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=120)
        self.taken: list[Took] = []

    def get(self, name: str, address: str) -> HtmlElement:
        return self._ask(name, "GET", address)

    def post(self, name: str, address: str, data: dict[str, Any]) -> HtmlElement:
        return self._ask(name, "POST", address, data=data, headers=_SCRIPTED)

    def _ask(self, name: str, method: str, address: str, **more: Any) -> HtmlElement:
        start = time.perf_counter()
        answer = self.http.request(method, address, **more)
        self.taken.append(Took(name, (time.perf_counter() - start) * 1000, len(answer.content)))
        answer.raise_for_status()
        return fromstring(answer.text or "<p></p>")


@contextmanager
def serve(home: Path) -> Iterator[tuple[str, float, float]]:
    """A served page: its address, and the seconds until it answered, of the clock and of a core."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")}
    start = time.perf_counter()
    process = subprocess.Popen(
        _COMMAND, env=environment | {"ENTENTE_HOME": str(home)}, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        said = next(line for line in process.stderr if "is at" in line)
        url = re.search(r"is at (\S+)/ ", said)[1]
        httpx.get(f"{url}/healthz", trust_env=False, timeout=60)
        wall, spent = time.perf_counter() - start, psutil.Process(process.pid).cpu_times()
        yield url, wall, spent.user + spent.system
    finally:
        process.terminate()
        process.communicate()


def decide_in_queue(client: Client, query: str) -> None:
    """Decide on each row of some pages, and go on to the next page."""
    address: str | None = f"/queue?{query}"
    for _ in range(_PAGES):
        if address is None:
            return
        page = client.get("a page of a queue, 50 rows", address)
        for at, form in enumerate(page.cssselect(".item form.acts")):
            action = {"action": _ACTIONS[at % 3]}
            client.post("decide in a queue, 50 rows", "/queue", dict(form.fields) | action)
        following = page.cssselect("#next-page")
        address = following[0].get("href") if following else None


def decide_in_article(client: Client, article_id: str) -> None:
    """Decide on each record of an article's first page, and open each."""
    page = client.get("an article, a page of its records", f"/articles/{article_id}")
    for at, form in enumerate(page.cssselect(".card form.acts")):
        client.post("decide in an article", "/decide", dict(form.fields) | {"action": _ACTIONS[at % 3]})
        (more,) = form.cssselect("a.more")
        client.get("open a record", more.get("hx-get"))


def step(client: Client) -> None:
    """Undo and redo in turns."""
    for _ in range(60):
        client.post("undo", "/undo", {"next": "/queue"})
        client.post("redo", "/redo", {"next": "/queue"})


def look_around(client: Client) -> None:
    """The lists, each several times."""
    for _ in range(10):
        for address in ("/register", "/claims", "/entities", "/queue", "/history", "/search?text=treaty"):
            client.get(f"look at {address}", address)


def summarise(taken: list[Took]) -> dict[str, dict[str, float]]:
    """By name: how many, the middle, what 95 in a hundred stay below, the slowest and the largest."""
    found = {}
    for name in dict.fromkeys(each.name for each in taken):
        walls = sorted(each.milliseconds for each in taken if each.name == name)
        found[name] = {
            "n": len(walls),
            "p50": round(walls[len(walls) // 2], 1),
            "p95": round(walls[min(len(walls) - 1, int(0.95 * len(walls)))], 1),
            "max": round(walls[-1], 1),
            "KiB": round(max(each.size for each in taken if each.name == name) / 1024, 1),
        }
    return found


def prepare(home: Path, articles: int) -> tuple[dict[str, int], list[str]]:
    """Fill the store where it is empty; how much it has to review, and the articles with the most records."""
    world = World(articles, 1)
    with open_store(Settings(home=home)) as store:
        if not count_all(store)["article"]:
            fill(store, world, vectors=False)
        with store.begin() as connection:
            query = (
                "SELECT article_id FROM (SELECT article_id FROM agreement UNION ALL SELECT article_id FROM claim"
                " UNION ALL SELECT article_id FROM entity) AS each GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 8"
            )
            largest = list(connection.execute(text(query)).scalars())
        return count_all(store), largest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2500)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    counts, largest = prepare(arguments.home, arguments.articles)
    print(counts)
    with serve(arguments.home) as (url, wall, spent):
        print(f"starts in {wall:.2f} s, {spent:.2f} s of a core (bar 3)")
        client = Client(url)
        client.get("first page", "/queue")
        for query in ("queue=doubtful", "queue=doubtful&kind=claim"):
            decide_in_queue(client, query)
        for article_id in largest:
            decide_in_article(client, article_id)
        step(client)
        look_around(client)
    found = summarise(client.taken)
    for name, figure in found.items():
        print(f"{name:36}", *(f"{key} {value}" for key, value in figure.items()), sep="  ")
    static = files("pipeline.review").joinpath("static").iterdir()
    scripts = sum(len(gzip.compress(each.read_bytes())) for each in static if each.name.endswith(".js"))
    actions = [each.milliseconds for each in client.taken if each.name.startswith(("decide", "undo", "redo", "open"))]
    p95 = sorted(actions)[int(0.95 * len(actions))]
    print(f"all {len(actions)} actions: p95 {p95:.1f} ms (bar {_BAR:.0f}); script {scripts / 1024:.1f} KiB gz (bar 60)")
    if arguments.out:
        measured = {"counts": counts, "start": {"wall": wall, "core": spent}, "milliseconds": found, "p95": p95}
        arguments.out.write_text(json.dumps(measured, indent=1), "utf-8")


if __name__ == "__main__":
    main()
