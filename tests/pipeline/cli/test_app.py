import os
import re
import signal
import socket
import subprocess
import sys

import pytest

from pipeline.cli.app import run_command
from pipeline.store.embedded import stop_server

PROGRAM = [sys.executable, "-c", "from pipeline.cli import main; main()"]
COMMANDS = (
    *("ingest", "extract", "register", "claims", "entities", "themes", "articles", "show", "brief"),
    *("doctor", "schema", "quarantine", "run", "db", "evaluate", "corpus", "train"),
)


def test_help_imports_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *PROGRAM[1:], "--help"], capture_output=True, text=True, check=True
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    heavy = {"spacy", "torch", "sklearn", "prefect", "sqlalchemy", "sentence_transformers", "psycopg", "httpx", "numpy"}
    assert not {name.partition(".")[0] for name in imported} & heavy
    assert "rich" in {name.partition(".")[0] for name in imported}  # the measure itself works


def test_help_names_every_command_and_the_exit_codes(entente):
    said = entente("--help")
    assert said.code == 0
    assert all(re.search(rf"\b{command}\b", said.out) for command in COMMANDS)
    assert "Exit codes: 0 done" in " ".join(said.out.split())


def test_no_words_are_a_call_for_help(entente):
    assert entente().out == entente("--help").out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(entente, command):
    said = entente(command, "--help")
    assert said.code == 0
    assert f"Usage: entente {command}" in said.out


def test_version(entente):
    assert re.fullmatch(r"entente \d+\.\d+\.\d+\n", entente("--version").out)


@pytest.mark.parametrize(
    ("args", "names"),
    [
        (["regster"], ["regster", "register"]),
        (["register", "--knd", "treaty"], ["--knd", "--kind"]),
        (["register", "--kind", "pact"], ["pact", "treaty"]),
        (["register", "--limit", "0"], ["--limit", "1"]),
        (["register", "--limit", "many"], ["--limit", "integer"]),
        (["claims", "--type", "lie"], ["lie", "prediction"]),
        (["show"], ["ID"]),
        (["ingest"], ["PATH"]),
        (["schema", "treatise"], ["treatise", "extraction"]),
        (["brief", "--since", "yesterday"], ["--since", "yesterday", "2025-09-12"]),
        (["brief", "--since", "2025-02-30"], ["--since", "2025-02-30"]),
        (["brief", "--out", "brief.pdf"], ["brief.pdf", ".html"]),
        (["ingest", "a.txt", "b.txt", "--title", "One"], ["--title"]),
        (["ingest", ".", "--url", "https://a.example"], ["--url"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_mistake_is_one_clear_line(entente, args, names):
    said = entente(*args)
    assert said.code == 2
    assert said.out == ""
    assert re.fullmatch(r"error: [^\n]+\n", said.err)
    assert all(name in said.err for name in names)


@pytest.mark.parametrize(
    ("variable", "value", "names"),
    [
        ("ENTENTE_FETCH_TIMEOUT", "-1", ["greater than 0", "-1"]),
        ("ENTENTE_FETCH_TIMEOUT", "soon", ["number", "soon"]),
        ("ENTENTE_LOG_JSON", "perhaps", ["boolean", "perhaps"]),
        ("ENTENTE_LOG_LEVEL", "loud", ["WARNING"]),
    ],
)
def test_a_bad_setting_is_named(entente, monkeypatch, variable, value, names):
    monkeypatch.setenv(variable, value)
    said = entente("register")
    assert said.code == 2
    assert re.fullmatch(r"error: [^\n]+\n", said.err)
    assert all(name in said.err for name in [variable, *names])


def test_a_mistyped_setting_is_a_warning(reader, monkeypatch):
    monkeypatch.setenv("ENTENTE_DATABSE_URL", "postgresql://there")
    said = reader("articles")
    assert said.code == 0
    assert said.err == "warning: ENTENTE_DATABSE_URL is no setting of Entente; is ENTENTE_DATABASE_URL meant?\n"


@pytest.mark.parametrize(
    ("url", "names"),
    [("mysql://here", ["ENTENTE_DATABASE_URL"]), ("postgresql://me:secret@127.0.0.1:9/x", ["127.0.0.1"])],
)
def test_a_database_that_is_not_there_is_code_4_and_keeps_its_password(entente, monkeypatch, url, names):
    monkeypatch.setenv("ENTENTE_DATABASE_URL", url)
    said = entente("register")
    assert said.code == 4
    assert re.fullmatch(r"error: [^\n]+\n", said.err)
    assert all(name in said.err for name in names)
    assert "secret" not in said.err


@pytest.mark.parametrize("how", ["--debug", "ENTENTE_DEBUG"])
def test_a_traceback_is_shown_on_request(entente, monkeypatch, how):
    if how == "ENTENTE_DEBUG":
        monkeypatch.setenv(how, "1")
    said = entente(*(["--debug"] if how == "--debug" else []), "schema", "treatise")
    assert said.code == 2
    assert "Traceback" in said.err
    assert said.err.splitlines()[-1].startswith("error: ")


def test_nothing_is_left_of_debug(entente):
    entente("--debug", "schema", "treatise")
    assert "Traceback" not in entente("schema", "treatise").err


def test_interruption_is_code_130(clean, tmp_path):
    environment = os.environ | {"ENTENTE_HOME": str(tmp_path / "home"), "ENTENTE_FETCH_ALLOW_PRIVATE": "1"}
    with socket.create_server(("127.0.0.1", 0)) as server:  # one that takes the call and never answers
        # A background job hands on that SIGINT is ignored; a terminal does not.
        heeding = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {PROGRAM[-1]}"
        command = [*PROGRAM[:-1], heeding, "ingest", f"http://127.0.0.1:{server.getsockname()[1]}/slow"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
            server.settimeout(60)
            with server.accept()[0]:
                process.send_signal(signal.SIGINT)
                _, said = process.communicate(timeout=60)
    stop_server(tmp_path / "home")
    assert process.returncode == 130
    assert said.splitlines()[-1].startswith("error: interrupted")
    assert "Traceback" not in said


def test_codes_come_from_the_errors(entente):
    assert run_command(["schema"]) == 0
    assert run_command(["schema", "x"]) == 2
