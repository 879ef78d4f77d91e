"""The commands that list and show, on the store with invented records."""

import json
import re

import pytest

from pipeline.enumerations import AgreementKind

LISTS = ("register", "claims", "entities", "themes", "articles", "quarantine list", "run list")


@pytest.mark.parametrize("command", LISTS)
def test_every_list_is_plain_complete_and_json_too(reader, command):
    plain, rows = reader(*command.split()), json.loads(reader(*command.split(), "--json").out)
    assert (plain.code, plain.err) == (0, "")
    assert "\x1b" not in plain.out
    assert len(plain.out.splitlines()) == len(rows) + 1
    for row in rows:
        assert row["id"] if "id" in row else row["ids"][0] in plain.out


@pytest.mark.parametrize("command", LISTS)
def test_an_empty_store_says_what_to_do_next(entente, empty_home, command):
    said = entente(*command.split())
    assert (said.code, said.out) == (0, "")
    assert len(said.err.splitlines()) == 1
    assert json.loads(entente(*command.split(), "--json").out) == []


@pytest.mark.parametrize(
    ("args", "labels"),
    [
        ([], ["Arden Treaty", "a joint headquarters in Arden"]),
        (["--kind", "treaty"], ["Arden Treaty"]),
        (["--kind", "TREATY"], ["Arden Treaty"]),
        (["--status", "operating"], ["a joint headquarters in Arden"]),
        (["--party", "westland"], ["Arden Treaty"]),
        (["--party", "Norland", "--role", "member"], []),
        (["--search", "headquarters"], ["a joint headquarters in Arden"]),
        (["--limit", "1"], ["Arden Treaty"]),
    ],
    ids=lambda value: " ".join(value) or "all" if isinstance(value, list) else None,
)
def test_register_filters(reader, args, labels):
    rows = json.loads(reader("register", *args, "--json").out)
    assert sorted(row["label"] for row in rows) == sorted(labels)


def test_a_register_row_has_everything_one_looks_for(reader):
    head, row = reader("register", "--kind", "treaty").out.splitlines()
    assert head.split() == ["id", "agreement", "kind", "status", "date", "parties", "articles"]
    for words in ("rw-", "Arden Treaty", "treaty", "suspended", "2025-03-12", "Norland, Sudland; Westland (member)"):
        assert words in row
    assert row.endswith(" 2")


def test_a_filter_that_nothing_meets_says_so(reader):
    said = reader("register", "--kind", AgreementKind.ACCESSION)
    assert (said.code, said.out) == (0, "")
    assert "entente register lists all" in said.err


@pytest.mark.parametrize("width", [80, 120])
def test_the_register_fits_the_terminal_and_ids_do_not_wrap(on_terminal, width):
    lines = on_terminal(width, "register").splitlines()
    assert max(len(line) for line in lines) <= width
    assert sum(bool(re.match(r" rw-[0-9a-f]{8}\b", line)) for line in lines) == 2
    dates = [line.index("2025-03-12") for line in lines if "2025-03-12" in line]
    assert len(dates) == 1
    assert "Westland" in " ".join(lines)


@pytest.mark.parametrize(
    ("args", "speakers"),
    [
        ([], ["AUTHOR", "Jon Berg", "Mara Lind"]),
        (["--speaker", "mara lind"], ["Mara Lind"]),
        (["--speaker", "AUTHOR"], ["AUTHOR"]),
        (["--type", "commitment_pledge"], ["Jon Berg"]),
        (["--search", "ships"], ["AUTHOR"]),
    ],
    ids=lambda value: " ".join(value) or "all" if isinstance(value, list) else None,
)
def test_claims_filters(reader, args, speakers):
    assert sorted(row["speaker"] for row in json.loads(reader("claims", *args, "--json").out)) == speakers


def test_claims_by_speaker_end_with_the_author(reader):
    rows = json.loads(reader("claims", "--by-speaker", "--json").out)
    assert [row["speaker"] for row in rows] == ["Jon Berg", "Mara Lind", "AUTHOR"]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("row", ["Westland, member", "«Westland» has joined", "Said in 2 articles", "The Norland Post, 13 March 2025"]),
        ("agreement", ["What happened", "signed, done, 12 March 2025", "«Norland» and Sudland"]),
        ("claim", ["Jon Berg", "«We will never leave the coast to anybody else again», Jon Berg said."]),
        ("entity", ["STATE", "Norlandish", "«Norland» and Sudland signed"]),
        ("article", ["Two capitals, one treaty", "https://post.example/arden", "1 agreements"]),
        ("theme", ["ships, coast", "2 passages and claims in 2 articles", "The Arden Treaty was suspended"]),
    ],
)
def test_show_has_quotes_in_context(reader, filled, key, words):
    record_id = filled.ids.get(key) or json.loads(reader("register", "--kind", "treaty", "--json").out)[0]["id"]
    said = reader("show", record_id[:11])
    assert said.code == 0
    assert record_id in said.out
    assert all(each in said.out for each in words)
    found = json.loads(reader("show", record_id, "--json").out)
    assert (found["id"], found["kind"]) == (record_id, key)
    assert found["articles"][0]["text"]


@pytest.mark.parametrize("record_id", ["rw-ffffffffffffffff", "rw", "nonsense"])
def test_show_of_what_is_not_there_is_a_mistake(reader, record_id):
    said = reader("show", record_id)
    assert said.code == 2
    assert re.fullmatch(r"error: [^\n]+\n", said.err)


def test_quarantine_shows_the_reason_and_gives_the_bytes_back(reader, filled):
    said = reader("quarantine", "show", filled.ids["failure"])
    assert "/in/bad.txt is binary" in said.out
    assert reader("quarantine", "show", filled.ids["failure"], "--raw").out == "\x00\x01"
    assert json.loads(reader("quarantine", "show", filled.ids["failure"], "--json").out)["size"] == 2


def test_a_run_shows_its_counts_settings_and_versions(reader, filled):
    said = reader("run", "show", filled.ids["run"])
    assert all(words in said.out for words in ("ingest, completed", "new  2", "entente  0.1.0", "home  x"))


@pytest.mark.parametrize("group", ["run", "quarantine"])
def test_a_group_alone_lists(reader, group):
    assert reader(group).out == reader(group, "list").out


def test_brief_is_markdown_into_a_pipe_and_json_on_request(reader, filled):
    said = reader("brief", "--since", f"{filled.between:%Y-%m-%d}")
    assert said.out.startswith("# Morning brief, ")
    assert "Arden Treaty" in said.out
    assert json.loads(reader("brief", "--json").out)["articles"] == 2


def test_brief_on_a_terminal_is_numbered_and_fits(on_terminal):
    said = re.sub(r"\x1b\]8;[^\\]*\x1b\\", "", on_terminal(80, "brief"))  # links
    assert max(len(line) for line in said.splitlines()) <= 80
    assert re.findall(r"^ ?(\d+)  \S", said, re.MULTILINE) == [str(number) for number in range(1, 8)]
    assert "from signed to suspended" in said


def test_brief_is_written_to_a_file(reader, tmp_path):
    said = reader("brief", "--out", tmp_path / "brief.html")
    assert (said.code, said.out) == (0, "")
    assert re.search(r"brief\.html: \d+ lines", said.err)
    assert (tmp_path / "brief.html").read_text("utf-8").startswith("<!doctype html>")


def test_doctor_finds_everything_in_place(reader, filled):
    found = json.loads(reader("doctor", "--json").out)
    assert found["ok"] is True
    assert {model["state"] for model in found["models"]} == {"verified"}
    assert found["database"]["state"] == "reachable"
    assert found["settings"]["home"] == {"value": str(filled.settings.home), "from": "environment"}
    assert {"entente", "python", "spacy", "prefect"} <= set(found["versions"])
    assert "Everything is in place." in reader("doctor").out


def test_doctor_tells_of_a_database_that_is_not_there(entente, monkeypatch):
    monkeypatch.setenv("ENTENTE_DATABASE_URL", "postgresql://me:secret@127.0.0.1:9/x")
    said = entente("doctor")
    assert said.code == 4
    assert "unreachable" in said.out
    assert "secret" not in said.out + said.err


def test_db_starts_and_stops_the_embedded_server(entente):
    started = json.loads(entente("db", "start", "--json").out)
    assert started["running"]
    assert entente("db", "url").out.strip() == started["url"]
    assert entente("db", "migrate").out == "the tables are up to date\n"
    assert entente("db", "stop").out == "stopped\n"
    assert entente("db", "stop").out == "no server was running\n"


@pytest.mark.parametrize("command", ["start", "stop"])
def test_db_leaves_a_foreign_server_alone(entente, monkeypatch, command):
    monkeypatch.setenv("ENTENTE_DATABASE_URL", "postgresql://there/x")
    said = entente("db", command)
    assert said.code == 2
    assert "ENTENTE_DATABASE_URL" in said.err
    assert entente("db", "url").out == "postgresql://there/x\n"
