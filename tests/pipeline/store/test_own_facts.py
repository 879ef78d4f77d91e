import pytest

from pipeline.store.entries import NewEntry, create
from pipeline.store.records import load_record, load_register
from pipeline.store.store import now
from tests.pipeline.store.conftest import link_by_hand

VALUES = {
    "name": "Kestrel Treaty",
    "kind": "treaty",
    "acts": [{"act": "ratified", "date": "2025-09-01"}],
    "parties": [{"entity": "Norland", "role": "lead"}],
    "figures": [{"name": "members", "value": 32}],
    "due": [{"date": "2026"}],
}


def test_what_a_person_entered_stands_beside_what_articles_say(store, save):
    save(members=26)
    (row,) = load_register(store)
    entry = NewEntry(who="ana", values=VALUES, source="a call", quote="they ratified it")
    own_id = create(store, entry).record_id
    link_by_hand(store, {own_id: row.id})
    (row,) = load_register(store)
    assert (row.observed, row.differs, row.status_date) == (2, True, "2025-09-01")
    own = row.observations[-1]
    assert (own.agreement_id, own.origin, own.publisher, own.title) == (own_id, "person", "ana", "a call")
    assert own.quote.text == "they ratified it"
    assert ("Norland", "lead") in [(party.entity, party.role.value) for party in row.parties]
    found = load_record(store, row.id)
    assert [each.saying.article_id for each in found.record.due] == [own_id]
    assert [each.article.id[:3] for each in found.articles] == ["ar-"]


@pytest.mark.parametrize(
    ("values", "status", "day"),
    [
        ({"status": "signed", "date": "2025-01-02"}, "signed", "2025-01-02"),
        ({"status": "in_force"}, "in_force", now().date().isoformat()),  # of no day that was said: as it was entered
        ({"status": "proposed", "acts": [{"act": "ratified", "date": "2025-09-01"}]}, "signed", "2025-09-01"),
        ({}, None, None),
    ],
)
def test_a_status_that_no_act_gives_is_the_rows(store, values, status, day):
    own_id = create(store, NewEntry(who="ana", values={"name": "Moor Accord", "kind": "treaty"} | values)).record_id
    link_by_hand(store, {own_id: "rw-own"})
    (row,) = load_register(store)
    assert (row.status, row.status_date) == (status, day)
