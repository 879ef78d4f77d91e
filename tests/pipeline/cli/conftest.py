"""The command line in this process, and on a terminal of a chosen width."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from typing import NamedTuple

import pytest

from pipeline.cli.app import run_command
from pipeline.store.embedded import stop_server


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def clean(monkeypatch):
    """No setting of the person who runs the tests."""
    for name in [name for name in os.environ if name.startswith(("ENTENTE_", "PREFECT_API_URL", "COLUMNS"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def entente(clean, monkeypatch, tmp_path, capsys):
    """Call as ``entente("register", "--json")``; the data directory is one of its own, without a database yet."""
    monkeypatch.setenv("ENTENTE_HOME", str(tmp_path / "home"))

    def run(*args):
        code = run_command([str(arg) for arg in args])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run


@pytest.fixture
def reader(entente, monkeypatch, filled):
    """The same on the store with invented records, for commands that only read."""
    monkeypatch.setenv("ENTENTE_HOME", str(filled.settings.home))
    return entente


@pytest.fixture
def on_terminal(reader):
    """Call as ``on_terminal(80, "register")``; gives what stands on a terminal so wide, without colours."""

    def run(width, *args):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
        command = [sys.executable, "-c", "from pipeline.cli import main; main()", *args]
        environment = os.environ | {"TERM": "xterm-256color"}
        with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment):
            os.close(theirs)
            said = _read_all(ours)
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", said.decode()).replace("\r\n", "\n")

    return run


def _read_all(descriptor):
    said = b""
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # the other side of a terminal closes so
            piece = b""
        if not piece:
            os.close(descriptor)
            return said
        said += piece


@pytest.fixture(scope="module")
def empty_directory(tmp_path_factory):
    """One data directory without records for the tests of a module: starting a server for each would cost a second."""
    home = tmp_path_factory.mktemp("empty") / "home"
    yield home
    stop_server(home)


@pytest.fixture
def empty_home(entente, empty_directory, monkeypatch):
    monkeypatch.setenv("ENTENTE_HOME", str(empty_directory))
