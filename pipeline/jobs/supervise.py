"""Several programs as one: started in their order, started again where one dies, stopped together.

A child is told to end when its parent is gone, also where that was killed, by a wish that Linux keeps for it. What it has
started itself bears its session, and goes with it.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from pipeline.errors import EntenteError
from pipeline.logs import get_logger

_LOGGER = get_logger(__name__)
_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>

# Seconds between two starts of one that dies: the first at once, since most deaths are accidents.
_PAUSES = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0)
_WELL = 120.0  # seconds after which one that has lived is taken to be well again
# Prefect's server takes 10 to 20 s to start on a quiet machine, over three minutes on one where twelve others want the CPU.
_PATIENCE = 600.0
_FAREWELL = 20.0  # seconds: a flow run that is told to end writes down that it was
_LOOK_EVERY = 0.5
# Seconds between two questions whether a program is well, and for how long it may say that it is not: Prefect's server may
# be locked for two minutes after kills around it, and once was for twenty, until it was killed itself.
_ASK_EVERY = 60.0
_STUCK = 300.0


@dataclass(frozen=True, kw_only=True)
class Program:
    """What is to run."""

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str]
    is_ready: Callable[[], bool] = lambda: True  #: asked until it says so; what comes after it waits
    is_well: Callable[[], bool] = lambda: True  #: asked once a minute; it is killed where it says no for five


@dataclass(kw_only=True)
class _Child:
    program: Program
    process: "subprocess.Popen[bytes] | None" = None
    sessions: list[int] = field(default_factory=list)
    started: float = 0.0
    deaths: int = 0
    next_start: float = 0.0
    last_well: float = 0.0
    next_question: float = 0.0


class Supervisor:
    """Programs while they run: a context manager.

    Example::

        with Supervisor([server, runner, page]) as supervisor:
            supervisor.run()  # until SIGINT or SIGTERM
    """

    def __init__(self, programs: Sequence[Program], *, on_look: Callable[[], None] = lambda: None) -> None:
        """Begin with nothing.

        Args:
            programs: in the order in which they are started; they are stopped in the opposite one.
            on_look: called twice a second, to look after what is no program.
        """
        self._children = [_Child(program=program) for program in programs]
        self._on_look = on_look
        self._is_ending = False

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)
        return self

    def __exit__(self, *_: object) -> None:
        for child in reversed(self._children):
            _stop(child)

    def run(self) -> None:
        """Start all, and keep them running until this process is told to end.

        Raises:
            EntenteError: one of them is not ready for minutes after its first start.
        """
        for child in self._children:
            self._start(child)
            self._wait(child)
        while not self._is_ending:
            self._look()
            time.sleep(_LOOK_EVERY)

    def _end(self, number: int, _: FrameType | None) -> None:
        _LOGGER.info("ending", signal=signal.Signals(number).name)
        self._is_ending = True

    def _wait(self, child: _Child) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not (self._is_ending or child.program.is_ready()):
            if time.monotonic() > deadline:
                raise EntenteError(f"{child.program.name} is not ready after {_PATIENCE:.0f} s; see what it said above")
            self._look()
            time.sleep(_LOOK_EVERY)

    def _look(self) -> None:
        self._on_look()
        for child in self._children:
            if child.process is not None and child.process.poll() is not None:
                self._bury(child, child.process.returncode)
            if child.process is None and child.sessions and time.monotonic() >= child.next_start:
                self._start(child)
            if child.process is not None and time.monotonic() >= child.next_question:
                self._ask(child)

    def _start(self, child: _Child) -> None:
        if self._is_ending:
            return
        program = child.program
        # A session of its own: Ctrl-C is for us alone, and what it starts can be found again.
        child.process = subprocess.Popen(  # noqa: S603 -- our own programs
            list(program.argv),
            env=dict(program.environment),
            start_new_session=True,
            preexec_fn=_follow_parent,  # noqa: PLW1509 -- it is unsafe beside threads, and there are none here
        )
        child.sessions.append(child.process.pid)
        child.started = child.last_well = time.monotonic()
        child.next_question = child.started + _ASK_EVERY
        _LOGGER.info("started", program=program.name, pid=child.process.pid)

    def _ask(self, child: _Child) -> None:
        """Ask whether it is well; one that has not been for minutes is killed, and started again as any that dies."""
        is_well = child.program.is_well()
        now = time.monotonic()
        child.next_question = now + _ASK_EVERY
        if is_well:
            child.last_well = now
        elif now - child.last_well >= _STUCK and child.process is not None:
            _LOGGER.warning("stuck; it is killed", program=child.program.name, seconds=round(now - child.last_well))
            child.process.kill()

    def _bury(self, child: _Child, code: int) -> None:
        now = time.monotonic()
        child.deaths = 0 if now - child.started > _WELL else child.deaths + 1
        pause = _PAUSES[min(child.deaths, len(_PAUSES) - 1)]
        child.process, child.next_start = None, now + pause
        if not self._is_ending:
            _LOGGER.warning("died; it is started again", program=child.program.name, code=code, pause=pause)


def find_members(session: int) -> list[int]:
    """The processes of a session, by the system's list of all; none where it has no such list."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, of_session, *_ = path.read_text().rpartition(")")[2].split()
            if state != "Z" and int(of_session) == session:
                found.append(int(path.parent.name))
    return found


def _stop(child: _Child) -> None:
    """Ask it to end, then make it, and all that it or one before it has started."""
    if child.process is not None and child.process.poll() is None:
        child.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(_FAREWELL)
    for session in child.sessions:
        for pid in find_members(session):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    if child.process is not None:
        child.process.wait()
        _LOGGER.info("ended", program=child.program.name)


def _follow_parent() -> None:
    """Run in the child before its program: end when the parent does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
