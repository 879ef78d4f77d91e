"""Workers are real processes; the functions called are Python's own, which any worker can import."""

import io
import os
import pydoc
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from pipeline.isolation import IsolationError, Limits, _Answers, call_isolated, end_workers
from pipeline.reading.html import read_html
from pipeline.reading.metadata import Metadata, clean_line, merge_metadata

_QUICK = Limits(seconds=0.5)


@pytest.fixture(autouse=True)
def fresh_workers():
    end_workers()
    yield
    end_workers()


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "pipeline.isolation" in child.cmdline()]


@pytest.mark.parametrize(
    ("function", "arguments", "result"),
    [
        (clean_line, ("a &amp; b",), "a & b"),
        (sorted, ([3, 1, 2],), [1, 2, 3]),
        (bytes.upper, (b"x" * 1_000_000,), b"X" * 1_000_000),
        (merge_metadata, ([Metadata(title="A", published="2025-07")],), Metadata(title="A", published="2025-07")),
    ],
)
def test_a_call_gives_what_the_function_gives(function, arguments, result):
    assert call_isolated(Limits(), function, *arguments) == result


def test_it_runs_in_another_process_that_is_kept_for_the_next_call():
    first = call_isolated(Limits(), os.getpid)

    assert first != os.getpid()
    assert call_isolated(Limits(), os.getpid) == first


def test_a_value_error_is_the_callers_and_the_worker_lives():
    first = call_isolated(Limits(), os.getpid)

    with pytest.raises(ValueError, match="invalid literal"):
        call_isolated(Limits(), int, "x")

    assert call_isolated(Limits(), os.getpid) == first


@pytest.mark.parametrize(
    ("function", "arguments", "reason"),
    [
        (time.sleep, (60,), r"takes longer than 0\.5 s"),
        (bytearray, (10**9,), "needs more than 256 MB of memory"),
        (os.abort, (), r"crashes its parser \(SIGABRT\)"),
        (len, (3,), r"breaks its parser \(TypeError: object of type 'int' has no len\(\)\)"),
        (os._exit, (4,), r"breaks its parser \(exit code 4\)"),
    ],
    ids=["time", "memory", "crash", "error", "exit"],
)
def test_what_goes_wrong_is_told_and_the_next_call_is_well(function, arguments, reason):
    with pytest.raises(IsolationError, match=reason):
        call_isolated(_QUICK, function, *arguments)

    assert call_isolated(Limits(), abs, -1) == 1


def test_the_time_is_kept_to_and_nothing_is_left_running():
    call_isolated(_QUICK, abs, -1)
    start = time.monotonic()

    with pytest.raises(IsolationError):
        call_isolated(_QUICK, time.sleep, 60)

    assert time.monotonic() - start < 3
    assert children() == []


def test_the_worker_sees_no_passwords(monkeypatch):
    monkeypatch.setenv("ENTENTE_DATABASE_URL", "postgresql://user:secret@host/name")

    assert call_isolated(Limits(), os.getenv, "ENTENTE_DATABASE_URL") is None


def test_an_answer_that_is_no_plain_data_is_refused():
    with pytest.raises(IsolationError, match="no plain data"):
        call_isolated(Limits(), pydoc.locate, "os.system")


@pytest.mark.parametrize(
    ("module", "name"), [("datetime", "sys.modules.get"), ("datetime", "sys"), ("builtins", "eval")]
)
def test_an_answer_cannot_reach_through_a_module(module, name):
    def short(text: str) -> bytes:
        return b"\x8c" + bytes([len(text)]) + text.encode()

    with pytest.raises(IsolationError, match="no plain data"):
        _Answers(io.BytesIO(b"\x80\x04" + short(module) + short(name) + b"\x93.")).load()


def test_modules_in_the_working_directory_are_not_run(tmp_path, monkeypatch):
    (tmp_path / "lxml.py").write_text("raise SystemExit('the download ran')", "utf-8")
    monkeypatch.chdir(tmp_path)

    assert call_isolated(Limits(), read_html, "<p>Norway and Iceland signed a treaty on fish.").text


def test_a_worker_that_has_grown_is_replaced():
    first = call_isolated(Limits(), os.getpid)

    for number in range(20):  # 200 MB in all, of the 256 that one worker may have
        call_isolated(Limits(), os.putenv, f"ENTENTE_TEST_{number}", "x" * 10_000_000)

    assert call_isolated(Limits(), os.getpid) != first


def test_a_worker_that_died_in_the_meantime_is_replaced():
    first = call_isolated(Limits(), os.getpid)
    os.kill(first, signal.SIGKILL)
    psutil.Process(first).wait(5)

    assert call_isolated(Limits(), os.getpid) != first


def test_threads_have_a_worker_each():
    gate = threading.Barrier(4)

    def call(number):
        gate.wait()
        return call_isolated(Limits(), sum, [number, 1]), call_isolated(Limits(), time.sleep, 0.5)

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(call, range(4)))

    assert results == [(1, None), (2, None), (3, None), (4, None)]
    assert 2 <= len(children()) <= 4
