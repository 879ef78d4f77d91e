"""Where a request really comes from, where a trusted proxy stands between: its headers are believed, nobody else's."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.review.options import Network, ReviewOptions


class Proxies:
    """Puts the visitor's own address and scheme into the request, and says whether a trusted proxy sent it."""

    def __init__(self, app: ASGIApp, options: ReviewOptions) -> None:
        self.app = app
        self.networks = options.proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            self._look_through(scope)
        await self.app(scope, receive, send)

    def _look_through(self, scope: Scope) -> None:
        peer = scope["client"][0] if scope.get("client") else ""
        is_proxied = is_within(peer, self.networks)
        scope.setdefault("state", {})["is_proxied"] = is_proxied
        if not is_proxied:
            return
        headers = Headers(scope=scope)
        scope["client"] = (find_origin(headers.getlist("x-forwarded-for"), peer, self.networks), 0)
        if headers.get("x-forwarded-proto", "").lower() in {"http", "https"}:
            scope["scheme"] = headers["x-forwarded-proto"].lower()


def find_origin(forwarded: list[str], peer: str, networks: tuple[Network, ...]) -> str:
    """Who asked the first trusted proxy: from the right, the first address that is no trusted proxy itself.

    What stands further left was written by that one, who may write anything. Example: ``1.2.3.4, 5.6.7.8, 10.0.0.1``
    from 10.0.0.2, where 10.0.0.0/8 is trusted, is ``5.6.7.8``.
    """
    for each in reversed([part.strip() for line in forwarded for part in line.split(",")]):
        if not is_within(each, networks):
            return each if _read(each) else peer
    return peer


def is_within(address: str, networks: tuple[Network, ...]) -> bool:
    """Whether an address lies in one of the networks; what is no address does not."""
    found = _read(address)
    return found is not None and any(found in network for network in networks)


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
