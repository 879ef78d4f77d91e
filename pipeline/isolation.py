"""A worker process with limits of time and memory: where parsers meet bytes that nobody has looked at.

A feed of 200,000 nested tags keeps a parser busy for minutes, a small PDF or zip can ask for gigabytes, and a damaged
file can crash a library written in C. In a worker that costs one article; the worker is killed and the next call gets
a fresh one. Workers that did well are kept, so a call costs a millisecond, not the start of a Python.
"""

import atexit
import io
import math
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_MEGABYTE = 1024 * 1024
_OUT_OF_MEMORY = 77  # the exit code of a worker that met its limit; no other code of Python or a shell

# Seconds for the interpreter and the parser's imports: they take 1 s here, ten times that on a busy machine.
_START = 60.0

# A worker whose memory has grown to this share of its limit is not used again: the next call would start with less.
_WORN = 0.5

# The worker sees nothing else of the environment: there may be passwords in it.
_ENVIRONMENT = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


class IsolationError(Exception):
    """The call was stopped or took its worker down; it says by what: ``takes longer than 20 s``."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one call may use.

    Attributes:
        seconds: of wall-clock time, without the worker's start.
        memory: bytes of data, the interpreter and its libraries included; kept on Linux only, macOS has no such limit.
    """

    seconds: float = 20.0
    memory: int = 256 * _MEGABYTE


def call_isolated(limits: Limits, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """What a function returns, called in a worker process: ``call_isolated(Limits(), parse_feed, body)``.

    Safe to call from several threads; each call has a worker to itself.

    Args:
        limits: what the call may use.
        function: any at the top of a module; what it expects to go wrong it says with a :class:`ValueError`.
        args: anything that can be pickled, as keyword arguments can.
        kwargs: likewise.

    Returns:
        The function's result: plain data, or objects of this package's own classes.

    Raises:
        ValueError: the function's own, with its class and words.
        IsolationError: too long, too much memory, or any other error or crash in the worker.
    """
    request = pickle.dumps((limits.seconds, function, args, kwargs))
    worker = _take(limits.memory)
    try:
        is_error, is_worn, result = worker.call(request, seconds=limits.seconds)
    except BaseException:  # an interruption from the keyboard too: the worker is in the middle of something
        worker.kill()
        raise
    if is_worn:
        worker.kill()
    else:
        _put_back(worker)
    if is_error:
        raise result
    return result  # type: ignore[no-any-return]  # what comes through a pipe has no type; the function says which


class _Worker:
    """One process, started when it is made and ended by :meth:`kill`."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self._connection, theirs = Pipe()
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 -- kill closes it
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 -- this very interpreter
                # -P: without it "-m" looks for modules in the working directory first, so that a file lxml.py in a folder of
                # downloads would run.
                [sys.executable, "-P", "-m", "pipeline.isolation", str(theirs.fileno()), str(memory)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._complaints,
                env=environment,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C at the terminal is ours to hear
            )

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def call(self, request: bytes, *, seconds: float) -> tuple[bool, bool, Any]:
        """Whether the function raised, whether the worker is worn, and the function's error or result."""
        try:
            self._connection.send_bytes(request)
            # A first, empty answer says that all is imported: from then on the time counts.
            if not self._connection.poll(_START) or self._connection.recv_bytes():
                raise IsolationError(f"keeps its worker from starting within {_START:g} s")
            if not self._connection.poll(seconds):
                raise IsolationError(f"takes longer than {seconds:g} s")
            answer: tuple[bool, bool, Any] = _Answers(io.BytesIO(self._connection.recv_bytes())).load()
        except (EOFError, OSError) as error:
            raise IsolationError(self._explain_end()) from error
        return answer

    def kill(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.wait()
        self._complaints.close()

    def _explain_end(self) -> str:
        code = self._process.wait(timeout=5)
        self._complaints.seek(0)
        last = self._complaints.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        if code == _OUT_OF_MEMORY or "MemoryError" in last or "bad_alloc" in last:
            return f"needs more than {self.memory // _MEGABYTE:,} MB of memory"
        if code < 0:
            # C libraries end so on a damaged file, and also where memory is refused to them.
            return f"crashes its parser ({signal.Signals(-code).name})"
        return f"breaks its parser ({last or f'exit code {code}'})"


class _Answers(pickle.Unpickler):
    """Reads what a worker says: a parser that was taken over must not take us over.

    Pickles can name any function; only our own classes, exceptions and dates are let through. A name with a dot leads
    through a module to whatever that has imported: ``datetime`` ``sys.modules.get``.
    """

    def find_class(self, module: str, name: str) -> object:
        is_date = module == "datetime" and name in {"date", "datetime", "time", "timedelta", "timezone"}
        if "." not in name and (is_date or module == "builtins" or module.startswith("pipeline.")):
            found: object = super().find_class(module, name)
            is_ours = isinstance(found, type) and found.__module__.startswith("pipeline.")
            is_error = isinstance(found, type) and issubclass(found, Exception)
            if is_ours or is_error or is_date:
                return found
        raise IsolationError(f"makes its parser answer with {module}.{name}, which is no plain data")


_IDLE: list[_Worker] = []
_LOCK = threading.Lock()


def _take(memory: int) -> _Worker:
    with _LOCK:
        for worker in [worker for worker in _IDLE if worker.memory == memory]:
            _IDLE.remove(worker)
            if worker.is_alive():
                return worker
            worker.kill()
    return _Worker(memory)


def _put_back(worker: _Worker) -> None:
    with _LOCK:
        _IDLE.append(worker)


@atexit.register
def end_workers() -> None:
    """End all idle workers; the interpreter does so at its end, tests may before."""
    with _LOCK:
        while _IDLE:
            _IDLE.pop().kill()


# A forked child has its parent's list, but the workers answer to the parent alone.
os.register_at_fork(after_in_child=_IDLE.clear)


def serve(connection: Connection, memory: int) -> None:
    """The worker's side: answer calls until the other end is closed.

    Any error but a ValueError is left to end the process: what it was in the middle of cannot be trusted any more.

    Args:
        connection: to the process that asks.
        memory: bytes of data this process may have.
    """
    if sys.platform == "linux":  # elsewhere the limit is refused or without effect
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            seconds, function, args, kwargs = pickle.loads(connection.recv_bytes())  # noqa: S301 -- from our parent
        except EOFError:
            return
        _limit_cpu(seconds)
        connection.send_bytes(b"")
        try:
            is_error, result = False, function(*args, **kwargs)
        except ValueError as error:
            is_error, result = True, error
        connection.send_bytes(pickle.dumps((is_error, _memory_used() > _WORN * memory, result)))


def _limit_cpu(seconds: float) -> None:
    """So that a worker whose parent is gone ends by itself."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    # Twice the time: parsers may use two threads, and the parent's clock is the one that decides.
    resource.setrlimit(
        resource.RLIMIT_CPU, (math.ceil(used.ru_utime + used.ru_stime + 2 * seconds) + 1, resource.RLIM_INFINITY)
    )


def _memory_used() -> int:
    """Bytes of data as the limit counts them; 0 where there is no limit."""
    if sys.platform != "linux":
        return 0
    # Not ru_maxrss: it begins with what the parent had when it started us.
    return int(Path("/proc/self/statm").read_text("ascii").split()[5]) * resource.getpagesize()


if __name__ == "__main__":
    try:
        serve(Connection(int(sys.argv[1])), int(sys.argv[2]))
    except MemoryError:
        sys.exit(_OUT_OF_MEMORY)
