"""How the review page is served: what ``entente review`` was told."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from pipeline.enumerations import Role
from pipeline.errors import InputError

Network = IPv4Network | IPv6Network
#: Names under which a browser on this machine reaches it.
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOptions:
    """How the review page is served."""

    host: str = "127.0.0.1"
    port: int = 8765  #: 0: any that is free
    names: tuple[str, ...] = ()  #: further host names that the page answers to: ``register.example.org``
    proxies: tuple[Network, ...] = ()  #: whose forwarding headers are believed
    user_header: str | None = None  #: in which such a proxy says who is signed in; None: nobody is, that way
    newcomers: Role | None = None  #: the role of whom a proxy names and who has no account; None: they are refused
    certificate: str | None = None  #: files (PEM) to serve https with
    key: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether nobody but this machine can reach the page."""
        return is_loopback(self.host)

    @property
    def scheme(self) -> str:
        """``https`` where there is a certificate."""
        return "https" if self.certificate else "http"

    def answers_to(self, name: str) -> bool:
        """Whether a host name of a request is one of this page's.

        Addresses always are: a browser that was sent to an address has no other site's name for it, so a foreign site
        whose name leads here (DNS rebinding) cannot pass.
        """
        known = _LOCAL_NAMES | {self.host.lower()} | {each.lower() for each in self.names}
        return name.lower() in known or _is_address(name)


def is_loopback(host: str) -> bool:
    """Whether an address or name is that of this machine itself: ``127.0.0.1``, ``::1``, ``localhost``."""
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def read_networks(given: list[str]) -> tuple[Network, ...]:
    """Addresses and networks as they are written: ``10.0.0.7``, ``10.0.0.0/8``, ``fd00::/8``.

    Raises:
        InputError: one is neither.
    """
    try:
        return tuple(ip_network(each, strict=False) for each in given)
    except ValueError as error:
        raise InputError(f"--trusted-proxy: {error}; write an address (10.0.0.7) or a network (10.0.0.0/8)") from error


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
