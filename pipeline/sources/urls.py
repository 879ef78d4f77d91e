"""Addresses on the web: what is one, its canonical form, and how it is shown in a message."""

import re

import httpx

from pipeline.errors import RefusedError

SCHEMES = ("http", "https")
PUBLIC_PORTS = (80, 443)  #: a page for the public is served here; other ports are consoles and databases

# Parameters that say how a reader came to the page, not which page it is: campaigns (Google Analytics, Matomo, AT Internet and
# others), clicks (Facebook, Google, Microsoft, X, TikTok, LinkedIn, Yandex), letters (Mailchimp, HubSpot, Marketo, Vero).
_TRACKING = re.compile(
    r"^(utm_\w+|(mtm|pk|piwik|matomo)_\w+|at_(medium|campaign|custom\d|link\w*)|wt[._](mc|zmc)\w*|cmpid|ocid|xtor|ito|trk|"
    r"fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|_ga|_gl|"
    r"mc_cid|mc_eid|_hsenc|_hsmi|hsctatracking|mkt_tok|vero_id|vero_conv|oly_(enc|anon)_id)$",
    re.IGNORECASE,
)
# What names the visit, not the page; a server may need it for the visit, so it is dropped from the key alone.
_SESSION = re.compile(r"^(phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken)$", re.IGNORECASE)
_INDEX = re.compile(r"(?<=/)(index|default)\.(html?|php\d?|aspx?|jsp)$", re.IGNORECASE)
_BARE = re.compile(rb"[A-Za-z0-9_~-]")  # RFC 3986's unreserved ones, but for the dot, of which new ".." could be made
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
    """The canonical form of a web address: what differs only in spelling becomes the same.

    Scheme and host in lower case, international names in ASCII (``xn--…``), a dot after the host, default port and
    fragment dropped, ``.`` and ``..`` resolved, escapes in capitals and only where they are needed (``%7e`` is ``~``),
    tracking parameters (``utm_*``, ``fbclid``, ``gclid`` and their like) dropped:
    ``HTTPS://Example.org:443/a?id=1&utm_source=x#top`` -> ``https://example.org/a?id=1``. It may be fetched in place of
    what was given: RFC 3986 calls the two the same, but for the tracking, which a page does not need.

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
    path, _, query = _mend_escapes(url.raw_path).partition("?")
    bare = url.copy_with(host=host, fragment=None, raw_path=_join(path, query, without=_TRACKING))
    return str(bare)


def find_key(address: str) -> str:
    """What a web address is known by: its canonical form, without what names the visit or the folder's own page.

    ``https://example.org/news/index.html;jsessionid=1?PHPSESSID=2&id=3`` -> ``https://example.org/news/?id=3``. It need not
    be fetchable: a server may have ``/news/index.html`` and nothing at ``/news/``.

    Raises:
        RefusedError: as :func:`normalise_url`.
    """
    url = httpx.URL(normalise_url(address))
    path, _, query = url.raw_path.decode("ascii").partition("?")
    path = _INDEX.sub("", re.sub(r";jsessionid=[^/]*$", "", path, flags=re.IGNORECASE))
    return str(url.copy_with(raw_path=_join(path, query, without=_SESSION)))


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


def _mend_escapes(raw_path: bytes) -> str:
    """Escapes of RFC 3986: two hexadecimal digits in capitals, and none for what may stand bare."""

    def mend(escape: re.Match[bytes]) -> bytes:
        byte = bytes([int(escape[1], 16)])
        return byte if _BARE.fullmatch(byte) else escape[0].upper()

    return re.sub(rb"%([0-9A-Fa-f]{2})", mend, raw_path).decode("ascii", "replace")


def _join(path: str, query: str, *, without: re.Pattern[str]) -> bytes:
    kept = "&".join(part for part in query.split("&") if not without.match(part.partition("=")[0]))
    return (path + ("?" + kept if kept else "")).encode()
