"""Where a link may lead: pages of ours that there are, and the web; nothing else that an article names."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.routing import NoMatchFound


def find_web_address(*addresses: str | None) -> str | None:
    """The first of these that a browser may open: http or https; what a ``javascript:`` link says is shown as text.

    Example: ``("javascript:alert(1)", "https://a.example/1")`` → ``"https://a.example/1"``.
    """
    return next((each for each in addresses if each and _is_web(each)), None)


def find_pages(request: Request, leads: Mapping[str, tuple[str, str]], record_id: str) -> dict[str, str]:
    """What can be done with a record: addresses by what stands on the button, as far as there are such pages.

    Args:
        request: the page's.
        leads: by what stands on the button, the name of the route and of what in its path is the record's id.
        record_id: whole.
    """
    found = {title: find_page(request, name, **{key: record_id}) for title, (name, key) in leads.items()}
    return {title: address for title, address in found.items() if address}


def find_page(request: Request, name: str, **path: str) -> str | None:
    """The address of a page of ours by the name of its route; None where there is none of that name."""
    try:
        return str(request.app.url_path_for(name, **path))
    except NoMatchFound:
        return None


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:  # "https://[": a host that ends too early
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
