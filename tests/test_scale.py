"""docs/scale.md: its tables follow from what was measured, and that stands in docs/benchmarks.md."""

from pathlib import Path

import pytest

from tests.benchmarks import capacity

DOCS = Path(__file__).parents[1] / "docs"


def test_the_tables_are_those_that_the_script_prints():
    assert capacity.render() in (DOCS / "scale.md").read_text("utf-8")


@pytest.mark.parametrize("cost", capacity.MEASURED.values())
def test_what_is_measured_names_a_section_that_is_there(cost: capacity.Cost):
    assert f"\n## {cost.where}\n" in (DOCS / "benchmarks.md").read_text("utf-8")


def test_what_comes_in_is_what_the_slowest_part_takes():
    one, ten, thousand = map(capacity.find_capacity, capacity.MACHINES)
    assert one.reading * 10 == pytest.approx(ten.reading)
    assert one.linking == ten.linking == thousand.linking
    assert thousand.new == min(thousand.database, thousand.linking)
    assert capacity.Capacity(1, 5.0, 3.0, 4.0).bound == "the database"
