import pytest
from starlette.requests import Request
from starlette.responses import Response

from pipeline.review.cookies import give_token, read_token, take_token


def make_request(scheme: str, cookie: str = "") -> Request:
    headers = [(b"cookie", cookie.encode())]
    return Request({"type": "http", "scheme": scheme, "path": "/", "headers": headers, "server": ("here", 1)})


@pytest.mark.parametrize(
    ("scheme", "cookie", "token"),
    [
        ("https", "__Host-session=abc", "abc"),
        ("https", "session=abc", None),  # plain http of another program on this host may have planted it
        ("http", "session=abc", "abc"),
        ("http", "", None),
    ],
)
def test_which_cookie_counts(scheme, cookie, token):
    assert read_token(make_request(scheme, cookie)) == token


def test_over_https_it_is_bound_to_this_host():
    answer = Response()
    give_token(make_request("https"), answer, "abc")
    assert answer.headers["set-cookie"] == "__Host-session=abc; HttpOnly; Max-Age=604800; Path=/; SameSite=lax; Secure"


def test_it_is_taken_back():
    answer = Response()
    take_token(make_request("http"), answer)
    assert 'session=""; expires=' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
