from datetime import UTC, datetime

import pytest
from starlette.requests import Request

from pipeline.review.page import back, is_partial, say_minute


def make_request(**headers) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request(
        {"type": "http", "method": "POST", "path": "/x", "scheme": "http", "query_string": b"", "headers": pairs}
    )


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("/articles/ar-1#ag-2", "/articles/ar-1#ag-2"),
        ("/search?q=a b", "/search?q=a%20b"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("/\t/elsewhere.example", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("https://elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_here(url, leads_to):
    answer = back(make_request(), url)
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)


@pytest.mark.parametrize(
    ("headers", "is_a_part"),
    [
        ({}, False),
        ({"hx_request": "true", "hx_request_type": "partial"}, True),
        ({"hx_request": "true", "hx_request_type": "full"}, False),
        ({"hx_request_type": "partial"}, False),
    ],
)
def test_what_htmx_puts_into_a_page_is_a_part(headers, is_a_part):
    assert is_partial(make_request(**headers)) is is_a_part


def test_a_part_has_no_frame(plain):
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    part = plain.get("/account", headers=headers).text
    assert "<html" not in part
    assert "<h1>" in part
    assert part.strip() in plain.get("/account").text


def test_what_happened_is_said_once_by_the_page_that_follows(plain):
    answer = back(make_request(), "/account", said="3 records ‹accepted› <b>")
    plain.headers["Cookie"] = answer.headers["set-cookie"].partition(";")[0]
    found = plain.get("/account")
    assert 'aria-live="polite">3 records ‹accepted› &lt;b&gt;</div>' in found.text
    assert 'said=""; expires=' in found.headers["set-cookie"]
    part = plain.get("/account", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert part.headers["x-said"].startswith("3%20records")


def test_a_moment_is_said_to_the_minute():
    assert say_minute(datetime(2025, 3, 9, 7, 5, tzinfo=UTC)) == "9 March 2025, 07:05 UTC"


def test_the_frame_has_its_landmarks(plain):
    text = plain.get("/account").text
    for part in (
        '<a class="skip" href="#main">',
        "<header",
        '<nav class="main" aria-label=',
        "<main id=",
        "<footer",
        'role="status"',
        'lang="en"',
    ):
        assert part in text
    assert text.count("<h1>") == 1
    assert "style=" not in text
    assert "onclick" not in text
    assert "http://" not in text
    assert "https://" not in text
