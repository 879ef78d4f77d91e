"""Telling our PostgreSQL from anything else that bears its old process id: nothing is signalled on a number alone."""

import itertools
import os
import signal
import subprocess
import time
from pathlib import Path

from pipeline.errors import StoreError

_PROC = Path("/proc")


def read_pid(lock_file: Path) -> int | None:
    """The process id in the first line of ``postmaster.pid`` or of a socket's lock file; None where there is none."""
    try:
        first = lock_file.read_text().partition("\n")[0].strip()
    except (FileNotFoundError, PermissionError):
        return None
    # PostgreSQL writes the id of a stand-alone backend (initdb) as a negative number.
    return abs(int(first)) if first.lstrip("-").isdigit() else None


def is_our_postgres(pid: int, data: Path) -> bool:
    """Whether that process is, now, a PostgreSQL server of that data directory, by its command line.

    A dead process that nobody has waited for (a zombie, common in containers) has no command line and is not ours.
    """
    if _PROC.exists():
        try:
            words = [os.fsdecode(word) for word in (_PROC / str(pid) / "cmdline").read_bytes().split(b"\0")]
        except OSError:
            return False
        return Path(words[0]).name == "postgres" and ("-D", str(data)) in itertools.pairwise(words)
    # No /proc: macOS and the BSDs.
    argv = ["/bin/ps", "-ww", "-p", str(pid), "-o", "command="]
    shown = subprocess.run(argv, capture_output=True, text=True, check=False)  # noqa: S603 -- a fixed program, a number
    line = shown.stdout.strip()
    return "/postgres " in line and f" -D {data} " in f"{line} "


def is_alive(pid: int) -> bool:
    """Whether any process, or zombie, bears that id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def drop_stale_lock(lock_file: Path, data: Path) -> None:
    """Remove a lock file whose process id now belongs to somebody else, or to a zombie.

    PostgreSQL itself replaces the lock file of a dead process, but takes any live one for a server and refuses to
    start. A second server on the same data is still impossible: it also checks its shared memory.
    """
    pid = read_pid(lock_file)
    if pid is not None and is_alive(pid) and not is_our_postgres(pid, data):
        lock_file.unlink(missing_ok=True)


def stop_postgres(pid: int, data: Path, *, patience: float = 30.0) -> None:
    """Stop our server: a fast shutdown, after ``patience`` seconds an immediate one (both lose nothing committed).

    Raises:
        StoreError: it is still there after that.
    """
    for number in (signal.SIGINT, signal.SIGQUIT):
        if is_our_postgres(pid, data):
            os.kill(pid, number)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not is_our_postgres(pid, data):
                return
            time.sleep(0.02)
    raise StoreError(
        f"PostgreSQL (process {pid}, {data}) does not stop; see its log beside its data, then stop it by hand."
    )


def find_start(pid: int) -> str | None:
    """When a process began, in a form that no other process of that number shares; None where the system does not say.

    Example, of Linux: "8b1f…e0:4711" (the boot, and the ticks since then).
    """
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        facts = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    # The second field is the program's name in brackets, which may hold anything; the start is the twenty-second.
    state, *fields = facts.rpartition(")")[2].split()
    return None if state == "Z" else f"{boot}:{fields[18]}"
