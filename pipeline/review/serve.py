"""Serving the review page with uvicorn, until Ctrl-C or a signal; requests under way are answered first."""

import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import uvicorn

from pipeline.errors import InputError
from pipeline.review.app import create_app
from pipeline.review.options import ReviewOptions
from pipeline.settings import Settings
from pipeline.store.accounts import has_accounts
from pipeline.store.store import open_store

# A request takes less than a second, an export of everything some; who is still at it then is cut off.
_GRACE = 10
# Connections at once; browsers keep six each. What comes beyond is told to come again (503).
_MOST_CONNECTIONS = 500


def serve(settings: Settings, options: ReviewOptions, *, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to end.

    Args:
        settings: of the store.
        options: where to listen, and whom to believe.
        ready: called with the page's address once it can be opened, before the first request is answered.

    Raises:
        InputError: the port is taken, or others could reach the page while nobody has to sign in.
        StoreError: the database cannot be reached, started or upgraded.
    """
    _check_people(settings, options)
    app = create_app(settings, options)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,  # requests.py logs them, without queries
        server_header=False,
        proxy_headers=False,  # proxies.py believes only whom it was told to
        timeout_graceful_shutdown=_GRACE,
        limit_concurrency=_MOST_CONNECTIONS,
        ssl_certfile=options.certificate,
        ssl_keyfile=options.key,
    )
    _load(config)
    server = uvicorn.Server(config)
    with closing(_listen(options)) as listening, _heed_interrupts(server):
        ready(_find_url(options, listening))
        server.run(sockets=[listening])


@contextmanager
def _heed_interrupts(server: uvicorn.Server) -> Iterator[None]:
    """Let Ctrl-C end a server from now on, whenever it comes: what is under way is answered first.

    uvicorn heeds it once it runs. Before, it would be an exception wherever Python happens to be, and one within a callback of
    the interpreter's (the import system has some) is printed and lost: the server went on.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    before = signal.signal(signal.SIGINT, server.handle_exit)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _check_people(settings: Settings, options: ReviewOptions) -> None:
    with open_store(settings) as store:
        is_without = not has_accounts(store)
    if options.is_local:
        return
    if is_without and options.newcomers is None:
        raise InputError(
            f"--host {options.host}: without accounts the page is for this machine alone. Add one first: "
            "entente user add NAME --role admin"
        )
    if not options.certificate and not options.proxies:
        raise InputError(
            f"--host {options.host}: passwords would cross the network in the clear. Give --certificate and --key, or the "
            "--trusted-proxy that speaks https with the browsers"
        )


def _load(config: uvicorn.Config) -> None:
    """Read the certificate, which would fail with a traceback otherwise."""
    try:
        config.load()
    except (ssl.SSLError, OSError) as error:
        raise InputError(f"--certificate and --key cannot be used: {error}") from error


def _listen(options: ReviewOptions) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    try:
        listening = socket.create_server((options.host, options.port), family=family, backlog=128)
    except OSError as error:
        said = error.strerror or str(error)
        raise InputError(f"{options.host}, port {options.port}: {said}. --port 0 takes any that is free") from error
    # Connections inherit it. Without, each answer waits 40 ms for the browser's acknowledgement of its head; asyncio would set
    # it itself, but only on sockets that were made for TCP by number.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _find_url(options: ReviewOptions, listening: socket.socket) -> str:
    """The address to open: of this machine where it listens on all of its addresses."""
    host = options.names[0] if options.names else options.host
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared, not listened on
    shown = f"[{host}]" if ":" in host else host
    return f"{options.scheme}://{shown}:{listening.getsockname()[1]}/"
