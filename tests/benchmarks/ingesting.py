"""The measured processes of ``tests/benchmarks/ingestion.py``: each does one part, and prints what it took as JSON."""

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from pipeline.settings import Settings
from pipeline.store.embedded import server_status, stop_server


def main() -> None:
    """Do what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=list(_PARTS))
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    print(json.dumps(_PARTS[given.what](given.folder)))


def fetch(folder: Path) -> list[str]:
    """Put the pages into the store; the ids of those that are not read, in their order."""
    from pipeline.jobs.ingest import fetch_inputs
    from pipeline.store.store import open_store

    settings = Settings(home=folder / "home")
    with open_store(settings) as store:
        return list(fetch_inputs(store, [str(folder / "pages")], settings=settings, given={}).raw_ids)


def flow(folder: Path) -> dict[str, Any]:
    """The ingest flow in this process; jobs are timed by the thread that does them, all else is not theirs.

    The encoder runs its calls in threads of its own where there are several processors; here it is told of one, or what they
    take would count as Prefect's.
    """
    begin = time.process_time()
    from flows import ingest, steps
    from pipeline.embedding import graph_route

    graph_route._count_processors = lambda: 1
    imports, jobs, seen = time.process_time() - begin, {}, []
    for name in (
        "fetch_inputs",
        "load_pending",
        "ingest_raws",
        "link_register",
        "embed_new",
        "cluster_themes",
        "write_brief",
    ):
        setattr(steps, name, _timed(getattr(steps, name), name, jobs))
    ingest_raws = steps.ingest_raws
    steps.ingest_raws = lambda *given, **named: ingest_raws(
        *given, **named, on_article=lambda _: seen.append(_memory())
    )
    begin = time.process_time()
    counts = ingest.ingest([str(folder / "pages")])
    total = time.process_time() - begin
    stop_server(folder / "home")
    assert not counts.failures, counts.failures[:1]
    tasks = {name: round(value, 2) for name, value in jobs.items()}
    return {"total": total, "jobs": sum(jobs.values()), "imports": imports, "tasks": tasks, "slope": _find_slope(seen)}


def _timed(function: Callable[..., Any], name: str, into: dict[str, float]) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        begin = time.thread_time()
        try:
            return function(*given, **named)
        finally:
            into[name] = into.get(name, 0.0) + time.thread_time() - begin

    return timed


def _memory() -> float:
    return psutil.Process().memory_info().rss / 2**20


def _find_slope(seen: list[float]) -> str:
    """MB per hundred articles once the first third is over (pools and caches fill), with its standard error."""
    late = np.array(seen[len(seen) // 3 :])
    at = np.arange(len(late))
    (slope, at_begin), cov = np.polyfit(at, late, 1, cov=True)
    # Neighbours are alike: an error by independent points would be too small. So many of them are worth one.
    rest = late - (slope * at + at_begin)
    alike = max(0.0, min(0.99, float(np.corrcoef(rest[:-1], rest[1:])[0, 1]))) if rest.std() else 0.0
    error = float(np.sqrt(cov[0, 0])) * np.sqrt((1 + alike) / (1 - alike))
    return (
        f"{slope * 100:+.2f} +- {error * 100:.2f} MB per 100 articles over the last {len(late)} of {len(seen)}; "
        f"{late[0]:.0f} MB to {late[-1]:.0f} MB, at most {max(seen):.0f}"
    )


def worker(folder: Path) -> dict[str, float]:
    """A share of what is not read, once all workers have their models."""
    from pipeline.jobs.ingest import ingest_raws
    from pipeline.store.raws import load_pending
    from pipeline.store.store import open_store

    settings, at, share = Settings(home=folder / "home"), int(os.environ["AT"]), int(os.environ["SHARE"])
    go = Path(os.environ["GO"])
    with open_store(settings) as store:
        pending = load_pending(store)
        warm, rest = pending[at], pending[2 + at * share : 2 + (at + 1) * share]
        ingest_raws(store, [warm], settings=settings)
        go.with_name(f"{go.name}.ready.{at}").touch()
        while not go.exists():
            time.sleep(0.01)
        wall, cpu, waited = time.perf_counter(), time.process_time(), _find_waited()
        counts = ingest_raws(store, rest, settings=settings)
        wall, cpu, waited = time.perf_counter() - wall, time.process_time() - cpu, _find_waited() - waited
    assert counts.new == len(rest), counts
    return {"articles": len(rest), "wall": wall, "cpu": cpu, "free": wall - waited}


def _find_waited() -> float:
    """Seconds for which the first thread has waited for a processor (Linux)."""
    return int(Path("/proc/self/schedstat").read_text().split()[1]) / 1e9


def whole(folder: Path) -> dict[str, float]:
    """From pages in the store to vectors, with the models loaded by one more page before."""
    from pipeline.embedding.encoder import load_encoder
    from pipeline.jobs.embed import embed_new
    from pipeline.jobs.ingest import ingest_raws
    from pipeline.store.run_rows import StageTime  # noqa: F401 -- imported now, not while the clock runs
    from pipeline.store.store import open_store

    first, *others = fetch(folder)
    settings, found = Settings(home=folder / "home"), {}
    load_encoder(settings).encode(["a first text"])
    with open_store(settings) as store:
        ingest_raws(store, [first], settings=settings)
        embed_new(store, settings=settings)
        for name, step in (
            ("ingest", lambda: ingest_raws(store, others, settings=settings)),
            ("embed", lambda: embed_new(store, settings=settings)),
        ):
            begin = time.process_time()
            step()
            found[name] = time.process_time() - begin
    return found | {"total": sum(found.values()), "database": _find_server_cpu(folder / "home")}


def bare(folder: Path) -> dict[str, float]:
    """trafilatura, the spaCy model and the encoder on the same pages, as their documentation calls them."""
    import spacy
    import trafilatura
    from threadpoolctl import threadpool_limits

    import models
    from pipeline.embedding.encoder import load_encoder

    pages = [path.read_text("utf-8") for path in sorted((folder / "pages").glob("*.html"))]
    nlp, encoder = spacy.load(models.verified_path("en_core_web_sm")), load_encoder(Settings(home=folder / "home"))
    texts, found = [], {}

    def encode() -> None:
        passages = [each for text in texts[1:] for each in text.split("\n") if len(each.split()) > 3]
        encoder.encode(sorted(set(passages)))

    with threadpool_limits(1):
        texts.append(trafilatura.extract(pages[0]))
        list(nlp.pipe(texts))
        encoder.encode(texts)
        for name, step in (
            ("trafilatura", lambda: texts.extend(trafilatura.extract(page) for page in pages[1:])),
            ("nlp.pipe", lambda: list(nlp.pipe(texts[1:]))),
            ("encoder", encode),
        ):
            begin = time.process_time()
            step()
            found[name] = time.process_time() - begin
    return found | {"total": sum(found.values())}


def _find_server_cpu(home: Path) -> float:
    """CPU seconds of the database since its start, and of its processes that are there now."""
    pid = server_status(home).pid
    if pid is None:
        return 0.0
    first = psutil.Process(pid)
    times = [first.cpu_times(), *(each.cpu_times() for each in first.children())]
    gone = first.cpu_times()
    return sum(each.user + each.system for each in times) + gone.children_user + gone.children_system


_PARTS = {"fetch": fetch, "flow": flow, "worker": worker, "whole": whole, "bare": bare}

if __name__ == "__main__":
    main()
