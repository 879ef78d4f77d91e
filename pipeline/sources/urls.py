"""Addresses on the web: what is one, its canonical form, and how it is shown in a message."""

import re

import httpx

from pipeline.errors import RefusedError

SCHEMES = ("http", "https")
PUBLIC_PORTS = (80, 443)  #: a page for the public is served here; other ports are consoles and databases

# Parameters that say how a reader came to the page, not which page it is.
_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid)$", re.IGNORECASE)
_HOST = re.compile(r"^([a-z0-9_-]+(\.[a-z0-9_-]+)*|[0-9a-f:.]+)$")  # a name or numbers in ASCII, or IPv6
_SHOWN = 200  # characters: an address that is longer fills the terminal and says no more


def is_url(address: str) -> bool:
    """Whether an input is meant as a web address: ``https://example.org/a``, but also ``file:///a`` (to be refused)."""
    return re.match(r"^[A-Za-z][A-Za-z0-9+.-]*://", address) is not None


def printable(text: str) -> str:
    """A foreign string made safe for a one-line message: control characters escaped, passwords hidden, cut short."""
    hidden = re.sub(r"(?<=://)[^/?#\s]*@", "…@", text)
    line = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in hidden)
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def normalise_url(address: str) -> str:
    """The canonical form of a web address, the key of an article: what differs only in spelling becomes the same.

    Scheme and host in lower case, international names in ASCII (``xn--…``), a dot after the host, default port and
    fragment dropped, tracking parameters (``utm_*``, ``fbclid``, ``gclid`` and their like) dropped:
    ``HTTPS://Example.org:443/a?id=1&utm_source=x#top`` -> ``https://example.org/a?id=1``.

    Raises:
        RefusedError: another scheme than http or https, no host, a user name or password, control characters.
    """
    shown = printable(address)
    url = _parse(address.strip(), shown)
    if url.scheme not in SCHEMES:
        raise RefusedError(
            f"{shown}: only http and https addresses are fetched; save the page and give the file",
            address=shown,
        )
    if url.userinfo:
        raise RefusedError(f"{shown}: carries a user name or password; give the address without it", address=shown)
    host = url.raw_host.decode("ascii").rstrip(".")
    if not _HOST.match(host) or not 0 < _port(url) < 65_536:
        raise RefusedError(f"{shown}: names no host that can be asked; write https://host/page", address=shown)
    bare = url.copy_with(host=host, fragment=None, raw_path=_without_tracking(url.raw_path))
    return str(bare)


def check_url(address: str, *, allow_private: bool) -> str:
    """The address as it may be fetched, canonical.

    Args:
        address: a web address, given by a user or by a redirect.
        allow_private: let any port pass (tests, intranets); hosts are checked when they are resolved.

    Raises:
        RefusedError: as :func:`normalise_url`, and for a port other than 80 and 443.
    """
    canonical = normalise_url(address)
    url = httpx.URL(canonical)
    if url.port is not None and url.port not in PUBLIC_PORTS and not allow_private:
        raise RefusedError(
            f"{printable(address)}: port {url.port} is not fetched from, only 80 and 443; "
            "set ENTENTE_FETCH_ALLOW_PRIVATE=true if you trust it",
            address=canonical,
        )
    return canonical


def _parse(address: str, shown: str) -> httpx.URL:
    # Clients disagree on what a backslash before the path means, and who is asked must not depend on that.
    if re.search(r"[\x00-\x1f\x7f\\]", re.split(r"[?#]", address, maxsplit=1)[0]):
        raise RefusedError(
            f"{shown}: has a backslash or a control character in it; write the plain address", address=shown
        )
    try:
        return httpx.URL(address)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise RefusedError(
            f"{shown}: is no web address ({printable(str(error))}); write https://host/page", address=shown
        ) from error


def _port(url: httpx.URL) -> int:
    return 80 if url.port is None else url.port  # either default will do: both are real ports


def _without_tracking(raw_path: bytes) -> bytes:
    path, _, query = raw_path.partition(b"?")
    parts = query.decode("ascii", "replace").split("&")
    kept = "&".join(part for part in parts if not _TRACKING.match(part.partition("=")[0]))
    return path + (b"?" + kept.encode() if kept else b"")
