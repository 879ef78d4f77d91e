"""The options; that it serves is tested with the page itself."""

import pytest

from pipeline.review import serve as serving


@pytest.fixture
def options(entente, monkeypatch):
    """Call as ``options("--port", "0")``: what the page would be served with, and whether a browser would open."""
    found = []

    def serve(settings, options, *, ready):
        found.append(options)
        ready("http://127.0.0.1:8765/")

    monkeypatch.setattr(serving, "serve", serve)
    monkeypatch.setattr("typer.launch", found.append)

    def run(*args):
        found.clear()
        return entente("review", *args), found

    return run


def test_it_serves_this_machine_alone_by_default(options):
    said, (found,) = options()
    assert (found.host, found.port, found.proxies, found.user_header) == ("127.0.0.1", 8765, (), None)
    assert "The review page is at http://127.0.0.1:8765/" in said.err


def test_the_browser_opens_where_it_is_wanted(options):
    assert options("--open")[1][1:] == ["http://127.0.0.1:8765/"]
    assert options("--no-open")[1][1:] == []


def test_a_proxy_is_trusted_by_address_or_network(options):
    args = (
        "--trusted-proxy",
        "10.0.0.0/8",
        "--trusted-proxy",
        "::1",
        "--user-header",
        "X-Remote-User",
        "--newcomers",
        "reader",
    )
    _, (found,) = options(*args, "--name", "register.example")
    assert [str(each) for each in found.proxies] == ["10.0.0.0/8", "::1/128"]
    assert (found.user_header, found.newcomers, found.names) == ("X-Remote-User", "reader", ("register.example",))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--user-header", "X-Remote-User"], "need a --trusted-proxy"),
        (["--newcomers", "reader"], "need a --trusted-proxy"),
        (["--trusted-proxy", "proxy.example"], "write an address"),
        (["--certificate", "/nowhere.pem"], "/nowhere.pem: there is no such file"),
        (["--port", "70000"], "--port"),
    ],
)
def test_what_cannot_be_is_said(options, args, said):
    answer, found = options(*args)
    assert answer.code == 2
    assert said in answer.err
    assert found == []
