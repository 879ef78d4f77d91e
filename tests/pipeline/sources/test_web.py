import base64
import json
import socket
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.errors import FetchError, PassingError, RefusedError
from pipeline.settings import Settings
from pipeline.sources.answers import NotModified, Page, Validators
from pipeline.sources.hosts import is_public
from pipeline.sources.web import fetch_if_changed, fetch_page
from tests.pipeline.sources.conftest import MODIFIED, serve_pages

OPEN = Settings(fetch_allow_private=True, fetch_timeout=5, fetch_max_bytes=1_000_000, fetch_pace=0, fetch_attempts=1)
CLOSED = Settings(fetch_timeout=5, fetch_pace=0, fetch_attempts=1)


def test_a_page_comes_with_its_type_and_exact_bytes(web):
    page = fetch_page(f"{web.url}/page#top", settings=OPEN)

    assert page.url == f"{web.url}/page"
    assert page.media_type == "text/html; charset=utf-8"
    assert "“yes”".encode() in page.body


def test_we_say_who_we_are_and_leave_the_environment_alone(web, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    fetch_page(f"{web.url}/page", settings=OPEN)

    _, headers = web.seen[0]
    assert headers["User-Agent"].startswith("Entente/")
    assert headers["Host"] == web.url.removeprefix("http://")


def test_redirects_are_followed_five_times_and_no_cookie_is_kept(web):
    page = fetch_page(f"{web.url}/hop/5", settings=OPEN)

    assert page.url == f"{web.url}/page"
    assert len(web.seen) == 6
    assert all("Cookie" not in headers for _, headers in web.seen)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("404", "there is no such page (404); check the address"),
        ("410", "there is no such page (410)"),
        ("403", "does not let us read it (403); save the page in a browser"),
        ("429", "cannot answer now (429); try again later"),
        ("500", "cannot answer now (500); try again later"),
        ("204", "answered 204 and no page"),
        ("418", "answered 418 and no page"),
        ("hop/6", "redirects more than 5 times"),
        ("huge", "is larger than 1,000,000 bytes; allow more with ENTENTE_FETCH_MAX_BYTES"),
        ("bomb", "is larger than 1,000,000 bytes"),
        ("brotli", "is packed as br, which was not asked for"),
        ("damaged", "is cut off"),
        ("short", "the connection broke off"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(web, path, message):
    with pytest.raises(FetchError) as caught:
        fetch_page(f"{web.url}/{path}", settings=OPEN)

    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{web.url}/{path}: ")
    assert "\n" not in str(caught.value)
    assert caught.value.address == f"{web.url}/{path}"
    assert caught.value.stage == "fetch"


def test_a_gzip_bomb_never_stands_in_memory(web):
    tracemalloc.start()
    try:
        with pytest.raises(FetchError):
            fetch_page(f"{web.url}/bomb", settings=OPEN)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000  # of the 200,000,000 it unpacks to; the server's own copy of the packed bytes is in it


def test_a_gzip_page_is_unpacked(web):
    assert b"Kensington Treaty" in fetch_page(f"{web.url}/gzip", settings=OPEN).body


@pytest.mark.parametrize("path", ["drip", "drip-head", "silent"])
def test_the_deadline_holds_against_a_slow_server(web, path):
    started = time.monotonic()

    with pytest.raises(
        FetchError, match=r"took longer than 0\.5 s; try again, or allow more with ENTENTE_FETCH_TIMEOUT"
    ):
        fetch_page(f"{web.url}/{path}", settings=OPEN.model_copy(update={"fetch_timeout": 0.5}))

    assert time.monotonic() - started < 3


def test_the_deadline_counts_all_redirects_and_a_server_that_never_answers(deaf_port):
    started = time.monotonic()

    with pytest.raises(FetchError, match="took longer than"):
        fetch_page(f"http://127.0.0.1:{deaf_port}/", settings=OPEN.model_copy(update={"fetch_timeout": 0.5}))

    assert time.monotonic() - started < 3


def test_the_deadline_holds_against_a_resolver_that_hangs(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(1) or [])
    started = time.monotonic()

    with pytest.raises(FetchError, match="took longer than"):
        fetch_page("http://example.org/", settings=Settings(fetch_timeout=0.2))

    assert time.monotonic() - started < 0.9


def test_nobody_listens():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but not listening
        port = taken.getsockname()[1]
        with pytest.raises(FetchError, match=r"no connection .*; check the address and the network"):
            fetch_page(f"http://127.0.0.1:{port}/", settings=OPEN)


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("untyped", "text/html"),
        ("notes", "text/plain; charset=UTF-8"),
        ("notes/today.md", "text/markdown; charset=utf-8"),
        ("image", "image/png"),
    ],
)
def test_media_types(web, path, media_type):
    assert fetch_page(f"{web.url}/{path}", settings=OPEN).media_type == media_type


@pytest.fixture
def public_web(web, monkeypatch):
    """The server, taken for a public one named treaty.example: nothing public can be reached from a test."""
    real, port = socket.getaddrinfo, web.server_address[1]

    asked: list[str] = []

    def resolve(name, *args, **kwargs):
        asked.append(name)
        return real("127.0.0.1" if name == "treaty.example" else name, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(
        "pipeline.sources.transport.is_public", lambda address: asked[-1] == "treaty.example" or is_public(address)
    )
    monkeypatch.setattr("pipeline.sources.urls.PUBLIC_PORTS", (80, 443, port))
    return f"http://treaty.example:{port}"


def test_the_checked_address_is_connected_to_and_the_host_keeps_its_name(public_web, web):
    fetch_page(f"{public_web}/page", settings=CLOSED)

    assert web.seen[0][1]["Host"] == public_web.removeprefix("http://")


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://2130706433/",
        "http://[::1]/",
        "http://localhost/",
        "http://93.184.216.34:22/",
    ],
)
def test_a_redirect_inwards_is_refused(public_web, target):
    with pytest.raises(RefusedError, match=r"ENTENTE_FETCH_ALLOW_(PRIVATE|HOSTS)"):
        fetch_page(f"{public_web}/to/{target}", settings=CLOSED)


@pytest.mark.parametrize("target", ["ftp://example.org/a", "file:///etc/passwd", "http://user:secret@example.org/"])
def test_a_redirect_to_a_forbidden_address_is_refused(web, target):
    with pytest.raises(RefusedError, match="redirects to") as caught:
        fetch_page(f"{web.url}/to/{target}", settings=OPEN)
    assert "secret" not in str(caught.value)


def test_a_certificate_is_checked_against_the_name_by_authorities_of_ours_too(tls_web, public_web):
    _, certificate = tls_web
    address = public_web.replace("http://", "https://") + "/page"

    trusting = CLOSED.model_copy(update={"fetch_ca_bundle": certificate})

    assert fetch_page(address, settings=trusting).url == address
    with pytest.raises(FetchError, match="its certificate cannot be trusted"):
        fetch_page(address, settings=CLOSED)


def test_a_certificate_of_its_own_is_refused(tls_web):
    web, _ = tls_web
    with pytest.raises(FetchError, match="its certificate cannot be trusted; check the address"):
        fetch_page(f"{web.url.replace('http', 'https')}/page", settings=OPEN)


REFUSED = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127。0。0。1/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "http://printer.local/",
    "http://user@example.org/",
    "http://example.org:22/",
    "http://127.0.0.1:5432/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "http://",
    "http://example.org\\@127.0.0.1/",
]


@pytest.mark.parametrize("address", REFUSED)
def test_not_public_is_refused_without_any_connection(address, monkeypatch):
    def connect(*args, **kwargs):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(RefusedError) as caught:
        fetch_page(address, settings=CLOSED)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("answers", [["93.184.216.34", "10.0.0.1"], ["2606:2800:220:1::1", "::1"]])
def test_a_name_that_leads_both_ways_is_refused(monkeypatch, answers):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, 80)) for answer in answers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    with pytest.raises(RefusedError, match="not a public address"):
        fetch_page("http://example.org/", settings=CLOSED)


def with_(settings: Settings = OPEN, **values: object) -> Settings:
    return settings.model_copy(update=values)


def test_the_addresses_of_redirects_are_kept(web):
    page = fetch_page(f"{web.url}/hop/2", settings=OPEN)

    assert page.aliases == (f"{web.url}/hop/1", f"{web.url}/page")


@pytest.mark.parametrize(
    ("contact", "agent", "sender"),
    [
        (None, "(reads policy articles for a register of agreements)", None),
        ("https://example.org/bot", "agreements; https://example.org/bot)", None),
        ("bot@example.org", "agreements; bot@example.org)", "bot@example.org"),
    ],
)
def test_whom_to_write_to_is_said(web, contact, agent, sender):
    fetch_page(f"{web.url}/page", settings=with_(fetch_contact=contact))

    _, headers = web.seen[0]
    assert headers["User-Agent"].startswith("Entente/")
    assert headers["User-Agent"].endswith(agent)
    assert headers.get("From") == sender


def allow(web, *lines: str) -> None:
    web.robots, web.robots_status = "\n".join(["User-agent: *", *lines]).encode(), 200


@pytest.mark.parametrize("path", ["/page", "/hop/1"])
def test_what_robots_txt_keeps_from_programs_is_not_asked_for(web, path):
    allow(web, "Disallow: /page")

    with pytest.raises(RefusedError, match=r"the robots\.txt of 127\.0\.0\.1:\d+ asks programs not to read this; save"):
        fetch_page(web.url + path, settings=OPEN)
    assert "/page" not in [seen for seen, _ in web.seen]


def test_robots_txt_is_asked_for_once(web):
    for _ in range(3):
        fetch_page(f"{web.url}/hop/1", settings=OPEN)

    assert (web.asked_robots, len(web.seen)) == (1, 6)


def test_robots_txt_that_cannot_be_had_keeps_us_out_for_now(web):
    web.robots_status = 503

    with pytest.raises(
        PassingError, match=r"what may be read there is not known: its robots\.txt answers 503; try again"
    ):
        fetch_page(f"{web.url}/page", settings=OPEN)
    assert web.seen == []


@pytest.mark.parametrize("status", [404, 403, 204])
def test_without_robots_txt_all_may_be_read(web, status):
    web.robots_status = status

    assert fetch_page(f"{web.url}/page", settings=OPEN).body


@pytest.mark.parametrize("line", ["Crawl-delay: 0.4", "Disallow: /x"])
def test_a_host_is_asked_at_the_slowest_pace_that_anybody_asks_for(web, line):
    allow(web, line)
    # The time for one page is shorter than the wait: what we wait out of politeness is not the server's.
    settings = with_(fetch_timeout=0.35, fetch_pace=0.4 if "Disallow" in line else 0)
    started = time.monotonic()

    for _ in range(3):
        fetch_page(f"{web.url}/page", settings=settings)

    assert time.monotonic() - started >= 0.8


def test_a_source_has_a_pace_of_its_own(web):
    started = time.monotonic()

    for _ in range(2):
        fetch_page(f"{web.url}/hop/3", settings=OPEN, pace=0.4)  # redirects within a host are one visit

    assert 0.4 <= time.monotonic() - started < 1


@pytest.mark.parametrize("path", ["flaky/2", "reset"])
def test_what_may_pass_is_asked_again(web, path):
    assert b"Kensington" in fetch_page(f"{web.url}/{path}", settings=with_(fetch_attempts=3)).body


@pytest.mark.parametrize(("path", "attempts"), [("flaky/2", 2), ("404", 1), ("403", 1), ("bomb", 1), ("brotli", 2)])
def test_attempts_have_an_end_and_what_stays_is_asked_for_once(web, path, attempts):
    with pytest.raises(FetchError) as caught:
        fetch_page(f"{web.url}/{path}", settings=with_(fetch_attempts=2))

    assert len(web.seen) == attempts
    assert isinstance(caught.value, PassingError) is (attempts == 2)


def test_attempts_end_with_the_time(web):
    started = time.monotonic()

    with pytest.raises(PassingError):
        fetch_page(f"{web.url}/503", settings=with_(fetch_attempts=1000, fetch_timeout=1))

    assert time.monotonic() - started < 1.5
    assert len(web.seen) < 5


def test_a_server_that_says_when_is_asked_then(web):
    started = time.monotonic()

    fetch_page(f"{web.url}/flaky/1?after=1", settings=with_(fetch_attempts=2))

    assert time.monotonic() - started >= 1


def test_a_server_that_wants_to_be_left_alone_is(web):
    with pytest.raises(PassingError, match="try again in 1,000 s, as it asks") as caught:
        fetch_page(f"{web.url}/flaky/1?after=1000", settings=with_(fetch_attempts=5))
    assert caught.value.retry_after == 1000

    with pytest.raises(PassingError, match=r"may be asked again in 1,000 s|may be asked again in 999 s"):
        fetch_page(f"{web.url}/page", settings=OPEN)
    assert len(web.seen) == 1


@pytest.mark.parametrize(
    "known",
    [Validators(etag='"v1"'), Validators(last_modified=MODIFIED), Validators(etag='"v1"', last_modified=MODIFIED)],
)
def test_a_page_that_has_not_changed_is_not_sent_again(web, known):
    page = fetch_if_changed(f"{web.url}/versioned", settings=OPEN, known=Validators())
    assert isinstance(page, Page)
    assert page.validators == Validators(etag='"v1"', last_modified=MODIFIED)

    answer = fetch_if_changed(f"{web.url}/versioned", settings=OPEN, known=known)

    assert answer == NotModified(
        url=f"{web.url}/versioned", validators=Validators(etag='"v1"', last_modified=known.last_modified)
    )
    assert len(web.seen) == 2


def test_a_page_that_has_changed_comes_with_new_validators(web):
    page = fetch_if_changed(f"{web.url}/versioned", settings=OPEN, known=Validators(etag='"v0"'))

    assert isinstance(page, Page)
    assert page.validators.etag == '"v1"'


def test_a_page_that_was_not_asked_for_conditionally_cannot_be_unchanged(web):
    with pytest.raises(FetchError, match="answered 304 and no page"):
        fetch_page(f"{web.url}/304", settings=OPEN)


def test_a_trusted_host_is_fetched_from_and_no_other_behind_it(web):
    settings = with_(CLOSED, fetch_allow_hosts=(web.url.removeprefix("http://"),))

    assert fetch_page(f"{web.url}/page", settings=settings).body
    with pytest.raises(
        RefusedError, match=r"127\.0\.0\.1, which is not a public address; name it in ENTENTE_FETCH_ALLOW"
    ):
        fetch_page(f"{web.url}/to/http://127.0.0.1/", settings=settings)


def test_many_threads_fetch_at_once(web):
    with ThreadPoolExecutor(8) as threads:
        pages = list(threads.map(lambda n: fetch_page(f"{web.url}/page?{n}", settings=OPEN), range(24)))

    assert len({page.url for page in pages}) == 24


def test_a_proxy_is_asked_for_plain_pages(web, proxy):
    settings = with_(CLOSED, http_proxy=proxy.url)

    page = fetch_page("http://treaty.example/page", settings=settings)

    assert b"Kensington" in page.body
    assert [(command, path) for command, path, _ in proxy.asked] == [
        ("GET", "http://treaty.example/robots.txt"),
        ("GET", "http://treaty.example/page"),
    ]
    assert proxy.asked[0][2] == "Basic " + base64.b64encode(b"me:secret").decode()


def test_a_proxy_lets_encrypted_pages_through_and_sees_nothing_of_them(tls_web, proxy):
    _, certificate = tls_web
    settings = with_(CLOSED, https_proxy=proxy.url, fetch_ca_bundle=certificate)

    assert b"Kensington" in fetch_page("https://treaty.example/page", settings=settings).body
    assert {(command, path) for command, path, _ in proxy.asked} == {("CONNECT", "treaty.example:443")}


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/", "http://2130706434/", "http://printer.local/", "http://[::2]/"]
)
def test_a_proxy_is_not_asked_for_what_is_not_public(proxy, address):
    with pytest.raises(RefusedError):
        fetch_page(address, settings=with_(CLOSED, http_proxy=proxy.url))
    assert proxy.asked == []


def test_a_proxy_that_is_not_there_is_said(proxy):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings = with_(CLOSED, https_proxy=f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(PassingError, match="no connection"):
            fetch_page("https://treaty.example/page", settings=settings)


def test_a_proxy_that_lets_nothing_through_is_said(web):
    settings = with_(CLOSED, https_proxy=web.url)  # a server that knows no CONNECT

    with pytest.raises(PassingError, match=r"the proxy lets no connection through \(501 .*; check ENTENTE_HTTPS_PROXY"):
        fetch_page("https://treaty.example/page", settings=settings)


def test_a_name_that_changes_between_check_and_use_is_of_no_use(web, monkeypatch):
    """The second time it is looked up it leads to this machine; it is looked up once for each connection, and checked."""
    real, port, asked = socket.getaddrinfo, web.server_address[1], []

    def resolve(name, *args, **kwargs):
        if name != "rebind.example":  # a number leads to itself
            return real(name, *args, **kwargs)
        asked.append(name)
        return real("93.184.216.34" if len(asked) == 1 else "127.0.0.1", *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr("pipeline.sources.urls.PUBLIC_PORTS", (80, 443, port))
    settings = with_(CLOSED, fetch_timeout=0.5)
    with pytest.raises(PassingError):  # nobody is reached at the public address from here
        fetch_page(f"http://rebind.example:{port}/page", settings=settings)
    assert asked == ["rebind.example"]

    with pytest.raises(RefusedError, match=r"rebind\.example leads to 127\.0\.0\.1, which is not a public address"):
        fetch_page(f"http://rebind.example:{port}/page", settings=settings)
    assert (web.seen, web.asked_robots) == ([], 0)


# A fetch in a process of its own, by its own settings: what it says, how long it took, the most memory it had.
FETCH = """
import json, sys, time
from pathlib import Path
from pipeline.errors import FetchError
from pipeline.settings import Settings
from pipeline.sources.web import fetch_page

started = time.monotonic()
try:
    fetch_page(sys.argv[1], settings=Settings(fetch_allow_hosts=(sys.argv[2],), fetch_timeout=DEADLINE, fetch_pace=0))
    said = ["", "nothing went wrong"]
except FetchError as error:
    said = [type(error).__name__, str(error)]
peak = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
print(json.dumps([*said, time.monotonic() - started, peak / 1024]))
"""
DEADLINE = 3  # seconds


@pytest.fixture(scope="module")
def trap() -> Iterator[str]:
    """The host and port of a server that is trusted by name; what it leads to is not."""
    with serve_pages() as server:
        yield server.url.removeprefix("http://")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads its memory from /proc")
@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        pytest.param("bomb", "FetchError", "is larger than 10,000,000 bytes", id="gzip bomb of 300 MB"),
        pytest.param("huge", "FetchError", "is larger than 10,000,000 bytes", id="a page without end"),
        pytest.param("drip/slow", "PassingError", "took longer than 3 s", id="a byte a second"),
        pytest.param("drip-head", "PassingError", "took longer than 3 s", id="a header without end"),
        *(
            pytest.param(f"to/{target}", "RefusedError", said, id=target)
            for target, said in {
                "http://127.0.0.1/": "leads to 127.0.0.1, which is not a public address",
                "http://10.0.0.1/": "leads to 10.0.0.1",
                "http://10.255.255.254/": "leads to 10.255.255.254",
                "http://[::1]/": "leads to ::1",
                "http://[64:ff9b::7f00:1]/": "leads to 64:ff9b::7f00:1",
                "http://2130706433/": "leads to 127.0.0.1",
                "http://0x7f000001/": "leads to 127.0.0.1",
                "http://localhost/": "is a name of this machine",
                "file:///etc/passwd": "only http and https addresses are fetched",
            }.items()
        ),
    ],
)
def test_a_trap_is_refused_in_time_and_in_little_memory(trap, path, kind, said):
    script = FETCH.replace("DEADLINE", str(DEADLINE))
    run = subprocess.run(
        [sys.executable, "-c", script, f"http://{trap}/{path}", trap], capture_output=True, text=True, check=True
    )
    found, message, seconds, megabytes = json.loads(run.stdout)

    assert (found, said in message) == (kind, True), message
    assert seconds < DEADLINE + 1
    assert megabytes < 300


def test_a_file_is_no_web_address():
    with pytest.raises(
        RefusedError, match="only http and https addresses are fetched; save the page and give the file"
    ):
        fetch_page("file:///etc/passwd", settings=OPEN)
