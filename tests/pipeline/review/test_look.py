import pytest
from starlette.requests import Request
from starlette.responses import Response

from pipeline.review.look import find_look, keep_look


def make_request(cookie: str = "") -> Request:
    return Request(
        {
            "type": "http",
            "scheme": "http",
            "path": "/",
            "headers": [(b"cookie", cookie.encode())],
            "server": ("here", 1),
        }
    )


@pytest.mark.parametrize(
    ("cookie", "look"), [("", "auto"), ("look=dark", "dark"), ("look=light", "light"), ('look="><script>', "auto")]
)
def test_the_look_is_one_of_three(cookie, look):
    assert find_look(make_request(cookie)) == look


@pytest.mark.parametrize(("look", "kept"), [("dark", "look=dark"), ("auto", 'look=""'), ("<script>", 'look=""')])
def test_what_is_kept(look, kept):
    answer = Response()
    keep_look(make_request(), answer, look)
    assert answer.headers["set-cookie"].startswith(kept)
