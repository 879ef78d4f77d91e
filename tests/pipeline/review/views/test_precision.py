from pipeline.decisions import NewDecision
from pipeline.store.decisions import decide
from pipeline.store.queue import load_queue


def test_rules_are_shown_with_what_people_decided(client, store, save):
    assert "Nobody has decided anything yet" in client.get("/precision").text
    save(confidence=0.9)
    claim, agreement = sorted(load_queue(store), key=lambda each: each.id, reverse=True)
    decide(store, NewDecision(who="ana", record_id=agreement.id, action="correct", field="status", value="agreed"))
    decide(store, NewDecision(who="ana", record_id=claim.id, action="accept"))
    page = client.get("/precision").text
    assert '100 % <span class="quiet small">21 to 100, of 1</span>' in page
    assert '0 % <span class="quiet small">0 to 79, of 1</span>' in page
    assert ">Status</th>" in page.replace("status", "Status")
    assert ">f1</th>" in client.get("/precision?by=version").text
    assert client.get("/precision?by=person").status_code == 422
