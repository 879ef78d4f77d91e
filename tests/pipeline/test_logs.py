"""One line an event on standard error, for people or for machines."""

import json

import pytest
import structlog

from pipeline.logs import configure_logs, get_logger


@pytest.fixture(autouse=True)
def as_before():
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def fail() -> None:
    secret = "the whole article"  # noqa: F841 -- a local variable that no log may show
    raise RuntimeError("out of luck")


def log_a_failure() -> None:
    try:
        fail()
    except RuntimeError:
        get_logger("pipeline.jobs.ingest").exception("article failed", address="/a.txt")


def test_lines_for_people(capsys: pytest.CaptureFixture[str]):
    configure_logs(level="INFO")
    get_logger("pipeline.jobs.ingest").info("fetched", address="/a.txt")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "fetched" in captured.err
    assert "/a.txt" in captured.err


def test_lines_for_machines(capsys: pytest.CaptureFixture[str]):
    configure_logs(level="INFO", as_json=True)
    log_a_failure()
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["address"], line["level"]) == ("article failed", "/a.txt", "error")
    assert line["module"] == "pipeline.jobs.ingest"
    assert "RuntimeError: out of luck" in line["exception"]


def test_a_traceback_shows_no_variables(capsys: pytest.CaptureFixture[str]):
    configure_logs()
    log_a_failure()
    shown = capsys.readouterr().err
    assert "RuntimeError: out of luck" in shown
    assert "the whole article" not in shown.replace('secret = "the whole article"', "")


def test_what_is_below_the_level_is_not_shown(capsys: pytest.CaptureFixture[str]):
    configure_logs(level="WARNING")
    get_logger("pipeline.jobs.ingest").info("fetched")
    assert capsys.readouterr().err == ""
