"""Whether a Prefect server is there, and whether it can do its work."""

import httpx

# A server near by answers within milliseconds; waiting longer would cost a small run more than tracking is worth.
_PATIENCE = 2.0
# A write waits for those before it; one that takes longer than this has met a lock that nobody gives back.
_WRITE_PATIENCE = 10.0
_VARIABLE = "entente_last_look"  # one row, written again each time


def is_answering(server: str) -> bool:
    """Whether a Prefect server answers at this address: ``http://127.0.0.1:4200/api``."""
    try:
        return httpx.get(server.rstrip("/") + "/health", timeout=_PATIENCE).is_success
    except (httpx.HTTPError, httpx.InvalidURL):
        return False


def can_write(server: str) -> bool:
    """Whether it can also write to its database: with a lock of its own it says that it is healthy, and can run nothing.

    A Prefect variable, ``entente_last_look``, is written.
    """
    variables = server.rstrip("/") + "/variables/"
    try:
        answer = httpx.patch(f"{variables}name/{_VARIABLE}", json={"value": True}, timeout=_WRITE_PATIENCE)
        if answer.status_code == httpx.codes.NOT_FOUND:
            answer = httpx.post(variables, json={"name": _VARIABLE, "value": True}, timeout=_WRITE_PATIENCE)
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
    return answer.is_success
