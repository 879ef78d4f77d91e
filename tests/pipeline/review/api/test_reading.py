def test_the_pieces_put_together_are_the_text_and_each_names_its_records(reading, filled):
    article = reading.get(f"/api/v1/articles/{filled.ids['article']}").json()
    found = reading.get(f"/api/v1/articles/{filled.ids['article']}/marks").json()
    assert "".join(piece["text"] for piece in found["pieces"]) == article["text"]
    for mark in found["marks"]:
        inside = [piece for piece in found["pieces"] if mark["start"] <= piece["start"] < mark["end"]]
        assert inside
        assert all(mark["record_id"] in piece["record_ids"] for piece in inside)


def test_what_the_extractor_missed_is_added_and_taken_back(client, save):
    article, _ = save()
    start = article.text.index("Kestrel Treaty")
    place = {"start": start, "end": start + len("Kestrel Treaty"), "text": "Kestrel Treaty"}
    values = {"name": "Kestrel Treaty Council", "kind": "institution_body"}
    new = {"sort": "agreement", "values": values, "places": [place]}
    made = client.post(f"/api/v1/articles/{article.id}/records", json=new)
    assert made.status_code == 201
    labels = {row["label"] for row in client.get("/api/v1/register").json()["items"]}
    assert labels == {"Kestrel Treaty", "Kestrel Treaty Council"}
    client.post(f"/api/v1/decisions/{made.json()['number']}/undo")
    assert len(client.get("/api/v1/register").json()["items"]) == 1


def test_words_that_do_not_stand_there(client, save):
    article, _ = save()
    new = {
        "sort": "agreement",
        "values": {"name": "X", "kind": "treaty"},
        "places": [{"start": 0, "end": 1, "text": "X"}],
    }
    assert client.post(f"/api/v1/articles/{article.id}/records", json=new).status_code == 422
