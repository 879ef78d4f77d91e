import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.records import TRUSTED
from pipeline.store.decisions import decide
from pipeline.store.undo import undo

SECOND = "Norland and Sudland ratified the Kestrel Treaty on 3 August 2025. It had 26 members."


def items(store, columns="record_id, review"):
    with store.begin() as connection:
        return connection.execute(text(f"SELECT {columns} FROM review_item ORDER BY kind, record_id")).all()


def ids_of(store):
    return {each.record_id[:2]: each.record_id for each in items(store)}


def new(record_id, action="accept", **facts):
    return NewDecision(**({"who": "ana", "record_id": record_id, "action": action} | facts))


def test_what_is_found_in_an_article_is_to_be_reviewed_with_it(store, save):
    save(confidence=0.75)
    found = items(store, "kind, rank, publisher, source, review, is_reopened")
    assert [(each.kind, round(each.rank, 6)) for each in found] == [
        ("agreement", round(abs(0.75 - TRUSTED), 6)),  # the threshold of the database is that of the records
        ("claim", round(abs(0.7 - TRUSTED), 6)),
    ]
    assert {each[2:] for each in found} == {("The Example", None, None, False)}


def test_an_article_that_is_read_anew_brings_what_it_says_now(store, save):
    save()
    before = ids_of(store)
    decide(store, new(before["cl"]))
    save(fingerprint="f2", name="Linden Pact")
    after = ids_of(store)
    assert after["cl"] == before["cl"]
    assert after["ag"] != before["ag"]
    assert items(store) == [(after["ag"], None), (after["cl"], "accept")]


@pytest.mark.parametrize("action", ["accept", "reject", "unsure"])
def test_a_decision_and_its_undo_settle_the_item(store, save, action):
    save()
    record_id = ids_of(store)["ag"]
    made = decide(store, new(record_id, action)).decision
    assert (record_id, action) in items(store)
    undo(store, made.number, who="ben")
    assert (record_id, None) in items(store)


def test_a_corrected_field_is_no_review_of_the_record(store, save):
    save()
    record_id = ids_of(store)["ag"]
    decide(store, new(record_id, "correct", field="status", value="agreed"))
    decide(store, new(record_id, "accept", field="kind"))
    assert (record_id, None) in items(store)
    decide(store, new(record_id))
    assert (record_id, "accept") in items(store)


def test_what_is_reopened_is_open_again(store, save):
    save()
    record_id = ids_of(store)["ag"]
    decide(store, new(record_id))
    with store.begin() as connection:
        connection.execute(text("UPDATE standing SET is_reopened = true"))
    found = {each.record_id: each[1:] for each in items(store, "record_id, review, is_reopened")}
    assert found[record_id] == (None, True)


def test_rows_whose_articles_differ_are_to_be_reviewed_while_they_do(store, save):
    save(members=20)
    assert "rw" not in ids_of(store)
    save("https://a.example/2", text=SECOND, members=26, act="ratified")
    row_id = ids_of(store)["rw"]
    assert [each.rank for each in items(store, "kind, rank") if each.kind == "row"] == [-2]
    decide(store, new(row_id, "accept"))
    assert (row_id, "accept") in items(store)
    save("https://a.example/2", text=SECOND, members=20, act="ratified", fingerprint="f2")
    assert "rw" not in ids_of(store)


def test_decisions_are_counted_by_day_person_and_action(store, save):
    save()
    record_id = ids_of(store)["ag"]
    made = decide(store, new(record_id)).decision
    decide(store, new(record_id, "reject"))
    decide(store, new(record_id, "accept", who="ben"))
    with store.begin() as connection:
        found = connection.execute(
            text("SELECT day, who, action, decisions FROM review_tally ORDER BY who, action")
        ).all()
    assert found == [
        (made.when.date(), who, action, 1) for who, action in [("ana", "accept"), ("ana", "reject"), ("ben", "accept")]
    ]
