"""Where a link may lead: pages of ours that there are, and the web; nothing else that an article names."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.routing import NoMatchFound


def find_web_address(*addresses: str | None) -> str | None:
    """The first of these that a browser may open: http or https; what a ``javascript:`` link says is shown as text.

    Example: ``("javascript:alert(1)", "https://a.example/1")`` → ``"https://a.example/1"``.
    """
    return next((each for each in addresses if each and _is_web(each)), None)


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
