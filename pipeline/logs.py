"""Structured logging: one line an event, on standard error, as text for people or JSON for machines."""

import logging
import sys

import structlog


def configure_logs(*, level: str = "WARNING", as_json: bool = False) -> None:
    """Send every log line of ours and of our libraries to standard error.

    Args:
        level: the lowest level shown, a name of :mod:`logging`.
        as_json: one JSON object a line, for a log collector; text otherwise.
    """
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,  # tests and the command line set the level after import
    )


def get_logger(name: str) -> structlog.typing.FilteringBoundLogger:
    """A logger whose lines carry the module's name; bind article and run ids to it."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(module=name)
    return logger
