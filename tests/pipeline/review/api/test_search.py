def test_words_find_articles_agreements_and_claims(reading):
    found = reading.get("/api/v1/search", params={"text": "coast", "kinds": ["claim", "article"]}).json()
    assert {hit["kind"] for hit in found["hits"]} == {"article", "claim"}
    assert found["by_meaning"] is False


def test_a_search_is_kept_asked_and_forgotten(client, save):
    save()
    new = {"name": "Birds", "query": {"text": "kestrel", "kinds": ["agreement"]}}
    kept = client.post("/api/v1/saved-searches", json=new)
    assert kept.status_code == 201
    address = f"/api/v1/saved-searches/{kept.json()['id']}"
    assert [each["name"] for each in client.get("/api/v1/saved-searches").json()] == ["Birds"]
    assert [hit["label"] for hit in client.post(f"{address}/look").json()] == ["Kestrel Treaty"]
    assert client.post(f"{address}/look").json() == []
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404
