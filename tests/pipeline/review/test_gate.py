"""What is turned away at the door, asked of the whole page."""

import pytest
from starlette.datastructures import Headers

from pipeline.review.gate import find_name, is_own


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1:8765", "127.0.0.1"),
        ("[::1]:8765", "::1"),
        ("Register.Example", "register.example"),
        ("[", ""),
        ("", ""),
    ],
)
def test_the_name_in_a_host_header(host, name):
    assert find_name(host) == name


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://here:1", "host": "here:1"}, False),
        ({"origin": "http://here:1", "host": "here:1"}, True),
        ({"origin": "https://HERE", "host": "here"}, True),
        ({"origin": "http://here:2", "host": "here:1"}, False),
        ({"origin": "https://elsewhere.example", "host": "here:1"}, False),
        ({"origin": "null", "host": "here:1"}, False),
        ({"origin": "http://[", "host": "here:1"}, False),
        ({"host": "here:1"}, True),  # no browser
    ],
)
def test_whose_form_it_is(headers, is_ours):
    assert is_own(Headers(headers)) is is_ours


def test_a_form_of_another_site_changes_nothing(plain):
    refused = plain.post("/look", data={"look": "dark"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert "set-cookie" not in refused.headers


def test_reading_is_nobodys_attack(plain):
    assert plain.get("/account", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:8765", 200), ("127.0.0.1", 200), ("192.0.2.7", 200), ("rebound.example:8765", 421), ("", 421)],
)
def test_a_foreign_name_that_leads_here_gets_nothing(plain, host, status):
    assert plain.get("/account", headers={"Host": host}).status_code == status


def test_a_name_of_its_own_is_answered(serve_with):
    plain = serve_with(names=("register.example",))
    assert plain.get("/healthz", headers={"Host": "Register.example"}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [{"content": b"x" * 1_000_001}, {"content": iter([b"look=dark&next=", b"x" * 1_000_000])}],
    ids=["said", "measured"],
)
def test_too_large_a_body_is_refused(plain, body):
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert plain.post("/look", headers=headers, **body).status_code == 413
