"""What the tasks do beyond calling a job: cutting batches, and asking the web again."""

import pytest
from prefect import flow

from flows.steps import BATCH, cut_batches, fetch_again
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


@pytest.mark.slow
@pytest.mark.usefixtures("prefect")
def test_what_stays_away_is_a_failure_in_the_end(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fetch_again, "retry_delay_seconds", [0.1, 0.1])

    @flow(name="fetch alone", persist_result=False)
    def fetch_alone(address: str) -> int:
        return len(fetch_again(address, None, {}).failures)

    assert fetch_alone("http://entente.invalid/article.txt") == 1  # a name that is kept from ever leading anywhere
    with open_store(settings) as store:
        (row,) = load_quarantine(store)
    assert (row.stage, row.times) == ("fetch", 3)
