"""Finding out who asks."""

import getpass
from ipaddress import ip_address

from starlette.requests import Request

from pipeline.enumerations import Role
from pipeline.review.visitor import Visitor


def identify(request: Request) -> Visitor | None:
    """Who asks; None where nobody is signed in."""
    if not is_loopback(request.client.host if request.client else ""):
        return None
    return Visitor(name=getpass.getuser(), role=Role.ADMIN)


def is_loopback(address: str) -> bool:
    """Whether an address is that of this machine itself: ``127.0.0.1``, ``::1``."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
