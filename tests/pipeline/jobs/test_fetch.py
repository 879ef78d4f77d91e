"""What cannot be fetched stands in quarantine and stops nothing."""

from pathlib import Path

import pytest

from pipeline.errors import FetchError
from pipeline.jobs.counts import FetchCounts
from pipeline.jobs.fetch import fetch_found, join_counts, keep_failure
from pipeline.settings import Settings
from pipeline.sources.inputs import find_addresses
from pipeline.store.quarantine import load_quarantine
from pipeline.store.raws import load_raw
from pipeline.store.store import Store


def test_the_good_are_kept_and_the_bad_are_in_quarantine(store: Store, settings: Settings, folder: Path):
    found = find_addresses([str(folder), str(folder / "missing.txt")])
    counts = fetch_found(store, found, settings=settings, given={"publisher": "The Post"})

    assert [load_raw(store, raw_id).given for raw_id in counts.raw_ids] == [{"publisher": "The Post"}] * 3
    (failure,) = counts.failures
    (row,) = load_quarantine(store)
    assert (row.address, row.stage, row.reason) == (failure.address, "fetch", failure.reason)


def test_a_failure_keeps_the_bytes(store: Store):
    keep_failure(store, FetchError("a.xyz: is not read", address="a.xyz", raw=b"12345"), given={})

    assert [row.size for row in load_quarantine(store)] == [5]


@pytest.mark.parametrize("ids", [(), ("a",), ("a", "b", "a")])
def test_each_raw_article_is_counted_once(ids):
    counts = join_counts([FetchCounts(raw_ids=(each,)) for each in ids])

    assert counts.raw_ids == tuple(dict.fromkeys(ids))
