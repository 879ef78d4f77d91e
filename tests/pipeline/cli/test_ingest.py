import json
import re
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from pipeline.store.embedded import stop_server

TEXT = "Norway and Iceland signed the Bergen Treaty in Bergen on 12 March 2025.\n"


@pytest.fixture
def database(tmp_path):
    """Stops the embedded server that a command starts in the data directory of ``entente``."""
    yield
    stop_server(tmp_path / "home")


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "bergen.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_an_article_goes_in_once(entente, database, article):
    given = ("--published", "2025-03-13", "--publisher", "The Post", "--title", "Bergen")
    first = entente("ingest", article, *given)
    assert (first.code, first.out.split(".")[0]) == (0, "Articles: 1 new, 0 changed, 0 known")
    assert first.err == "Next: entente register, entente brief\n"
    second = json.loads(entente("ingest", article, *given, "--json").out)
    assert (second["new"], second["known"], second["failures"]) == (0, 1, [])
    (row,) = json.loads(entente("articles", "--json").out)
    assert (row["title"], row["published"], row["publisher"]) == ("Bergen", "2025-03-13", "The Post")
    (agreement,) = json.loads(entente("register", "--json").out)
    assert agreement["name"] == "Bergen Treaty"
    assert [run["kind"] for run in json.loads(entente("run", "list", "--json").out)] == ["ingest", "ingest"]


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(("empty.txt", b""), id="empty"),
        pytest.param(("binary.txt", b"\x00\x01\x02\xff" * 300), id="binary"),
        pytest.param(("long.txt", b"word " * 4_000_000), id="20 MB of text"),
        pytest.param(("table.xlsx", b"PK"), id="unknown extension"),
        pytest.param(("missing.txt", None), id="missing"),
    ],
)
def test_bad_input_is_one_line_and_the_others_go_in(entente, database, article, tmp_path, bad):
    name, body = bad
    path = tmp_path / name
    if body is not None:
        path.write_bytes(body)
    said = entente("ingest", path, article)
    assert said.code == 3
    assert "1 new" in said.out
    assert "1 failed" in said.out
    errors = [line for line in said.err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert name in errors[0]
    assert "Traceback" not in said.err
    (failure,) = json.loads(entente("quarantine", "list", "--json").out)
    assert failure["stage"] in {"fetch", "read"}
    assert name in failure["address"]


def test_a_folder_without_articles_is_said(entente, database, tmp_path):
    (tmp_path / "empty").mkdir()
    said = entente("ingest", tmp_path / "empty")
    assert said.code == 3
    assert re.search(r"^error: [^\n]*empty", said.err, re.MULTILINE)


def test_a_source_of_the_catalogue_says_who_published(entente, database, article, tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    article.rename(folder / "bergen.txt")
    catalog = tmp_path / "sources.toml"
    catalog.write_text(
        '[[source]]\nname = "post"\nkind = "folder"\npath = "in"\nauthority = "press"\npublisher = "The Post"\n'
    )
    monkeypatch.setenv("ENTENTE_SOURCES", str(catalog))
    assert entente("ingest", "--source", "post").code == 0
    assert [row["publisher"] for row in json.loads(entente("articles", "--json").out)] == ["The Post"]
    said = entente("ingest", "--source", "mail")
    assert said.code == 2
    assert "post" in said.err


def test_a_prefect_server_that_does_not_answer_is_a_warning(entente, database, article, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    said = entente("ingest", article)
    assert said.code == 0
    assert said.err.startswith("warning: no Prefect server answers at PREFECT_API_URL=http://127.0.0.1:9/api")
    assert "1 new" in said.out


@pytest.fixture
def server():
    """A server that answers every call with "here I am"."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/api/health" else 404)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/api"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("has_server", "asked", "tracked"),
    [(True, False, True), (True, True, True), (False, False, False), (False, True, True)],
)
def test_a_flow_run_where_a_server_is_configured_or_it_is_asked_for(
    clean, monkeypatch, server, has_server, asked, tracked
):
    from pipeline.cli.ingesting import is_tracked

    if has_server:
        monkeypatch.setenv("PREFECT_API_URL", server)
    assert is_tracked(asked=asked) is tracked


@pytest.mark.parametrize("option", ["--title", "--url"])
def test_what_a_flow_run_cannot_take_is_refused(entente, article, option):
    said = entente("ingest", "--flow", article, option, "https://a.example/x")
    assert said.code == 2
    assert option in said.err
    assert "meta.json" in said.err


def test_a_changed_model_is_code_5(entente, database, article, monkeypatch):
    monkeypatch.setenv("ENTENTE_SPACY_MODEL", "no_such_model")
    said = entente("ingest", article)
    assert said.code == 5
    assert re.fullmatch(r"error: [^\n]*no_such_model[^\n]*\n", said.err)
