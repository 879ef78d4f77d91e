from pipeline.store.entries import NewEntry, create
from pipeline.store.links import save_links
from pipeline.store.records import load_record, load_register
from pipeline.store.rows import LinkRow

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
    save_links(store, [LinkRow(row_id=row.id, agreement_id=own_id, reason="name", score=1.0)])
    (row,) = load_register(store)
    assert (row.observed, row.differs, row.status_date) == (2, True, "2025-09-01")
    own = row.observations[-1]
    assert (own.agreement_id, own.origin, own.publisher, own.title) == (own_id, "person", "ana", "a call")
    assert own.quote.text == "they ratified it"
    assert ("Norland", "lead") in [(party.entity, party.role.value) for party in row.parties]
    found = load_record(store, row.id)
    assert [each.saying.article_id for each in found.record.due] == [own_id]
    assert [each.article.id[:3] for each in found.articles] == ["ar-"]
