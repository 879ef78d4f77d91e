"""One line in the log for each request: who asked for what, what they got, how long it took. No query, form or cookie."""

import secrets
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.logs import get_logger

_log = get_logger(__name__)


class RequestLog:
    """Numbers requests and logs them; the number is in the answer (``X-Request-Id``) and on error pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = perf_counter(), 500
        state = scope.setdefault("state", {})
        state["request_id"] = secrets.token_hex(4)

        async def send_numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", state["request_id"].encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_numbered)
        finally:
            visitor = state.get("visitor")
            _log.info(
                "request",
                id=state["request_id"],
                method=scope["method"],
                path=scope["path"],
                status=status,
                ms=round((perf_counter() - started) * 1000, 1),
                who=visitor.name if visitor else None,
                address=scope["client"][0] if scope.get("client") else None,
            )
