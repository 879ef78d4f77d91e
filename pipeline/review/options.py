"""How the review page is served: what ``entente review`` was told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOptions:
    """How the review page is served."""

    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()  #: further host names that the page answers to
    trusted_proxies: tuple[str, ...] = ()  #: addresses or networks whose headers are believed
    proxy_header: str = "X-Remote-User"  #: in which a trusted proxy says who is signed in
