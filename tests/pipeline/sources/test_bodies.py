import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.bodies import BrokenBodyError, TooLargeError, read_body, read_start

TEXT = b"France and Germany signed the Aachen Treaty. " * 50


def _pieces(body: bytes, size: int) -> list[bytes]:
    return [body[start : start + size] for start in range(0, len(body), size)]


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        (" GZIP ", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("deflate", zlib.compress(TEXT)),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_body_comes_out_whole_however_it_arrives(coding, body, size):
    assert read_body(_pieces(body, size), coding=coding, limit=len(TEXT)) == TEXT


@pytest.mark.parametrize(("coding", "body"), [("", TEXT), ("gzip", gzip.compress(TEXT))])
def test_one_byte_beyond_the_limit_is_too_large(coding, body):
    with pytest.raises(TooLargeError):
        read_body([body], coding=coding, limit=len(TEXT) - 1)


@pytest.mark.parametrize(
    ("coding", "body", "message"),
    [
        ("br", TEXT, "is packed as br"),
        ("gzip, gzip", TEXT, "is packed as gzip, gzip"),
        ("gzip", TEXT, "is damaged"),
        ("gzip", gzip.compress(TEXT)[:-9], "is cut off"),
        ("gzip", gzip.compress(TEXT) + b"rubbish", "is damaged"),
    ],
)
def test_a_broken_body_is_said_to_be(coding, body, message):
    with pytest.raises(BrokenBodyError, match=message):
        read_body([body], coding=coding, limit=1_000_000)


def test_an_empty_body_is_empty():
    assert read_body([], coding="gzip", limit=1) == b""


@given(st.binary(max_size=2_000), st.sampled_from(["", "gzip", "deflate"]))
def test_any_bytes_are_read_or_refused(body, coding):
    try:
        read_body([body], coding=coding, limit=10_000)
    except (BrokenBodyError, TooLargeError):
        return


@pytest.mark.parametrize("limit", [1, 100, 10_000])
def test_the_start_of_a_body_is_enough(limit):
    assert read_start(_pieces(gzip.compress(TEXT), 9), coding="gzip", limit=limit) == TEXT[:limit]


def test_what_stands_behind_the_start_may_be_damaged():
    assert read_start([gzip.compress(TEXT)[:-9]], coding="gzip", limit=100) == TEXT[:100]
