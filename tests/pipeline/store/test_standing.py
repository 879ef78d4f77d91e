import pytest
from sqlalchemy import literal, select, text

from pipeline.decisions import NewDecision
from pipeline.store.decisions import add_decision, decide
from pipeline.store.records import load_claims
from pipeline.store.standing import (
    Judgements,
    is_rejected,
    load_judgements,
    load_now_ids,
    load_standing,
    read_decided,
    refresh_standing,
    select_decided,
)


@pytest.fixture
def agreement_id(save, store):
    save()
    with store.begin() as connection:
        return connection.execute(text("SELECT id FROM agreement")).scalar()


def test_where_nobody_decided_nothing_is_in_force(store):
    with store.begin() as connection:
        assert load_standing(connection, ["ag-1"]) == {}
        assert load_standing(connection, []) == {}
        assert load_judgements(connection, ["ag-1"]) == Judgements()
        assert load_judgements(connection, []) == Judgements()


def test_all_that_is_in_force_of_a_record_stands_together(store, agreement_id):
    facts = [
        ("reject", "date", None),
        ("correct", "status", "agreed"),
        ("correct", "status", "in_force"),
        ("accept", "status", None),
        ("unsure", None, None),
    ]
    with store.begin() as connection:
        for action, field, value in facts:
            new = NewDecision(who="ana", record_id=agreement_id, action=action, field=field, value=value)
            number = add_decision(connection, new).decision.number
        standing = load_standing(connection, [agreement_id, "ag-2"])
        refresh_standing(connection, [agreement_id])
        assert load_standing(connection, [agreement_id]) == standing
    [found] = standing.values()
    assert found.review == "unsure"
    assert found.fields == {"status": "in_force"}
    assert found.field_reviews == {"date": "reject", "status": "accept"}
    assert (found.is_reopened, found.decision) == (False, number)


def test_what_was_taken_over_stands_with_the_new_record(store, agreement_id):
    decide(store, NewDecision(who="ana", record_id=agreement_id, action="accept"))
    with store.begin() as connection:
        moved = {"old": agreement_id}
        connection.execute(text("INSERT INTO attachment (record_id, now_id) VALUES (:old, 'ag-new')"), moved)
        refresh_standing(connection, [agreement_id, "ag-new"])
        assert load_now_ids(connection, [agreement_id, "ag-9"]) == {agreement_id: "ag-new", "ag-9": "ag-9"}
        assert load_standing(connection, ["ag-new"])["ag-new"].review == "accept"
        assert load_standing(connection, [agreement_id])[agreement_id].review is None


def test_judgements_follow_records_to_what_they_are_now(store):
    with store.begin() as connection:
        insert = "INSERT INTO decision (who, \"when\", record_id, action) VALUES ('ana', now(), 'ag-a', 'merge')"
        connection.execute(text(insert))
        for one, other, is_same in (("ag-a", "ag-b", True), ("ag-b", "ag-c", True), ("ag-c", "ag-d", False)):
            values = {"one": one, "other": other, "same": is_same}
            connection.execute(text("INSERT INTO judgement VALUES (:one, :other, 1, :same, true)"), values)
        connection.execute(text("INSERT INTO attachment (record_id, now_id) VALUES ('ag-b', 'ag-n')"))
        for start in ("ag-a", "ag-n", "ag-b", "ag-c"):
            found = load_judgements(connection, [start])
            assert found.same == {("ag-a", "ag-n"), ("ag-c", "ag-n")}
            assert found.apart == {("ag-c", "ag-d")}
        assert load_judgements(connection, ["ag-d"]).same == frozenset()


def test_a_claim_is_listed_as_people_left_it(store, agreement_id):
    [claim] = load_claims(store)
    for field, value in (("speaker", "Ana Sole"), ("hedged", True), ("type", "prediction")):
        decide(store, NewDecision(who="ana", record_id=claim.id, action="correct", field=field, value=value))
    decide(store, NewDecision(who="ana", record_id=claim.id, action="accept"))
    [found] = load_claims(store)
    assert (found.speaker, found.hedged, found.type, found.review) == ("Ana Sole", True, "prediction", "accept")
    assert (found.content, found.negated) == (claim.content, claim.negated)
    with store.begin() as connection:
        standing = load_standing(connection, [claim.id])[claim.id]
        decided = read_decided(connection.execute(select(select_decided(literal(claim.id)))).scalar())
        assert decided.model_copy(update={"record_id": claim.id}) == standing
        assert read_decided(None).decision == 0
        assert not connection.execute(select(is_rejected(literal(claim.id)))).scalar()
    decide(store, NewDecision(who="ben", record_id=claim.id, action="reject"))
    assert load_claims(store) == []
