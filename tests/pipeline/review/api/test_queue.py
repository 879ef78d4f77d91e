def test_what_is_to_be_reviewed_comes_by_the_page_and_leaves_when_it_is_decided(client, save):
    save()
    save("https://a.example/2", text="Norland and Sudland signed the Heron Treaty.", name="Heron Treaty")
    everything = [item["id"] for item in client.get("/api/v1/queue").json()["items"]]
    assert len(everything) == 3
    first = client.get("/api/v1/queue", params={"limit": 1}).json()
    rest = client.get("/api/v1/queue", params={"after": first["next"]}).json()
    assert [item["id"] for item in (*first["items"], *rest["items"])] == everything
    accepted = {"record_id": everything[0], "action": "accept"}
    client.post("/api/v1/decisions", json={"decisions": [accepted]})
    assert [item["id"] for item in client.get("/api/v1/queue").json()["items"]] == everything[1:]
    progress = {each["kind"]: each for each in client.get("/api/v1/progress").json()["items"]}
    assert sum(each["accepted"] for each in progress.values()) == 1
    (rule,) = [each for each in client.get("/api/v1/precision").json() if each["decided"]]
    assert (rule["right"], rule["precision"]["value"]) == (1, 1.0)


def test_a_row_is_of_no_publisher(client):
    assert client.get("/api/v1/queue", params={"queue": "disputed", "publisher": "x"}).status_code == 422
