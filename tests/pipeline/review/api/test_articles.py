def test_articles_by_the_page(reading):
    found = reading.get("/api/v1/articles").json()["items"]
    first = reading.get("/api/v1/articles", params={"limit": 1}).json()
    rest = reading.get("/api/v1/articles", params={"after": first["next"]}).json()
    assert [each["id"] for each in (*first["items"], *rest["items"])] == [each["id"] for each in found]


def test_every_span_of_an_articles_records_points_at_its_words(reading, filled):
    text = reading.get(f"/api/v1/articles/{filled.ids['article']}").json()["text"]
    records = reading.get(f"/api/v1/articles/{filled.ids['article']}/records").json()
    spans = [span for each in records["agreements"] for span in each["mentions"]]
    spans += [span for each in records["claims"] for span in each["content"]]
    assert spans
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)


def test_what_was_decided_stands_beside_what_was_extracted(client, save):
    article, _ = save()
    records = client.get(f"/api/v1/articles/{article.id}/records").json()
    (agreement,) = records["agreements"]
    assert records["standing"] == {}
    correction = {"record_id": agreement["id"], "action": "correct", "field": "status", "value": "in_force"}
    assert client.post("/api/v1/decisions", json={"decisions": [correction]}).status_code == 201
    again = client.get(f"/api/v1/articles/{article.id}/records").json()
    assert again["agreements"] == [agreement]
    assert again["standing"][agreement["id"]]["fields"] == {"status": "in_force"}


def test_an_article_that_is_not_there(reading):
    assert reading.get("/api/v1/articles/ar-none/records").status_code == 404
