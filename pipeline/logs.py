"""Structured logging: one line an event, on standard error, as text for people or JSON for machines."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import structlog

_NAME = "entente"  #: of our handler, so that a second call replaces it and nobody else's


def configure_logs(*, level: str = "WARNING", as_json: bool = False) -> None:
    """Send every log line of ours and of our libraries to standard error.

    Args:
        level: the lowest level shown, a name of :mod:`logging` in any case.
        as_json: one JSON object a line, for a log collector; text otherwise.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    renderer = structlog.processors.JSONRenderer() if as_json else _make_console()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *([structlog.processors.format_exc_info] if as_json else []),
    ]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=_print_to_stderr,
        cache_logger_on_first_use=False,  # tests and the command line set the level after import
    )
    _configure_libraries(number, [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer], shared)


def _make_console() -> structlog.dev.ConsoleRenderer:
    # Plain tracebacks: rich ones print the values of local variables, and a database URL holds a password.
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)


def _configure_libraries(
    level: int, last: list[structlog.typing.Processor], first: list[structlog.typing.Processor]
) -> None:
    handler = _ToStderr()
    handler.set_name(_NAME)
    handler.setLevel(level)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=last, foreign_pre_chain=first))
    root = logging.getLogger()
    root.handlers = [*(old for old in root.handlers if old.name != _NAME), handler]
    root.setLevel(level)


class _ToStderr(logging.StreamHandler):  # type: ignore[type-arg]  # generic in type stubs only
    """Writes to what standard error is when the line is written: whoever redirects it later gets the later lines."""

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, value: TextIO) -> None:
        """The base class sets one; it is not kept."""


def _print_to_stderr(*_: object) -> structlog.PrintLogger:
    return structlog.PrintLogger(file=sys.stderr)


def get_logger(name: str) -> structlog.typing.FilteringBoundLogger:
    """A logger whose lines carry the module's name; bind article and run ids to it.

    Where nobody has configured structlog, as in a program that only imports us, warnings go to standard error and nothing else
    is said: its own default would print every line to standard output, and tracebacks with what the variables held.
    """
    if not structlog.is_configured():
        structlog.configure(
            processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, _make_console()],
            wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
            logger_factory=_print_to_stderr,
            cache_logger_on_first_use=False,
        )
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(module=name)
    return logger


@contextmanager
def log_about(**ids: str) -> Iterator[None]:
    """Let every line of the block carry these ids, ``run="rn-1", raw="ra-2"``."""
    with structlog.contextvars.bound_contextvars(**ids):
        yield
