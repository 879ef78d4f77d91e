"""When to ask again: how long to wait between attempts, and what a server's Retry-After means."""

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

_FIRST_WAIT = 0.5  # seconds: a connection that was reset by a restart or a full queue is mostly good again by then
_LONGEST_WAIT = 30.0
_MOST_RETRY_AFTER = 86_400.0  # a day: servers have asked for years

#: answers that say "not now", not "never"
PASSING = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


def is_passing(status: int) -> bool:
    """Whether a status may be another one soon: 408, 425, 429, and 5xx but for those that say "I cannot do this"."""
    return status in PASSING or status >= 520  # 520 to 530 are a large CDN's words for an origin that is down


def backoff(attempt: int) -> float:
    """Seconds to wait after an attempt (1 is the first): about .5, 1, 2, 4, …, at most 30.

    Half of it is chance, so that many clients that failed together do not come back together.
    """
    full = min(_FIRST_WAIT * 2.0 ** min(attempt - 1, 10), _LONGEST_WAIT)
    return full * random.uniform(0.5, 1.0)  # noqa: S311 -- nobody gains by guessing it


def read_retry_after(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks for: ``120``, or ``Fri, 12 Sep 2025 10:00:00 GMT``; at most a day.

    None where there is none or it cannot be read.
    """
    if not value or len(value) > 100:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), _MOST_RETRY_AFTER)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a year or an offset of twenty digits
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - datetime.now(UTC)).total_seconds(), 0.0), _MOST_RETRY_AFTER)
