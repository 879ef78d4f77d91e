from pipeline.store import marked_streams
from pipeline.store.filters import ClaimFilter, RegisterFilter
from pipeline.store.marked_streams import stream_marked
from pipeline.store.records import load_claims
from pipeline.store.streams import stream_claims, stream_observations


def test_articles_come_with_the_records_of_the_list_alone(store, save, monkeypatch):
    monkeypatch.setattr(marked_streams, "_BATCH", 2)
    for number in range(3):
        save(
            f"/{number}.txt",
            text=f'Mara Lind: it "changes everything". Norland {number}.',
            published=f"2025-07-0{number + 1}",
        )
    save("/9.txt", text="Norland: the Osprey Plan.", name="Osprey Plan")
    claims = list(stream_marked(store, stream_claims(store, ClaimFilter(speaker="Mara Lind"))))
    assert [each.extraction.claims[0].id for each in claims] == [row.id for row in load_claims(store)]
    assert all(not each.extraction.agreements and not each.extraction.entities for each in claims)
    (plan,) = stream_marked(store, stream_observations(store, RegisterFilter(text="osprey")))
    assert [each.name for each in plan.extraction.agreements] == ["Osprey Plan"]
    assert plan.extraction.claims == ()
    assert plan.text == "Norland: the Osprey Plan."
    assert list(stream_marked(store, [])) == []
