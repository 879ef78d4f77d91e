"""Counts add up, and failures say what an input's own command would end with."""

import pytest

from pipeline.errors import EntenteError, FetchError, PassingError, ReadError, RefusedError, StoreError
from pipeline.jobs.counts import Counts, EmbedCounts, Failure, FetchCounts, IngestCounts, LinkCounts

FAILURE = Failure(address="/a.txt", stage="read", reason="/a.txt: is empty", exit_code=3)


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ([IngestCounts(new=1, claims=4), IngestCounts(new=2, known=1)], IngestCounts(new=3, known=1, claims=4)),
        ([IngestCounts(failures=(FAILURE,)), IngestCounts(new=1)], IngestCounts(new=1, failures=(FAILURE,))),
        ([FetchCounts(raw_ids=("a", "b")), FetchCounts(raw_ids=("c",))], FetchCounts(raw_ids=("a", "b", "c"))),
        ([LinkCounts(rows=2)], LinkCounts(rows=2)),
    ],
)
def test_total(parts: list[Counts], total: Counts):
    assert type(total).total(parts) == total


@pytest.mark.parametrize("kind", [FetchCounts, IngestCounts, LinkCounts, EmbedCounts])
def test_the_total_of_nothing_is_zero(kind: type[Counts]):
    assert kind.total([]) == kind()


@pytest.mark.parametrize(
    ("counts", "numbers"),
    [
        (FetchCounts(raw_ids=("a",), known=2, failures=(FAILURE,)), {"fetched": 3, "known": 2, "quarantined": 1}),
        (LinkCounts(observations=3, rows=2), {"observations": 3, "rows": 2, "changed": 0, "duplicates": 0}),
    ],
)
def test_numbers(counts: Counts, numbers: dict[str, int]):
    assert counts.numbers() == numbers


def test_numbers_of_an_ingest_count_failures_as_quarantined():
    numbers = IngestCounts(new=1, failures=(FAILURE, FAILURE)).numbers()
    assert numbers["quarantined"] == 2
    assert "failures" not in numbers


def test_counts_survive_json():
    counts = IngestCounts(new=1, failures=(FAILURE,))
    assert IngestCounts.model_validate_json(counts.model_dump_json()) == counts


@pytest.mark.parametrize(
    ("error", "stage", "exit_code", "is_passing"),
    [
        (PassingError("timed out", address="https://example.org/a"), "fetch", 3, True),
        (FetchError("there is no such page", address="https://example.org/a"), "fetch", 3, False),
        (FetchError("no such file", address="/a.txt"), "fetch", 3, False),
        (RefusedError("not public", address="http://10.0.0.1/"), "fetch", 3, False),
        (ReadError("is empty", address="/a.txt"), "read", 3, False),
        (StoreError("cannot keep this text"), "save", 4, False),
    ],
)
def test_failure_of_an_error(error: EntenteError, stage: str, exit_code: int, is_passing: bool):
    failure = Failure.of(error, address="/a.txt", stage="save")
    assert (failure.stage, failure.exit_code, failure.is_passing) == (stage, exit_code, is_passing)
    assert failure.reason == str(error)
