"""Finding out who asks: by the session's cookie, by a trusted proxy's header, or as the user of this machine."""

import getpass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from pipeline.enumerations import Role
from pipeline.errors import InputError, NotFoundError
from pipeline.review.cookies import read_token
from pipeline.review.options import ReviewOptions, is_loopback
from pipeline.review.visitor import Visitor
from pipeline.store.accounts import has_accounts, load_account, make_account_name
from pipeline.store.audit import NewAct, note
from pipeline.store.sessions import find_signed_in
from pipeline.store.store import Store, now

_MOST_NOTED = 10_000  # names and addresses of a day that are remembered: some megabytes
# Left by proxies: who comes by one is not the user of this machine, though it is this machine that asks.
_TRACES = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def identify(request: Request) -> Visitor | None:
    """Who asks; None where nobody is signed in.

    Raises:
        HTTPException: 403, the proxy names somebody who has no account.
    """
    store: Store = request.app.state.store
    options: ReviewOptions = request.app.state.options
    named = _find_named(request, options)
    if named is not None:
        found = _load_named(store, named, options)
        _note_first(request, found.name)
        return found
    token = read_token(request)
    signed = find_signed_in(store, token) if token else None
    if signed is not None:
        return Visitor(name=signed.name, role=signed.role, session=signed.number)
    if is_at_this_machine(request) and not has_accounts(store):
        return Visitor(name=find_user(), role=Role.ADMIN)
    return None


def is_at_this_machine(request: Request) -> bool:
    """Whether the one who asks sits at this machine, as far as can be told: no proxy is trusted, and none left a trace."""
    options: ReviewOptions = request.app.state.options
    address = request.client.host if request.client else ""
    is_traced = any(name in request.headers for name in _TRACES)
    return options.is_local and not options.proxies and is_loopback(address) and not is_traced


def find_user() -> str:
    """The name of this machine's user, who is the one that decides where there are no accounts."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a number without a name, as in containers
        return "local"


def _find_named(request: Request, options: ReviewOptions) -> str | None:
    if options.user_header is None or not request.state.is_proxied:
        return None
    return request.headers.get(options.user_header) or None


def _note_first(request: Request, name: str) -> None:
    """Whom the proxy signs in stands in the audit too: once a day and address, since each request says it anew."""
    address = request.client.host if request.client else ""
    noted: set[tuple[str, str, str]] = request.app.state.noted
    key = (f"{now():%Y-%m-%d}", name, address)
    if key in noted:
        return
    if len(noted) >= _MOST_NOTED:
        noted.clear()
    noted.add(key)
    act = NewAct(who=name, what="sign-in", subject=name, address=address, detail={"by": "proxy"})
    note(request.app.state.store, act)


def _load_named(store: Store, named: str, options: ReviewOptions) -> Visitor:
    try:
        found = load_account(store, named)
    except NotFoundError as error:
        if options.newcomers is None:
            raise HTTPException(403, "You have no account here; an administrator can add one.") from error
        return Visitor(name=make_account_name(named), role=options.newcomers)
    except InputError as error:
        raise HTTPException(403, "The proxy names nobody who could have an account.") from error
    return Visitor(name=found.name, role=found.role)
