"""The further addresses of an article: where it was redirected to, and what its page names as its own.

Reading knows what a page says, sources knows what an address is; the two are strangers, so this stands here.
"""

from collections.abc import Iterable

import httpx

from pipeline.errors import RefusedError
from pipeline.records import Article, RawArticle
from pipeline.sources.urls import find_key, is_url


def add_aliases(article: Article, raw: RawArticle) -> Article:
    """The article with the addresses that lead to it beside its own.

    These are the addresses that redirects led through, the one that a person gave (a saved page's ``url``), and the one
    that its page names (``rel=canonical``, ``og:url``) where that is on the same host: ``www.example.org`` may speak
    for ``example.org``, nobody for another host. A host's root (``https://example.org/``) is no article's address: dead
    articles are redirected there, and careless pages name it.

    Args:
        article: as it was read.
        raw: what it was read from.
    """
    said = [*raw.aliases, *_own_addresses(article, raw)]
    aliases = dict.fromkeys(alias for alias in _canonical(said) if alias != article.address and not _is_root(alias))
    return article.model_copy(update={"aliases": tuple(aliases)})


def _own_addresses(article: Article, raw: RawArticle) -> list[str]:
    if article.url is None:
        return []
    is_given = "url" in raw.given
    is_same_host = is_url(raw.address) and any(
        _host(article.url) == _host(address) for address in (raw.address, *raw.aliases)
    )
    return [article.url] if is_given or is_same_host else []


def _canonical(addresses: Iterable[str]) -> list[str]:
    found = []
    for address in addresses:
        try:
            found.append(find_key(address))
        except RefusedError:  # whatever a page calls its address
            continue
    return found


def _host(address: str) -> str:
    try:
        return httpx.URL(address).host.removeprefix("www.")
    except (httpx.InvalidURL, UnicodeError, ValueError):
        return ""


def _is_root(address: str) -> bool:
    url = httpx.URL(address)
    return url.path in {"", "/"} and not url.query
