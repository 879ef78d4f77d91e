"""Which proxy stands between us and a host, if any."""

import ipaddress
import re

import httpx

from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.sources.hosts import is_local_name
from pipeline.sources.urls import printable


def find_proxy(url: httpx.URL, settings: Settings) -> str | None:
    """The proxy's address for a URL, or None where the host is asked directly.

    ``https_proxy`` and ``http_proxy`` by scheme; ``no_proxy`` names hosts that need none. This machine itself
    (``localhost``, ``127.0.0.1``) is never asked through a proxy: it would be another machine there.

    Raises:
        InputError: the proxy is of another kind than http and https.
    """
    proxy = settings.https_proxy if url.scheme == "https" else settings.http_proxy
    if proxy is None or is_loopback(url.host) or any(is_exempt(url.host, entry) for entry in settings.no_proxy):
        return None
    if not re.match(r"^https?://[^\s/?#]+/?$", proxy):  # SOCKS would need one more package
        name = f"ENTENTE_{url.scheme.upper()}_PROXY"
        raise InputError(f"{name}: {printable(proxy)} is no http or https proxy; write http://host:port, or unset it")
    return proxy


def is_exempt(host: str, entry: str) -> bool:
    """Whether a word of ``no_proxy`` covers a host.

    ``corp.example`` and ``.corp.example`` cover the name and all below it, ``10.0.0.0/8`` numeric addresses, ``*`` all.
    """
    if entry == "*":
        return True
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry, strict=False)
    except ValueError:  # one of the two is a name
        name = entry.removeprefix("*").lstrip(".")
        return bool(name) and (host == name or host.endswith("." + name))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name or number."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return is_local_name(host) and host.rstrip(".").endswith("localhost")
