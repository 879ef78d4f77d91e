import socket
import time
import tracemalloc

import pytest

from pipeline.errors import FetchError, RefusedError
from pipeline.settings import Settings
from pipeline.sources.hosts import is_public
from pipeline.sources.web import fetch_page

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
