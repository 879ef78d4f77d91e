import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.store import decisions
from pipeline.store.decisions import decide
from pipeline.store.history import step_back, step_forward
from pipeline.store.records import load_register
from pipeline.store.refresh import refresh_rows


@pytest.fixture
def ids(save, store):
    """Two observations of one row, and the row."""
    save("/1")
    save("/2", text="Norland and Westia are in the Kestrel Treaty too.")
    with store.begin() as connection:
        rows = connection.execute(text("SELECT agreement_id, row_id FROM link ORDER BY agreement_id")).all()
    return {"one": rows[0][0], "other": rows[1][0], "row": rows[0][1]}


@pytest.mark.parametrize(
    ("steps", "review"),
    [
        ([("one", "accept", None)], "accept"),
        ([("one", "accept", None), ("other", "unsure", None)], "unsure"),
        ([("other", "unsure", None), ("other", "accept", None)], "accept"),
        ([("row", "unsure", None), ("one", "accept", None)], "unsure"),
        ([("row", "accept", None)], "accept"),
        ([("one", "reject", None), ("other", "accept", None)], "accept"),
        ([("one", "reject", None), ("one", "accept", None)], "accept"),  # it counts again
        ([("one", "reject", "status"), ("one", "accept", "status")], None),
        ([("one", "accept", "status")], None),
        ([("one", "note", None)], None),
    ],
)
def test_a_row_stands_as_if_it_were_made_anew(store, ids, steps, review):
    for name, action, field in steps:
        value = "a remark" if action == "note" else None
        decide(store, NewDecision(who="ana", record_id=ids[name], action=action, field=field, value=value))
    before = load_register(store)
    assert [each.review for each in before] == [review]
    with store.begin() as connection:
        columns = connection.execute(text("SELECT review, record->>'review' FROM register_row")).one()
        refresh_rows(connection, [ids["row"]])
    assert tuple(columns) == (review, review)
    assert load_register(store) == before


@pytest.mark.parametrize("later", ["accept", "unsure", "reject"])
@pytest.mark.parametrize("first", ["accept", "unsure", "reject"])
@pytest.mark.parametrize("field", [None, "status"])
def test_a_row_stands_so_after_steps_back_and_forward_too(store, ids, first, later, field):
    for action in (first, later):
        decide(store, NewDecision(who="ana", record_id=ids["one"], action=action, field=field))
    for step in (step_back, step_back, step_forward, step_forward):
        step(store, "ana")
        before = load_register(store)
        with store.begin() as connection:
            refresh_rows(connection, [ids["row"]])
        assert load_register(store) == before


def test_to_accept_an_observation_does_not_make_its_row_anew(store, ids, monkeypatch):
    monkeypatch.setattr(decisions, "refresh_touched", lambda *_: pytest.fail("it is made anew"))
    decide(store, NewDecision(who="ana", record_id=ids["one"], action="accept"))
    decide(store, NewDecision(who="ana", record_id=ids["one"], action="unsure"))
