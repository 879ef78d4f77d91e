import pytest

from pipeline.store.decisions import load_decisions
from pipeline.store.reading import load_reading
from pipeline.store.records import load_claims, load_register

TEXT = "Norland met Sudland. The Moor Accord was signed by both. Norland and Sudland keep the Moor Accord."


@pytest.fixture
def article(save, make):
    return save(text=TEXT, agreements=lambda article: (make.agreement(article, "Kestrel Treaty"),))[0]


def find(store, article):
    return {each.record.id[:2]: each for each in load_reading(store, article.id).records}


def places(store, article, prefix="en"):
    read = find(store, article)[prefix]
    field = "content" if prefix == "cl" else "mentions"
    corrected = read.standing and read.standing.fields.get(field)
    return [each["start"] for each in corrected] if corrected else [each.start for each in getattr(read.record, field)]


@pytest.fixture
def change(client, store, article):
    def send(prefix="en", **fields):
        record_id = find(store, article)[prefix].record.id
        return client.post(f"/articles/{article.id}/places", data={"record_id": record_id} | fields)

    return send


@pytest.mark.parametrize(
    ("sort", "shown"),
    [("entity", 'name="canonical" value="Moor Accord"'), ("agreement", 'name="kind"'), ("claim", "speaker")],
)
def test_the_form_for_what_was_missed_knows_the_words(client, article, sort, shown):
    for query in (f"sort={sort}&start=25&end=37", f"sort={sort}&words=Moor+Accord"):
        page = client.get(f"/articles/{article.id}/add?{query}").text
        assert "<mark>Moor Accord</mark>" in page
        assert shown in page
        assert ("in 1 other place" in page) == (sort != "claim")


def test_a_missed_agreement_stands_in_the_register_after_that(client, store, article):
    fields = {"sort": "agreement", "start": 25, "end": 36, "name": "Moor Accord", "kind": "treaty", "status": "signed"}
    fields |= {"parties.entity": ["Norland", "Sudland"], "parties.role": ["party", "lead"], "same": "1"}
    answer = client.post(f"/articles/{article.id}/add", data=fields)
    assert answer.status_code == 303
    [row] = [each for each in load_register(store) if each.label == "Moor Accord"]
    assert (row.status, [(each.entity, each.role) for each in row.parties]) == (
        "signed",
        [("Norland", "party"), ("Sudland", "lead")],
    )
    record_id = answer.headers["location"].partition("record=")[2].partition("#")[0]
    read = next(each.record for each in load_reading(store, article.id).records if each.record.id == record_id)
    assert [each.start for each in read.mentions] == [25, TEXT.rindex("Moor")]
    client.post("/undo")
    assert "Moor Accord" not in {each.label for each in load_register(store)}
    client.post("/redo")
    assert "Moor Accord" in {each.label for each in load_register(store)}


def test_a_missed_claim_and_a_missed_entity(client, store, article):
    words = {"start": TEXT.index("Sudland"), "end": TEXT.index("Sudland") + 7}
    entity = {"sort": "entity", "canonical": "Sudland", "type": "STATE"} | words
    assert client.post(f"/articles/{article.id}/add", data=entity).status_code == 303
    claim = {"sort": "claim", "type": "assertion_of_fact", "hedged": "no", "negated": "no", "direct": "no"} | words
    assert client.post(f"/articles/{article.id}/add", data=claim).status_code == 303
    assert [each.content for each in load_claims(store)] == ["Sudland"]
    assert client.get(f"/articles/{article.id}").text.count("added by hand") == 2


def test_places_are_added_made_longer_and_taken_away(change, store, article):
    second = TEXT.rindex("Norland")
    assert change(change="add", start=second, end=second + 7).status_code == 303
    assert places(store, article) == [0, second]
    change(change="resize", index=1, words="Norland and Sudland")
    assert places(store, article) == [0, second]
    assert find(store, article)["en"].standing.fields["mentions"][1]["text"] == "Norland and Sudland"
    change(change="resize", start=second, end=second + 7)  # without an index: the nearest
    assert find(store, article)["en"].standing.fields["mentions"][1]["text"] == "Norland"
    change(change="remove", index=0)
    assert places(store, article) == [second]
    change(change="add", words="Norland")
    assert places(store, article) == [0, second]


def test_the_cue_of_a_claim_is_set_by_its_words_and_taken_away(client, store, save):
    article, _ = save("https://a.example/2")
    claim = next(each for each in load_reading(store, article.id).records if each.record.id.startswith("cl-"))
    sent = {"record_id": claim.record.id, "change": "cue"}
    address = f"/articles/{article.id}/places"
    assert client.post(address, data=sent | {"words": "said"}).status_code == 303
    assert load_claims(store)[0].cue == "said"
    assert "“said”</a>" in client.get(f"/articles/{article.id}?record={claim.record.id}&change=cue").text
    client.post(address, data=sent | {"words": ""})
    assert load_claims(store)[0].cue is None
    client.post("/undo")
    assert load_claims(store)[0].cue == "said"


def test_a_place_goes_to_another_record_and_back_in_one_step(client, change, store, article):
    answer = change(
        change="move", index=0, to_number=1 if find(store, article)["ag"].record.mentions[0].start == 0 else 2
    )
    if answer.status_code == 422:  # its own number
        answer = change(change="move", index=0, to_number=2)
    made = load_decisions(store)
    assert [(each.action, each.field) for each in made] == [("reject", None), ("correct", "mentions")]
    assert len({each.batch for each in made}) == 1
    client.post("/undo")
    assert find(store, article)["en"].standing.review is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"change": "remove", "index": "0"}, "the only place"),
        ({"change": "remove", "index": "9"}, "not there any more"),
        ({"change": "add", "start": "0", "end": "7"}, "marked there already"),
        ({"change": "add", "words": "Westia"}, "does not stand in the article"),
        ({"change": "add", "start": "7", "end": "8"}, "Mark some words"),
        ({"change": "move", "index": "0", "to_number": "9"}, "numbered from 1 to"),
        ({"change": "cue", "words": "met"}, "Only a claim has a cue"),
        ({"change": "explode"}, "is no change of a place"),
    ],
)
def test_what_cannot_be_changed_is_said(change, store, fields, said):
    answer = change(**fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert load_decisions(store) == []


@pytest.mark.parametrize("query", ["sort=entity&start=7&end=8", "sort=x&start=0&end=7", "words=Westia", "start=-1"])
def test_what_cannot_be_added_is_said(client, article, query):
    assert client.get(f"/articles/{article.id}/add?{query}").status_code == 422
