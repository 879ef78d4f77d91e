"""The page in a real Chromium: one server over one store and one browser for all tests, a watched context for each."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from pipeline.settings import Settings
from pipeline.store.reading import ReadRecord, load_reading
from pipeline.store.store import open_store
from tests.browser.seed import PASSWORD, PEOPLE, Seeded, fill

_HERE = Path(__file__).parent
_COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()", "review", "--port", "0", "--no-open"]
_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_PATIENCE = 60_000  # milliseconds: a machine that is busy with other things is no failure
expect.set_options(timeout=_PATIENCE)  # its own patience is five seconds, too few beside other tests
Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: an event loop of its driver stays with the main thread until the session ends."""
    items.sort(key=lambda item: _HERE in item.path.parents)


class Server:
    """``entente review`` in a process of its own."""

    def __init__(self, settings: Settings) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")}
        environment |= {"ENTENTE_HOME": str(settings.home), "ENTENTE_DATABASE_URL": str(settings.database_url)}
        self.process = subprocess.Popen(_COMMAND, env=environment, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        said = next((line for line in self.process.stderr if "is at" in line), "")
        self.url = re.search(r"is at (\S+)/ ", said)[1]

    def kill(self) -> None:
        """As a power cut would: no request is answered first, nothing is tidied up."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


class Watched:
    """A browser's context that notes what must not happen: violations of the policy, errors, requests elsewhere."""

    def __init__(self, context: BrowserContext, *, has_scripts: bool) -> None:
        self.context, self.found = context, []
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.found.append(f"error: {error.error}"))
        if has_scripts:
            context.expose_binding("noteViolation", lambda source, said: self.found.append(f"policy: {said}"))
            context.add_init_script(
                "addEventListener('securitypolicyviolation', (event) => "
                "noteViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"
            )

    def _note_request(self, request) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1" and not request.url.startswith(("data:", "blob:")):
            self.found.append(f"request elsewhere: {request.url}")

    def _note_console(self, message) -> None:
        # An answer that is an error (404 and the like) is also told here, and is checked where it is wanted.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.found.append(f"console: {message.text}")


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The system's Chromium; in CI there has to be one."""
    if _CHROMIUM is None and os.environ.get("CI"):
        pytest.fail("there is no chromium, chromium-browser or google-chrome, and CI is to test the page in one")
    if _CHROMIUM is None:
        pytest.skip("there is no chromium, chromium-browser or google-chrome to test the page in")
    return _CHROMIUM


@pytest.fixture(scope="session")
def chromium(browser_path: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        # In a container there is often no sandbox to be had; all that is opened is our own.
        opened = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def page_settings(server: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE browsed TEMPLATE template")
    return Settings(
        home=tmp_path_factory.mktemp("browsed"), database_url=urlsplit(server)._replace(path="/browsed").geturl()
    )


@pytest.fixture(scope="session")
def seeded(browser_path: str, page_settings: Settings) -> Iterator[Seeded]:
    """The store that all tests share; each that changes something has an article of its own."""
    with open_store(page_settings) as store:
        yield fill(store, page_settings)


@pytest.fixture(scope="session")
def start(seeded: Seeded, page_settings: Settings) -> Iterator[Callable[[], Server]]:
    """Call to have another server over the same store."""
    with contextlib.ExitStack() as stack:

        def run() -> Server:
            started = Server(page_settings)
            stack.callback(started.kill)
            return started

        yield run


@pytest.fixture(scope="session")
def served(start: Callable[[], Server]) -> Server:
    return start()


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, served: Server) -> Callable[[str], dict]:
    """What a browser keeps once somebody has signed in; each does so once."""
    kept = {}

    def sign_in(who: str) -> dict:
        if who not in kept:
            context = chromium.new_context(base_url=served.url)
            page = context.new_page()
            page.goto("/sign-in")
            page.get_by_label("Name").fill(who)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("link", name=f"Your account: {who}").wait_for()
            kept[who] = context.storage_state()
            context.close()
        return kept[who]

    assert set(PEOPLE) >= {"ana", "ben", "cleo"}
    return sign_in


@pytest.fixture
def visit(chromium: Browser, served: Server, signed_in) -> Iterator[Visit]:
    """Call as ``visit("/register")`` or ``visit("/queue", who="ben", java_script_enabled=False)``; gives the page.

    At the end nothing may have been asked of another site, no policy been violated, no script have failed.
    """
    watched: list[Watched] = []

    def open_page(address: str, *, who: str | None = "ana", base_url: str = served.url, **options) -> Page:
        if who:
            options["storage_state"] = signed_in(who)
        context = chromium.new_context(base_url=base_url, accept_downloads=True, **options)
        context.set_default_timeout(_PATIENCE)
        watched.append(Watched(context, has_scripts=options.get("java_script_enabled", True)))
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for each in watched:
        each.context.close()
    assert [said for each in watched for said in each.found] == []


@pytest.fixture
def read(seeded: Seeded) -> Callable[[str], list[ReadRecord]]:
    """Call with the name of an article: its records as the store has them now."""
    return lambda name: list(load_reading(seeded.store, seeded.ids[name]).records)


@pytest.fixture
def reviews(read) -> Callable[[str], list[str]]:
    """Call with the name of an article: what people decided of its records as a whole."""
    return lambda name: [str(each.standing.review) for each in read(name) if each.standing and each.standing.review]
