"""One line an event on standard error, for people or for machines."""

import json
import logging

import pytest
import structlog

from pipeline.logs import configure_logs, get_logger, log_about


@pytest.fixture(autouse=True)
def as_before():
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    # A flow that ran in this process left a handler of Prefect's, which writes each line a second time.
    root.handlers = []
    logging.getLogger("library").disabled = False
    yield
    structlog.configure(**before)
    root.handlers = handlers
    root.setLevel(level)


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


def test_where_nobody_configured_logs_neither(capsys: pytest.CaptureFixture[str]):
    structlog.reset_defaults()
    log_a_failure()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "RuntimeError: out of luck" in captured.err
    assert "the whole article" not in captured.err.replace('secret = "the whole article"', "")


def test_what_is_below_the_level_is_not_shown(capsys: pytest.CaptureFixture[str]):
    configure_logs(level="WARNING")
    get_logger("pipeline.jobs.ingest").info("fetched")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("as_json", [False, True])
def test_our_libraries_lines_are_shown_like_ours(capsys: pytest.CaptureFixture[str], as_json: bool):
    configure_logs(level="ERROR")
    configure_logs(level="info", as_json=as_json)  # the second call replaces the first
    logging.getLogger("library").info("found %d", 3)
    logging.getLogger("library").debug("not shown")
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "found 3" in line
    assert not as_json or json.loads(line)["level"] == "info"


def test_other_handlers_are_left_alone():
    other = logging.NullHandler()
    logging.getLogger().addHandler(other)
    configure_logs()
    assert other in logging.getLogger().handlers


def test_a_level_that_does_not_exist():
    with pytest.raises(KeyError):
        configure_logs(level="LOUD")


def test_lines_of_a_block_carry_its_ids(capsys: pytest.CaptureFixture[str]):
    configure_logs(level="INFO", as_json=True)
    with log_about(run="rn-1", raw="ra-2"):
        get_logger("a").info("read")
        logging.getLogger("library").info("also of it")
    get_logger("a").info("after it")
    read, library, after = map(json.loads, capsys.readouterr().err.splitlines())
    assert [(line.get("run"), line.get("raw")) for line in (read, library, after)] == [
        ("rn-1", "ra-2"),
        ("rn-1", "ra-2"),
        (None, None),
    ]
