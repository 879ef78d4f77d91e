"""What stands at the door: the settings, the store, and the line a user reads when something is wrong."""

import difflib
import os
import sys
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any

from pydantic import ValidationError

from pipeline.cli.print import hide_controls
from pipeline.errors import InputError
from pipeline.settings import Settings

PREFIX = "ENTENTE_"
_DEBUG: ContextVar[bool] = ContextVar("debug", default=False)


def set_debug(*, wanted: bool) -> None:
    """Whether to show tracebacks from here on (``--debug``)."""
    _DEBUG.set(wanted)


def is_debug() -> bool:
    """Whether tracebacks are wanted: ``--debug``, or ENTENTE_DEBUG set to anything but 0."""
    return _DEBUG.get() or os.environ.get("ENTENTE_DEBUG", "0") not in {"", "0"}


def complain(message: str) -> None:
    """One line on standard error: what is wrong, where, and what to do."""
    print("error:", hide_controls(" ".join(message.split())), file=sys.stderr)


def warn(message: str) -> None:
    """One line on standard error about something that did not stop us."""
    print("warning:", hide_controls(" ".join(message.split())), file=sys.stderr)


def load_settings() -> Settings:
    """The settings of this run, from the environment; also starts the logs.

    Raises:
        InputError: a variable cannot be used; its name and what it takes are in the message.
    """
    from pipeline.logs import configure_logs

    _warn_of_unknown()
    try:
        settings = Settings()
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False)
        raise InputError("; ".join(_say_invalid(dict(problem)) for problem in problems)) from error
    configure_logs(level=settings.log_level, as_json=settings.log_json)
    return settings


def open_store(settings: Settings | None = None) -> AbstractContextManager[Any]:
    """The store of the settings; what it yields is a :class:`pipeline.store.store.Store`.

    That class is not named in the signature, since importing it here would load SQLAlchemy for the help page.
    """
    from pipeline.store import store

    return store.open_store(settings or load_settings())


def _say_invalid(problem: dict[str, Any]) -> str:
    """``ENTENTE_FETCH_TIMEOUT: input should be greater than 0 (it is '-1')``; a URL may hold a password: no value."""
    name = PREFIX + str(problem["loc"][0]).upper().removeprefix(PREFIX)
    value = "" if "URL" in name or "PROXY" in name else f" (it is {problem['input']!r})"
    return f"{name}: {problem['msg'][:1].lower()}{problem['msg'][1:]}{value}; change or unset it"


def _warn_of_unknown() -> None:
    """A mistyped variable would otherwise do nothing, silently: a database at the wrong place, for one."""
    known = [PREFIX + field.upper() for field in Settings.model_fields] + ["ENTENTE_DEBUG"]
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.8)
            warn(f"{name} is no setting of Entente" + (f"; is {near[0]} meant?" if near else "; see entente doctor"))
