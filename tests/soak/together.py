"""Writers and readers at once, and what must be true when they are done."""

import time
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import text

from pipeline.jobs.link import link_register
from pipeline.settings import Settings
from pipeline.store.store import Store, open_store
from tests.soak.checks import find_faults
from tests.soak.told import tell
from tests.soak.workers import Part, read, read_notes, start, write


def run_together(settings: Settings, folder: Path, *, each: int, seconds: float, seed: str) -> dict[str, int]:
    """So many writers and as many readers for that long; what they did, after all of it was found in the store.

    Raises:
        AssertionError: one of them met an error, or something is lost, doubled or counted wrongly.
    """
    parts = [(write, f"writer-{number}", number) for number in range(each)]
    parts += [(read, f"reader-{number}", number) for number in range(each)]
    open_store(settings).close()
    until = time.time() + seconds
    processes = [
        start(work, Part(settings, folder / f"{name}.jsonl", number, each, until, seed)) for work, name, number in parts
    ]
    for process in processes:
        process.join(seconds + 120)
    assert [process.exitcode for process in processes] == [0] * len(processes), "see the tracebacks above"
    notes = [one for _, name, _ in parts for one in read_notes(folder / f"{name}.jsonl")]
    with open_store(settings) as store:
        link_register(store)
        check_notes(store, notes)
        assert find_faults(store) == {}
    done = Counter(str(one["did"]) for one in notes)
    return {**done, "read": sum(one.get("asked", 0) for one in notes)}


def check_notes(store: Store, notes: list[dict[str, Any]]) -> None:
    """All that somebody was told is done is there, once, and nothing else."""
    last = {one["id"]: tell(one["number"], one["version"]) for one in notes if one["did"] == "article"}
    decisions = {one["number"]: one["record_id"] for one in notes if one["did"] == "decision"}
    names = {(one["source"], name) for one in notes if one["did"] == "import" for name in one["names"]}
    with store.begin() as connection:
        texts = dict(
            connection.execute(
                text("SELECT id, text FROM article JOIN revision USING (revision) WHERE article_id = id")
            )
            .tuples()
            .all()
        )
        log = dict(connection.execute(text("SELECT number, record_id FROM decision")).tuples().all())
        own = connection.execute(text("SELECT source, record ->> 'label' FROM own_agreement")).tuples().all()
    assert {article_id: told.article.text for article_id, told in last.items()} == texts
    assert decisions.items() <= log.items()
    assert sorted(tuple(each) for each in own) == sorted(names)
