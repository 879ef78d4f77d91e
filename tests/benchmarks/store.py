"""What a large store answers, and how fast: the bars of the register, and how costs grow.

    python tests/benchmarks/store.py --articles 20000 --home DIRECTORY [--out FILE.json] [--no-vectors]
    python tests/benchmarks/store.py --plot FILE.json ... --out docs/store-growth.svg

The directory gets a server of its own with a generated store (seed 1); what is there already is measured again. Each question
is asked in a mix, every one of it several times; wall-clock milliseconds as the caller sees them, and CPU milliseconds of the
caller and of the database's process. Bars: register p95 60, search p95 150, saving an article p95 40: its own transaction,
with all its records and its entries of search. Linking it and embedding it are jobs of their own, and reported apart.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from generated.articles import find_arrival, make_article
from generated.bulk import ROUTE, count_all, fill
from generated.collect import find_raw_id
from generated.plot import draw_growth
from generated.questions import Question, list_changes, list_decisions, list_pages, list_register, list_searches
from generated.world import World
from sqlalchemy import text

from pipeline.jobs import duplicates
from pipeline.jobs import link as link_job
from pipeline.jobs.actors import link_batch
from pipeline.settings import Settings
from pipeline.store.articles import find_article_id, find_known, save_article
from pipeline.store.raws import save_raw
from pipeline.store.store import Store, open_store
from pipeline.store.vectors import has_vectors

_BARS = {"register": 60.0, "search": 150.0, "save an article": 40.0}
_MOST_OF_STEP = 20_000  # milliseconds: what takes longer is not asked sixty times
_TICK = 10  # milliseconds of CPU, as Linux counts them


class Figure(NamedTuple):
    """What a sort of question took, in milliseconds."""

    runs: int
    p50: float
    p95: float
    most: float
    client: float  #: CPU, on average
    server: float
    slowest: str


def measure(store: Store, questions: Sequence[Question], *, rounds: int = 1) -> Figure:
    """Ask them all, so many times, in an order of its own each time."""
    dice, taken, pid = random.Random(7), [], find_backend(store)
    own, other = time.process_time(), read_cpu(pid)
    for _ in range(rounds):
        for name, ask in dice.sample(list(questions), len(questions)):
            start = time.perf_counter()
            ask()
            taken.append(((time.perf_counter() - start) * 1000, name))
    own, other = time.process_time() - own, read_cpu(pid) - other
    return summarise(taken, own * 1000 / len(taken), other / len(taken))


def summarise(taken: list[tuple[float, str]], client: float, server: float) -> Figure:
    """Of all runs the middle one, the one that 95 in a hundred stay below, and the slowest questions by name."""
    walls = sorted(each[0] for each in taken)
    by_name: dict[str, list[float]] = {}
    for wall, name in taken:
        by_name.setdefault(name, []).append(wall)
    slow = sorted(((statistics.median(each), name) for name, each in by_name.items()), reverse=True)[:6]
    shown = "; ".join(f"{name} {wall:.0f}" for wall, name in slow)
    rank = min(len(walls) - 1, int(0.95 * len(walls)))
    figures = (statistics.median(walls), walls[rank], walls[-1], client, server)
    return Figure(len(walls), *(round(each, 1) for each in figures), shown)


def find_backend(store: Store) -> int:
    """The process of the database that answers this one: questions follow each other on one connection."""
    with store.begin() as connection:
        return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def read_cpu(pid: int) -> float:
    """Milliseconds of CPU that a process took so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * float(_TICK)


def measure_saving(store: Store, world: World, number: int) -> dict[str, Figure]:
    """Save tomorrow's articles one by one and link each: everything of an article but extracting it."""
    parts: dict[str, list[tuple[float, str]]] = {}
    pid, cpu = find_backend(store), dict.fromkeys(_STEPS, (0.0, 0.0))
    with store.begin() as connection:
        known = connection.execute(text("SELECT count(*) FROM article")).scalar_one()
    for at in range(known, min(known + number, len(world.tasks))):
        made = make_article(world, world.tasks[at])
        for name, step in _STEPS.items():
            if sum(wall for wall, _ in parts.get(name, ())) > _MOST_OF_STEP:
                continue
            own, other, start = time.process_time(), read_cpu(pid), time.perf_counter()
            step(store, made)
            wall = (time.perf_counter() - start) * 1000
            parts.setdefault(name, []).append((wall, name))
            client, server = cpu[name]
            cpu[name] = client + (time.process_time() - own) * 1000, server + read_cpu(pid) - other
    return {name: summarise(taken, *(each / len(taken) for each in cpu[name])) for name, taken in parts.items()}


def _look_up(store: Store, made: Any) -> None:
    save_raw(store, made.raw)
    find_known(store, made.article)
    find_article_id(store, made.article)


def _save(store: Store, made: Any) -> None:
    parts = {"article": made.article, "extraction": made.extraction, "passages": made.passages}
    save_article(store, raw_id=find_raw_id(made), **parts)


def _compare(store: Store, made: Any) -> None:
    # It alone: others that were left uncompared, since a step takes so long at most, would be counted with it.
    duplicates._compare(store, made.article.id, duplicates._KeptRuns(store))


def _link_rows(store: Store, _: Any) -> None:
    while link_job._link_next(store) is not None:
        pass


_STEPS: dict[str, Any] = {
    "keep the bytes, look for known ones": _look_up,
    "save an article": _save,
    "compare with others (near-duplicates)": _compare,
    "link and refresh its rows": _link_rows,
}


def measure_all(store: Store, world: World, *, vectors: bool) -> dict[str, Figure]:
    """Everything, at this size."""
    dice = random.Random(world.seed)
    vectors = vectors and has_vectors(store, ROUTE)
    with store.begin() as connection:
        query = "SELECT id FROM register_row WHERE is_shown ORDER BY"
        rows = list(connection.execute(text(f"{query} md5(id) LIMIT 60")).scalars())
        large = list(connection.execute(text(f"{query} observations DESC LIMIT 5")).scalars())
    last = find_arrival(world, world.tasks[world.articles - 1])
    since = {
        name: last - timedelta(days=days)
        for name, days in (("a day", 1), ("a week", 7), ("a month", 30), ("ever", 9_999))
    }
    register = [each for _ in range(3) for each in list_register(store, world, dice)]
    searches = [each for _ in range(3) for each in list_searches(store, world, dice, vectors=vectors)]
    found: dict[str, Figure] = {}
    tell(found, "register", measure(store, register, rounds=2))
    tell(found, "search, the first time", measure(store, searches))  # what is asked for is not in memory yet
    tell(found, "search", measure(store, searches))
    words, near = ([each for each in searches if ("by meaning" in each[0]) is is_near] for is_near in (False, True))
    tell(found, "search by words alone", measure(store, words))
    if near:
        tell(found, "search by meaning too", measure(store, near))
    for name, figure in measure_saving(store, world, 60).items():
        tell(found, f"{name}, the first time", figure)
    for name, figure in measure_saving(store, world, 60).items():
        tell(found, name, figure)
    entities = [("entities", partial(link_batch, store))] * 3  # as the job does it: of twenty articles together
    tell(found, "link the entities of 20 articles", measure(store, entities))
    for name, questions in list_pages(store, rows, large).items():
        tell(found, name, measure(store, questions, rounds=max(1, 60 // len(questions))))
    for name, questions in list_changes(store, since).items():
        tell(found, name, measure(store, questions, rounds=10))
    tell(found, "decide on a row", measure(store, list_decisions(store, rows)))
    tell(found, "decide on the largest rows", measure(store, list_decisions(store, large), rounds=4))
    return found


def tell(found: dict[str, Figure], name: str, figure: Figure) -> None:
    """Keep a figure, and print it."""
    found[name] = figure
    bar = f" (bar {_BARS[name]:.0f})" if name in _BARS else ""
    print(
        f"{name:40} n {figure.runs:4} p50 {figure.p50:7.1f} p95 {figure.p95:7.1f}{bar} max {figure.most:7.1f} ms ·"
        f" CPU caller {figure.client:.1f} database {figure.server:.1f} · {figure.slowest}",
        flush=True,
    )


def measure_sizes(store: Store) -> dict[str, dict[str, float]]:
    """Megabytes of every table (with what is kept apart of it) and of its indexes."""
    tables = (
        "SELECT relname, pg_table_size(oid) / 1e6, pg_indexes_size(oid) / 1e6 FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY 2 DESC"
    )
    indexes = (
        "SELECT relname, pg_relation_size(oid) / 1e6 FROM pg_class"
        " WHERE relkind = 'i' AND relnamespace = current_schema()::regnamespace ORDER BY 2 DESC LIMIT 30"
    )
    with store.begin() as connection:
        total = connection.execute(text("SELECT pg_database_size(current_database()) / 1e6")).scalar_one()
        of_tables = [(row[0], float(row[1]), float(row[2])) for row in connection.execute(text(tables))]
        of_indexes = {row[0]: round(float(row[1]), 1) for row in connection.execute(text(indexes))}
    return {
        "all": {"database": round(float(total), 1)},
        "tables": {name: round(size, 1) for name, size, _ in of_tables if size > 0.2},
        "indexes of tables": {name: round(size, 1) for name, _, size in of_tables if size > 0.2},
        "indexes": of_indexes,
    }


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Fill where there is nothing yet, and measure."""
    world = World(arguments.articles, arguments.seed)
    with open_store(Settings(home=arguments.home)) as store:
        timings: dict[str, float] = {}
        if not count_all(store)["article"]:
            timings = fill(store, world, vectors=not arguments.no_vectors)
            print(f"filled in {sum(timings.values()):.0f} s")
        counts, sizes = count_all(store), measure_sizes(store)
        print(counts, sizes["all"])
        figures = measure_all(store, world, vectors=not arguments.no_vectors)
    return {
        "articles": arguments.articles,
        "counts": counts,
        "seconds": {name: round(each, 2) for name, each in timings.items()},
        "megabytes": sizes,
        "milliseconds": {name: figure._asdict() for name, figure in figures.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--no-vectors", action="store_true")
    parser.add_argument("--plot", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    if arguments.plot:
        drawn = draw_growth([json.loads(path.read_text("utf-8")) for path in arguments.plot])
        arguments.out.write_text(drawn, "utf-8")
        return
    measured = run(arguments)
    if arguments.out:
        arguments.out.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
    found = measured["milliseconds"]  # a store that all articles of its world are in saves none
    missed = [name for name, bar in _BARS.items() if name in found and found[name]["p95"] > bar]
    sys.exit(f"missed: {', '.join(missed)}" if missed else 0)


if __name__ == "__main__":
    main()
