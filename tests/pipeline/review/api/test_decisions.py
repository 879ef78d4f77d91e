import pytest


def decide(client, record_id, action, **facts):
    return client.post("/api/v1/decisions", json={"decisions": [{"record_id": record_id, "action": action} | facts]})


@pytest.fixture
def row_id(client, save):
    """A row that one article tells of."""
    save()
    return client.get("/api/v1/register").json()["items"][0]["id"]


def test_a_correction_is_undone_and_brought_back(client, row_id):
    def status():
        return client.get(f"/api/v1/register/{row_id}").json()["status"]

    number = decide(client, row_id, "correct", field="status", value="in_force").json()[0]["decision"]["number"]
    assert status() == "in_force"
    undone = client.post(f"/api/v1/decisions/{number}/undo").json()["made"][0]["number"]
    assert status() == "signed"
    client.post(f"/api/v1/decisions/{undone}/undo")
    assert status() == "in_force"
    log = client.get("/api/v1/decisions", params={"record_id": row_id}).json()["items"]
    assert [each["decision"]["action"] for each in log] == ["undo", "undo", "correct"]
    assert [each["is_undone"] for each in log] == [False, True, False]


def test_who_decides_is_who_asks_and_the_second_of_two_is_told(client, row_id, sign_in_as):
    sign_in_as("reviewer", "ana")
    assert decide(client, row_id, "accept", expected=0).json()[0]["decision"]["who"] == "ana"
    sign_in_as("reviewer", "ben")
    (second,) = decide(client, row_id, "reject", expected=0).json()
    assert [(each["who"], each["action"]) for each in second["unseen"]] == [("ana", "accept")]


def test_of_several_all_are_made_or_none(client, row_id):
    good, bad = {"record_id": row_id, "action": "accept"}, {"record_id": "rw-none-of-that", "action": "accept"}
    assert client.post("/api/v1/decisions", json={"decisions": [good, bad]}).status_code == 404
    assert client.get("/api/v1/decisions").json()["items"] == []


def test_a_batch_is_undone_as_one(client, row_id):
    both = [{"record_id": row_id, "action": "accept"}, {"record_id": row_id, "action": "note", "value": "seen"}]
    client.post("/api/v1/decisions", json={"decisions": both, "batch": "monday"})
    assert len(client.post("/api/v1/batches/monday/undo").json()["made"]) == 2


def test_rows_are_merged_and_split_and_entered(client, save):
    save()
    save("https://a.example/2", text="Norland and Sudland signed the Heron Treaty.", name="Heron Treaty")
    ids = [row["id"] for row in client.get("/api/v1/register").json()["items"]]
    merged = client.post("/api/v1/merges", json={"record_ids": ids})
    assert merged.status_code == 201
    (row,) = client.get("/api/v1/register").json()["items"]
    taken = row["observations"][0]["agreement_id"]
    assert client.post("/api/v1/splits", json={"record_ids": [taken]}).json()["action"] == "split"
    assert len(client.get("/api/v1/register").json()["items"]) == 2
    entered = client.post("/api/v1/agreements", json={"values": {"name": "Wren Pact", "kind": "treaty"}})
    assert entered.json()["record_id"].startswith("ow-")
    assert len(client.get("/api/v1/register").json()["items"]) == 3


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"action": "correct", "field": "colour", "value": "red"}, 422),
        ({"action": "correct", "field": "status", "value": "perhaps"}, 422),
        ({"action": "merge"}, 422),
        ({"action": "note", "value": "a\0b"}, 422),
        ({"action": "accept", "who": "somebody else"}, 422),
    ],
)
def test_what_cannot_be_decided_is_said(client, row_id, facts, status):
    assert decide(client, row_id, **facts).status_code == status


def test_half_a_character_is_refused_and_not_a_fault(client, row_id):
    body = b'{"decisions": [{"record_id": "%s", "action": "note", "value": "\\ud800"}]}' % row_id.encode()
    answer = client.post("/api/v1/decisions", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
