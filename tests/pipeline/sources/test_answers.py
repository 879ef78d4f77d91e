import time

import httpx
import pytest

from pipeline.errors import FetchError, PassingError
from pipeline.sources.answers import Validators, read_page, read_validators, status_error
from pipeline.sources.guard import Guard

GUARD = Guard(address="https://a.example/1", deadline=time.monotonic() + 60, allow_private=False)


@pytest.mark.parametrize(
    ("known", "headers"),
    [
        (Validators(), {}),
        (Validators(etag='W/"1"'), {"If-None-Match": 'W/"1"'}),
        (Validators(etag='"1"', last_modified="then"), {"If-None-Match": '"1"', "If-Modified-Since": "then"}),
        (Validators(etag='"1"\r\nX-Evil: 1'), {}),
        (Validators(etag="é"), {}),
        (Validators(etag="x" * 2000), {}),
    ],
)
def test_what_is_sent_back(known, headers):
    assert known.to_headers() == headers


def test_validators_that_could_not_be_sent_back_are_left_out():
    response = httpx.Response(200, headers={"ETag": "x" * 2000, "Last-Modified": "then"})
    assert read_validators(response) == Validators(last_modified="then")


@pytest.mark.parametrize(
    ("status", "retry_after", "kind", "message"),
    [
        (404, None, FetchError, "there is no such page (404); check the address"),
        (403, None, FetchError, "does not let us read it (403)"),
        (418, "9", FetchError, "answered 418 and no page"),
        (503, None, PassingError, "cannot answer now (503); try again later"),
        (429, "120", PassingError, "cannot answer now (429); try again in 120 s, as it asks"),
    ],
)
def test_why_there_is_no_page(status, retry_after, kind, message):
    error = status_error(httpx.Response(status, headers={"Retry-After": retry_after} if retry_after else {}), GUARD)
    assert type(error) is kind
    assert str(error).startswith("https://a.example/1: ")
    assert message in str(error)
    if isinstance(error, PassingError):
        assert error.retry_after == (float(retry_after) if retry_after else None)


@pytest.mark.parametrize(
    ("hops", "aliases"),
    [
        (("a",), ()),
        (("a", "b", "c"), ("b", "c")),
        (("a", "b", "a"), ("b",)),  # for a cookie, and back
        (("a", "b", "b"), ("b",)),
    ],
)
def test_the_addresses_on_the_way(hops, aliases):
    page = read_page(httpx.Response(200, stream=httpx.ByteStream(b"x")), hops, GUARD, limit=10)
    assert (page.url, page.aliases, page.media_type) == (hops[-1], aliases, "text/plain")
