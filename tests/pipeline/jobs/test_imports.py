import pytest

from pipeline.errors import InputError
from pipeline.jobs.counts import ImportReport
from pipeline.jobs.imports import ImportOptions, import_agreements
from pipeline.reading.days import DayOrder
from pipeline.store.records import load_register

HEAD = "No.,Name,Kind,Status,Date\n"


@pytest.fixture
def run(store, tmp_path):
    def run_one(lines, **options):
        path = tmp_path / "ours.csv"
        path.write_text(HEAD + lines, "utf-8")
        return import_agreements(store, path, ImportOptions(who="ana", **options))

    return run_one


def test_bad_lines_cost_nothing_to_the_good_ones(run, store):
    report = run(
        "1,Linden Pact,treaty,signed,2025-07\n"
        "2,,treaty,,\n"
        "3,Moor Accord,,,\n"
        "4,Fen Charter,treaty,,3/4/2025\n"
        "5,Kestrel Treaty,treaty,dreamt,soon\n"
        "1,Linden Pact,treaty,signed,2025-07\n"
    )
    assert (report.new, report.batch is not None) == (1, True)
    assert [each.number for each in report.bad] == [3, 4, 5, 6, 7]
    said = [each.problem for each in report.bad]
    for words, problem in zip(
        ["needs a name", "--set kind=", "--day-first", "dreamt", "same as line 2"], said, strict=True
    ):
        assert words in problem
    assert "soon is no day" in said[3]
    assert [row.name for row in load_register(store)] == ["Linden Pact"]


def test_a_line_is_found_again_by_its_number(run, store):
    assert run("1,Linden Pact,treaty,signed,2025\n").new == 1
    report = run("1,Linden Treaty,treaty,signed,2025\n")
    assert (report.new, report.changed, report.same) == (0, 1, 0)
    assert [row.name for row in load_register(store)] == ["Linden Treaty"]


def test_the_same_again_writes_nothing(run):
    lines = "1,Linden Pact,treaty,signed,2025\n"
    assert run(lines).batch is not None
    assert run(lines) == ImportReport(source="ours.csv", batch=None, same=1)
    assert run(lines, source="theirs", is_check=True) == ImportReport(source="theirs", batch=None, new=1, is_check=True)


def test_what_holds_for_all_fills_what_is_not_said(run, store):
    report = run(
        "1,Linden Pact,,,\n2,Moor Accord,coalition,,\n",
        defaults={"kind": "Treaty", "date": "3/4/2025"},
        order=DayOrder.MONTH_FIRST,
    )
    assert (report.new, report.bad) == (2, ())
    found = {row.name: (row.kind.value, row.date) for row in load_register(store)}
    assert found == {"Linden Pact": ("treaty", "2025-03-04"), "Moor Accord": ("coalition", "2025-03-04")}


def test_what_holds_for_all_must_be_a_field(run):
    with pytest.raises(InputError, match="no field mood"):
        run("1,Linden Pact,treaty,,\n", defaults={"mood": "good"})
