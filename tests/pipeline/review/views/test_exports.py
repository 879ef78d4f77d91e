import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from pipeline.review.views import exports
from pipeline.store.audit import load_acts
from pipeline.store.records import load_claims
from pipeline.store.register import load_register


@pytest.fixture
def two(save):
    save("/1.txt", published="2025-07-18", date="2025-07-17")
    save("/2.txt", text="Norland: the Osprey Plan.", name="Osprey Plan", published="2025-09-01", act="agreed")


def read_csv(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_file_has_exactly_what_is_filtered(client, two):
    # Sent as it is: packed on the way, nobody knows its length before.
    plain = {"Accept-Encoding": "identity"}
    answer = client.get("/exports/register.csv?text=osprey&view=time&after=rw-gone", headers=plain)
    assert [row["label"] for row in read_csv(answer)] == ["Osprey Plan"]
    assert answer.headers["content-disposition"] == 'attachment; filename="entente-register.csv"'
    assert answer.headers["content-length"] == str(len(answer.content))
    assert len(read_csv(client.get("/exports/register.csv"))) == 2


def test_it_comes_in_each_format(client, store, two):
    labels = [row.label for row in load_register(store)]
    lines = [json.loads(line) for line in client.get("/exports/register.jsonl").text.splitlines()]
    assert [line["label"] for line in lines] == labels
    table = pq.read_table(io.BytesIO(client.get("/exports/register.parquet").content))
    assert table.column("label").to_pylist() == labels
    sheet = load_workbook(io.BytesIO(client.get("/exports/register.xlsx").content)).active
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == labels


@pytest.mark.parametrize("view", ["observations", "claims", "entities"])
def test_each_list_can_be_taken_away(client, two, view):
    answer = client.get(f"/exports/{view}.csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_one_row_is_a_list_too(client, store, two):
    row = load_register(store)[1]
    answer = client.get(f"/exports/observations.csv?row_id={row.id}")
    assert [each["row_id"] for each in read_csv(answer)] == [row.id]


def test_the_words_of_what_is_filtered_come_as_annotations(client, store, two):
    page = client.get("/exports/claims.annotations.jsonld?speaker=mara+lind").json()
    assert [each["id"] for each in page["items"]] == [f"urn:entente:{row.id}" for row in load_claims(store)]
    page = client.get("/exports/register.annotations.jsonld?text=osprey").json()
    assert [target["selector"][0]["exact"] for each in page["items"] for target in each["target"]] == [
        "Norland: the Osprey Plan"
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("register.csv?as_of=July", 422),
        ("register.docx", 422),
        ("secrets.csv", 422),
        ("entities.annotations.jsonld", 422),
    ],
)
def test_what_cannot_be_is_no_file(client, two, path, status):
    assert client.get(f"/exports/{path}").status_code == status


def test_only_so_many_are_written_at_once(client, two):
    with exports._AT_ONCE, exports._AT_ONCE:
        answer = client.get("/exports/register.csv")
        assert answer.status_code == 503
    assert client.get("/exports/register.csv").status_code == 200


def test_who_took_what_away_is_noted(client, store, two):
    client.get("/exports/register.csv?text=osprey")
    (act,) = [each for each in load_acts(store) if each.what == "export"]
    assert (act.subject, act.detail["records"], act.detail["asked"]) == ("register.csv", 1, "text=osprey")
