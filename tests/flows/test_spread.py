"""Re-extraction on a Dask cluster of two processes, tracked by a real Prefect server."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prefect_dask import DaskTaskRunner

import flows.reextract
import flows.spread
from flows.reextract import reextract
from flows.spread import make_runner
from pipeline.errors import InputError
from pipeline.jobs.reextract import ReextractCounts
from pipeline.records import Article, Extraction, RawArticle, make_article_id
from pipeline.settings import Settings
from pipeline.store.articles import load_articles, save_article
from pipeline.store.raws import save_raw
from pipeline.store.store import Store, open_store
from tests.soak.light_road import write_article

LIGHT = Path(__file__).parents[1] / "soak" / "light"

# Two workers are two processes that import Prefect and our flows: fifteen CPU seconds each.
_LIMIT = 600

SCRIPT = """
import flows.spread
from flows.reextract import reextract
from flows.steps import cut_batches

if __name__ == "__main__":
    flows.reextract.SPREAD_ABOVE = 2
    flows.spread.os.cpu_count = lambda: 2
    flows.spread.cut_batches = lambda ids, size: cut_batches(ids, size=1)
    counts = reextract()
    assert (counts.reread, counts.agreements, counts.failures) == (6, 6, ()), counts
"""


def save_old(store: Store, number: int) -> None:
    """An article that another version of the pipeline has read."""
    text, address = write_article(number), f"https://old.example/{number}"
    article = Article(id=make_article_id(address), address=address, text=text, language="en")
    raw = RawArticle(address=address, media_type="text/plain", body=text.encode(), fetched_at=datetime.now(UTC))
    raw_id = save_raw(store, raw).raw_id
    save_article(
        store,
        raw_id=raw_id,
        article=article,
        extraction=Extraction(article_id=article.id, fingerprint="old"),
        passages=(),
    )


@pytest.mark.slow
@pytest.mark.timeout(_LIMIT)
def test_two_processes_of_a_cluster_read_all_once(settings: Settings, prefect_server: dict[str, str], tmp_path: Path):
    with open_store(settings) as store:
        for number in range(6):
            save_old(store, number)
    readers = tmp_path / "readers.txt"
    asked = {"ENTENTE_DASK": "local", "PYTHONPATH": str(LIGHT), "LIGHT_LOG": str(readers)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | prefect_server | asked,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    with open_store(settings) as store:
        assert [each.fingerprint for each in load_articles(store)] == ["light"] * 6
    read = [line.split() for line in readers.read_text("utf-8").splitlines()]
    assert sorted(address for _, address in read) == [f"https://old.example/{number}" for number in range(6)]
    assert len({pid for pid, _ in read}) == 2


@pytest.mark.slow
@pytest.mark.usefixtures("prefect")
@pytest.mark.parametrize(("dask", "above", "spread"), [(None, 0, 0), ("local", 5, 0), ("local", 1, 2)])
def test_only_what_is_large_goes_to_a_cluster_that_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, dask: str | None, above: int, spread: int
):
    with open_store(settings) as store:
        for number in range(2):
            save_old(store, number)
    if dask:
        monkeypatch.setenv("ENTENTE_DASK", dask)
    monkeypatch.setattr(flows.reextract, "SPREAD_ABOVE", above)
    monkeypatch.setattr(flows.reextract, "reextract_batch", lambda *_: ReextractCounts())
    monkeypatch.setattr(flows.spread, "reextract_spread", lambda ids, *_, **__: ReextractCounts(reread=len(ids)))
    assert reextract().reread == spread


@pytest.mark.parametrize(("cluster", "address"), [("local", None), ("tcp://10.0.0.5:8786", "tcp://10.0.0.5:8786")])
def test_a_cluster_is_this_machine_or_one_at_an_address(cluster: str, address: str | None):
    runner = make_runner(cluster)
    assert isinstance(runner, DaskTaskRunner)
    assert runner.address == address
    assert runner.cluster_kwargs.get("threads_per_worker") == (None if address else 1)


def test_without_dask_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "flows.spread", None)
    with pytest.raises(InputError, match=r'pip install "entente\[dask\]"'):
        flows.reextract._load_spread()
