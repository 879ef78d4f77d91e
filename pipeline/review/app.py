"""The application: its routes behind their roles, its store, its errors as pages."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from pipeline.review import api, views
from pipeline.review.access import check_routes
from pipeline.review.failures import FAILURES
from pipeline.review.gate import Gate
from pipeline.review.guard import guard_routes
from pipeline.review.headers import SafeHeaders
from pipeline.review.limits import Limiter
from pipeline.review.options import ReviewOptions
from pipeline.review.proxies import Proxies
from pipeline.review.requests import RequestLog
from pipeline.settings import Settings
from pipeline.store.store import open_store

# Requests that are answered at once; each may need a second connection, and the embedded server has 50 for all.
_THREADS = 12


def create_app(settings: Settings, options: ReviewOptions | None = None) -> FastAPI:
    """The review page as an ASGI application; the store is opened when it starts.

    Raises:
        ValueError: a route has no place in the table of roles.
    """
    options = options or ReviewOptions()
    app = FastAPI(
        title="Entente",
        lifespan=_open(settings),
        redirect_slashes=False,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        exception_handlers=FAILURES,
    )
    app.state.options = options
    app.state.limiter = Limiter()
    app.state.noted = set()  # whom a proxy signed in today
    _surround(app, options)
    routes = [route for router in (*views.ROUTERS, *api.ROUTERS) for route in router.routes]
    check_routes(routes)
    app.router.routes.extend(guard_routes(routes))
    # Asked for hundreds of times on a page: the application itself would try one route after the other.
    app.state.routes = {route.name: route for route in routes if isinstance(route, Route)}
    return app


def _surround(app: FastAPI, options: ReviewOptions) -> None:
    """What each request passes, the outermost added last."""
    # A page of 100 KiB becomes one of 15 in 2 ms; higher levels take twice that for a kilobyte.
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=3)
    app.add_middleware(Gate, options=options)
    app.add_middleware(SafeHeaders)
    app.add_middleware(RequestLog)
    app.add_middleware(Proxies, options=options)


def _open(settings: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = _THREADS
        with open_store(settings, connections=2 * _THREADS) as store:
            app.state.store = store
            yield

    return lifespan
