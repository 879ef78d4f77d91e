"""What ingestion costs beside its parts, under Prefect, with two workers, and in memory.

::

    python tests/benchmarks/ingestion.py overhead --articles 100   # Prefect in the flow's own process; its memory
    python tests/benchmarks/ingestion.py memory --articles 600     # the same with an extractor that costs nothing
    python tests/benchmarks/ingestion.py workers --articles 60     # two processes against one
    python tests/benchmarks/ingestion.py parts --articles 60       # from page to vectors, against the bare parts alone

The articles are those of corpus/gold as web pages with what stands around them (menus, related stories, a footer), each
with a line of its own, so that no two are one text. Each measurement is a process of its own with a store of its own.
Times are CPU seconds, as the machine may be busy; "free" wall time is without what was waited for a processor.
"""

import argparse
import html
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from pipeline.gold.read import find_gold, load_gold
from pipeline.store.embedded import stop_server
from tests.soak.light_road import write_article

ROOT = Path(__file__).parents[2]
LIGHT = ROOT / "tests" / "soak" / "light"
_MENU = "".join(f'<li><a href="/s{n}">Section {n}</a></li>' for n in range(12))
_ASIDE = "".join(f'<li><a href="/a{n}">Another story, number {n}, of the week</a></li>' for n in range(8))
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta property="article:published_time" content="2025-09-17"><meta name="author" content="Ana Sole"></head><body>'
    f"<header><nav><ul>{_MENU}</ul></nav></header><main><article><h1>{{title}}</h1>{{body}}</article></main>"
    f"<aside><h2>More</h2><ul>{_ASIDE}</ul></aside><footer><p>Contact, imprint and terms</p></footer></body></html>"
)


def main() -> None:
    """Measure one of them and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=list(_MEASURES))
    parser.add_argument("--articles", type=int, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _MEASURES[given.what](Path(folder), given.articles)


def write_pages(folder: Path, number: int, *, begin: int = 0, texts: int | None = None) -> None:
    """Pages of the first so many marked articles, over and over with another first line."""
    folder.mkdir(parents=True, exist_ok=True)
    gold = load_gold(find_gold(ROOT / "corpus" / "gold"))[:texts]
    for at in range(begin, begin + number):
        article = gold[at % len(gold)]
        paragraphs = [f"Report number {at} of a series that goes on with number {at + 1}.", *article.text.split("\n\n")]
        body = "".join(f"<p>{html.escape(' '.join(each.split()))}</p>" for each in paragraphs if each.strip())
        page = PAGE.format(title=html.escape(f"A report on {article.slug}"), body=body)
        (folder / f"{at:04}.html").write_text(page, "utf-8")


def overhead(folder: Path, number: int) -> None:
    """The ingest flow, tracked by a real server: whose CPU its process spends, and its memory article by article."""
    write_pages(folder / "pages", number)
    _print_overhead(folder, number)


def memory(folder: Path, number: int) -> None:
    """The same without models: what flow, store and jobs keep."""
    os.environ["PYTHONPATH"] = str(LIGHT)
    (folder / "pages").mkdir()
    for at in range(number):
        (folder / "pages" / f"{at:04}.txt").write_text(write_article(at), "utf-8")
    _print_overhead(folder, number)


def _print_overhead(folder: Path, number: int) -> None:
    with _serve_prefect(folder) as (environment, server):
        before = server.cpu_times()
        found = run_inner("flow", folder, environment)
        after = server.cpu_times()
        size = sum(path.stat().st_size for path in (folder / "prefect").glob("prefect.db*")) / 2**20
    spent = after.user + after.system - before.user - before.system
    prefect = found["total"] - found["jobs"]
    print(
        f"{number} articles: {found['total']:.2f} CPU s in the flow's process, {found['jobs']:.2f} of them in our jobs"
    )
    print(
        f"  all else {prefect:.2f} ({prefect / found['jobs']:.1%} of the jobs'); before that imports {found['imports']:.2f}"
    )
    per_article = found["jobs"] / number
    print(f"  of 500 articles at {per_article:.3f} CPU s each: {prefect / (500 * per_article):.1%}, if none of it grew")
    print(f"  by task: {found['tasks']}")
    print(f"  Prefect's server meanwhile {spent:.2f} CPU s; its database has {size:.1f} MB")
    print(f"  memory: {found['slope']}")


def workers(folder: Path, number: int) -> None:
    """One process, then two at once, then one, then two: articles per second of free wall time, and CPU an article."""
    write_pages(folder / "pages", 6 * number, texts=number)  # so that each round has the same ones
    run_inner("fetch", folder, {})
    spans = []
    for round_number, count in enumerate((1, 2, 1, 2)):
        shared = (folder / f"go-{round_number}").absolute()
        running = [start_inner("worker", folder, _say(shared, at, count, number)) for at in range(count)]
        while len(list(folder.glob(f"{shared.name}.ready.*"))) < count:
            assert all(each.poll() is None for each in running)
            time.sleep(0.05)
        shared.touch()
        found = [_read(each) for each in running]
        spans.append((count, found))
        for each in found:
            print(
                f"  {count} at once: {each['articles']} articles, {each['cpu']:.2f} CPU s, {each['wall']:.2f} s, "
                f"{each['free']:.2f} of them free of waiting for a processor"
            )
    stop_server(folder / "home")
    for kind in ("wall", "free", "cpu"):
        one, two = (_rate(spans, count, kind) for count in (1, 2))
        print(f"two workers against one, by {kind}: {two / one:.2f} x")


def _say(shared: Path, at: int, count: int, number: int) -> dict[str, str]:
    return {"GO": str(shared), "AT": str(at), "SHARE": str(number // count)}


def _rate(spans: list[tuple[int, list[dict[str, float]]]], count: int, kind: str) -> float:
    """Articles per second, the slower of two deciding."""
    chosen = [found for each, found in spans if each == count]
    articles = sum(one["articles"] for found in chosen for one in found)
    return articles / sum(max(one[kind] for one in found) for found in chosen)


def parts(folder: Path, number: int) -> None:
    """The whole way against the bare parts, in turns."""
    totals: dict[str, dict[str, float]] = {}
    for turn in range(2):
        place = folder / str(turn)
        write_pages(place / "pages", number // 2 + 1, begin=turn * (number // 2 + 1))
        for what in ("bare", "whole"):
            for name, value in run_inner(what, place, {}).items():
                totals.setdefault(what, {}).setdefault(name, 0.0)
                totals[what][name] += value
        stop_server(place / "home")
    for what, found in totals.items():
        shown = ", ".join(f"{name} {value:.2f}" for name, value in found.items() if name != "total")
        print(f"{what}: {found['total']:.2f} CPU s ({shown})")
    print(
        f"{number} articles, the whole against the bare parts: {totals['whole']['total'] / totals['bare']['total']:.2f} x"
    )


def run_inner(what: str, folder: Path, environment: dict[str, str]) -> Any:
    """Do one part in a process of its own, and give back what it measured."""
    return _read(start_inner(what, folder, environment))


def start_inner(what: str, folder: Path, environment: dict[str, str]) -> "subprocess.Popen[str]":
    """Start that part."""
    argv = [sys.executable, str(Path(__file__).with_name("ingesting.py")), what, str(folder)]
    home = {"ENTENTE_HOME": str(folder / "home"), "TOKENIZERS_PARALLELISM": "false"}
    path = {"PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT)]).strip(os.pathsep)}
    return subprocess.Popen(argv, env=os.environ | home | path | environment, stdout=subprocess.PIPE, text=True)


def _read(process: "subprocess.Popen[str]") -> Any:
    said, _ = process.communicate()
    assert process.returncode == 0
    return json.loads(said.splitlines()[-1])


@contextmanager
def _serve_prefect(folder: Path) -> Iterator[tuple[dict[str, str], psutil.Process]]:
    """A Prefect server of its own, and the process in which it works."""
    from tests.flows.conftest import find_free_port, prefect_environment, stop, wait_until_healthy

    port = find_free_port()
    environment = prefect_environment(folder / "prefect", f"http://127.0.0.1:{port}/api")
    argv = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"]
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            argv, env=os.environ | environment, stdout=out, stderr=out, cwd=folder, start_new_session=True
        )
    try:
        wait_until_healthy(environment["PREFECT_API_URL"], process, log)
        children = psutil.Process(process.pid).children()
        yield environment, (children or [psutil.Process(process.pid)])[0]
    finally:
        stop(process)


_MEASURES = {"overhead": overhead, "memory": memory, "workers": workers, "parts": parts}

if __name__ == "__main__":
    main()
