import re

import pytest

from pipeline.jobs.link import link_register
from pipeline.store.actors import load_entities
from pipeline.store.decisions import load_decisions
from pipeline.store.register import load_register
from tests.pipeline.store import conftest as stores

link_anew = stores.link_anew


@pytest.fixture
def rows(store, save, link_anew):
    """The ids of two rows, the first of two articles."""
    save("https://a.example/1", text="Norland and Sudland signed the Kestrel Treaty.")
    save("https://a.example/2", text="Norland and Sudland ratified the Kestrel Treaty.", act="ratified")
    save(
        "https://a.example/3", text="Westia and Norland announced the Linden Pact.", name="Linden Pact", act="announced"
    )
    link_anew()
    return {each.label: each.id for each in load_register(store)}


def test_the_other_one_is_found_shown_together_and_merged(client, store, rows):
    one, other = rows["Kestrel Treaty"], rows["Linden Pact"]
    found = client.get(f"/merge/rows/{one}", params={"find": "linden"}).text
    assert f'href="/merge/rows/{one}?other={other}"' in found
    shown = client.get(f"/merge/rows/{one}", params={"other": other}).text
    assert "Now: 2" in shown
    assert "Then: 1" in shown
    assert load_decisions(store) == []
    answer = client.post("/merge", data={"id": [one, other]})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/register/{one}")
    assert [each.observed for each in load_register(store)] == [3]
    client.post("/undo", data={"next": "/queue"})
    link_register(store)
    assert {each.label: each.id for each in load_register(store)} == rows


def test_what_does_not_belong_is_chosen_shown_and_taken_out(client, store, rows):
    row_id = rows["Kestrel Treaty"]
    parts = re.findall(r'name="part" value="(ag-[^"]+)"', client.get(f"/split/{row_id}").text)
    assert len(parts) == 2
    shown = client.get(f"/split/{row_id}", params={"part": parts[:1]}).text
    assert "Then: 2" in shown
    assert "by itself" in shown
    answer = client.post("/split", data={"from": row_id, "id": parts[:1]})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/register/{row_id}")
    assert [each.label for each in load_register(store)].count("Kestrel Treaty") == 2


def test_entities_have_the_same_pages(client, store, rows):
    (norland,) = [each.id for each in load_entities(store) if each.canonical == "Norland"]
    parts = re.findall(r'name="part" value="(en-[^"]+)"', client.get(f"/split/{norland}").text)
    assert len(parts) == 3
    assert "Then: 2" in client.get(f"/split/{norland}", params={"part": parts[:1]}).text
    assert client.post("/split", data={"from": norland, "id": parts[:1]}).status_code == 303
    one, other = (each.id for each in load_entities(store) if each.canonical == "Norland")
    assert "Then: 1" in client.get(f"/merge/entities/{one}", params={"other": other, "find": "norland"}).text
    assert client.post("/merge", data={"id": [one, other]}).headers["location"] == f"/entities/{one}"
    assert len(load_entities(store)) == 1


def test_what_cannot_be_is_said_on_the_page(client, store, rows):
    everything = re.findall(r'name="part" value="(ag-[^"]+)"', client.get(f"/split/{rows['Kestrel Treaty']}").text)
    said = client.get(f"/split/{rows['Kestrel Treaty']}", params={"part": everything})
    assert "nothing to split" in said.text
    unknown = client.get(f"/merge/rows/{rows['Kestrel Treaty']}", params={"other": "rw-0000000000000000"})
    assert "Nothing bears the id" in unknown.text
    for path in (
        "/merge/rows/rw-0000000000000000",
        "/split/rw-0000000000000000",
        "/merge/entities/ac-0000000000000000",
    ):
        assert client.get(path).status_code == 404
    assert client.post("/merge", data={"id": [rows["Kestrel Treaty"]]}).status_code == 422
    assert client.post("/merge", data={}).status_code == 422
    assert load_decisions(store) == []


@pytest.mark.parametrize("path", ["/merge", "/split"])
def test_who_may_only_read_may_not(client, rows, sign_in_as, path):
    sign_in_as("reader")
    assert client.post(path, data={"id": list(rows.values())}).status_code == 403
