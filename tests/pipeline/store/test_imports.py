import pytest

from pipeline.decisions import NewDecision
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.entries import complete_values
from pipeline.store.filters import DecisionFilter
from pipeline.store.imports import (
    GoodLine,
    ImportCounts,
    ImportPlan,
    StoredEntry,
    compare_lines,
    pair_lines,
    save_lines,
)
from pipeline.store.own import load_own
from pipeline.store.undo import undo_batch


def line(number=2, name="Linden Pact", key=None, beside=None, **values):
    whole = complete_values({"name": name, "kind": "treaty"} | values)
    return GoodLine(number=number, key=key or name.lower(), values=whole, beside=beside or {})


def plan(*lines, batch="b1", source="ours.csv"):
    return ImportPlan(who="ana", source=source, batch=batch, lines=lines)


def load(store):
    ids = [each.record_id for each in load_decisions(store) if each.action == "create"]
    with store.begin() as connection:
        return load_own(connection, ids)


def test_the_same_lines_again_do_nothing(store):
    lines = (line(2), line(3, "Moor Accord", status="signed"))
    assert compare_lines(store, plan(*lines)) == ImportCounts(new=2)
    assert save_lines(store, plan(*lines)) == ImportCounts(new=2)
    made = load_decisions(store)
    assert save_lines(store, plan(*lines, batch="b2")) == ImportCounts(same=2)
    assert load_decisions(store) == made
    assert {(each.origin, each.source, each.who) for each in load(store)} == {("import", "ours.csv", "ana")}


def test_a_line_that_says_something_else_is_a_correction_of_what_differs(store):
    save_lines(store, plan(line(status="signed")))
    [own] = load(store)
    decide(store, NewDecision(who="ben", record_id=own.id, action="correct", field="date", value="2024"))
    changed = plan(line(status="in_force"), batch="b2")
    assert compare_lines(store, changed) == save_lines(store, changed) == ImportCounts(changed=1)
    [own] = load(store)
    assert (own.status, own.date) == ("in_force", "2024")  # what a person said of another field stays
    [made] = load_decisions(store, DecisionFilter(batch="b2"))
    assert (made.action, made.field, made.before, made.after) == ("correct", "status", "signed", "in_force")
    assert save_lines(store, changed) == ImportCounts(same=1)


def test_an_import_is_taken_back_whole_and_can_be_made_again(store):
    save_lines(store, plan(line(status="signed")))
    save_lines(store, plan(line(status="in_force"), line(3, "Moor Accord"), batch="b2"))
    undo_batch(store, "b2", who="ana")
    assert [(each.name, each.status) for each in load(store)] == [("Linden Pact", "signed")]
    assert save_lines(store, plan(line(status="in_force"), line(3, "Moor Accord"), batch="b3")).new == 1


def test_what_stands_beside_the_fields_is_kept(store):
    beside = {"url": "https://a.example", "quote": "we agreed", "note": "ask Mara", "source": "the ministry"}
    save_lines(store, plan(line(beside=beside)))
    [own] = load(store)
    assert (own.url, own.quote) == ("https://a.example", "we agreed")
    save_lines(store, plan(line(beside=beside | {"note": "asked"}), batch="b2"))
    notes = [each.after for each in load_decisions(store) if each.action == "note"]
    assert notes == ["ask Mara\nSource: the ministry", "asked\nSource: the ministry"]


def test_another_source_has_lines_of_its_own(store):
    save_lines(store, plan(line()))
    assert save_lines(store, plan(line(), source="theirs.csv")) == ImportCounts(new=1)


@pytest.mark.parametrize(
    ("stored", "lines", "found"),
    [
        ([], [{"date": "2020"}], [None]),
        ([{"date": "2020"}], [{"date": "2021"}], [0]),  # one of that name: it was changed
        (
            [{"date": "2020"}, {"date": "2021"}],
            [{"date": "2021"}, {"date": "2020"}],
            [1, 0],
        ),  # the order does not matter
        ([{"date": "2020"}], [{"date": "2019"}, {"date": "2020"}], [None, 0]),  # a line came in above
        (
            [{"date": "2020", "x": 1}],
            [{"date": "2019"}, {"date": "2020", "x": 2}],
            [None, 0],
        ),  # changed, of the same date
        ([{"date": "2020"}, {"date": "2021"}], [{"date": "2021"}], [1]),  # one is gone
    ],
)
def test_lines_of_one_name_are_told_apart(stored, lines, found):
    entries = [StoredEntry(own_id=f"ow-{at}", values=values) for at, values in enumerate(stored)]
    paired = pair_lines(entries, lines)
    assert [each and int(each.own_id[3:]) for each in paired] == found
