import pytest
from sqlalchemy.exc import DBAPIError

from pipeline.decisions import NewDecision
from pipeline.store.audit import AuditFilter, NewAct, load_acts, note
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.records import load_claims


def test_acts_are_listed_from_the_latest_and_go_on_by_number(store):
    for number in range(5):
        note(
            store,
            NewAct(who="ana" if number % 2 else None, what="export", subject=str(number), detail={"rows": number}),
        )
    first = load_acts(store, AuditFilter(limit=2))
    assert [act.subject for act in first] == ["4", "3"]
    assert [act.subject for act in load_acts(store, AuditFilter(before=first[-1].number))] == ["2", "1", "0"]
    assert [act.subject for act in load_acts(store, AuditFilter(who="ana"))] == ["3", "1"]
    assert load_acts(store, AuditFilter(what="sign-in")) == []
    assert first[0].detail == {"rows": 4}


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'ben'", "DELETE FROM audit", "TRUNCATE audit"])
@pytest.mark.parametrize("role", ["origin", "replica"])
def test_nobody_changes_the_audit(store, statement, role):
    note(store, NewAct(who="ana", what="export"))
    with store.engine.connect() as connection:
        connection.exec_driver_sql(f"SET session_replication_role = {role}")
        with pytest.raises(DBAPIError, match="never changed or deleted"):
            connection.exec_driver_sql(statement)
        connection.invalidate()
    assert [act.who for act in load_acts(store)] == ["ana"]


def test_what_a_stranger_sent_is_cut_and_kept(store):
    note(store, NewAct(who=None, what="sign-in refused", subject="a\0\ud800" + "x" * 500))
    assert load_acts(store)[0].subject == "a\ufffd?" + "x" * 197


def test_a_decision_notes_itself(store, save):
    save()
    claim = load_claims(store)[0]
    decide(store, NewDecision(who="ben", record_id=claim.id, action="reject"))
    (act,) = load_acts(store, AuditFilter(what="decision"))
    (decision,) = load_decisions(store)
    assert (act.who, act.subject, act.at) == ("ben", claim.id, decision.when)
    assert act.detail == {"number": decision.number, "action": "reject"}
