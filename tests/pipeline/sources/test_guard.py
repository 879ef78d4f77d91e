import time

import httpcore
import pytest

from pipeline.errors import RefusedError
from pipeline.settings import Settings
from pipeline.sources.guard import Guard

WIKI = Settings(fetch_allow_hosts=("wiki.corp.example", "git.corp.example:8080", ".lab.example", "[::1]:81", "fd00::1"))


def _guard(seconds: float = 5.0) -> Guard:
    return Guard(address="http://x/", deadline=time.monotonic() + seconds, allow_private=False)


def test_a_guard_ends_at_its_deadline():
    assert 4 < _guard().seconds_left() <= 5
    assert _guard().seconds_left(1.0) == 1.0
    with pytest.raises(httpcore.ReadTimeout):
        _guard(-1).seconds_left()


def test_what_is_waited_out_of_politeness_is_not_the_servers_time():
    guard = _guard()
    guard.pause(0.2)
    assert guard.seconds_left() > 4.9


@pytest.mark.parametrize(
    ("host", "port", "is_trusted"),
    [
        ("wiki.corp.example", None, True),
        ("WIKI.corp.example.", 443, True),
        ("wiki.corp.example", 8080, False),
        ("other.corp.example", None, False),
        ("evilwiki.corp.example", None, False),
        ("git.corp.example", 8080, True),
        ("git.corp.example", None, False),
        ("a.lab.example", 80, True),
        ("a.lab.example", 5432, False),
        ("lab.example", 80, False),
        ("::1", 81, True),
        ("::1", 80, False),
        ("fd00::1", None, True),
        ("fd00::1", 81, False),
    ],
)
def test_a_host_is_trusted_by_name_and_port(host, port, is_trusted):
    guard = Guard(address="x", deadline=0, allow_private=False, trusted=WIKI.fetch_allow_hosts)
    assert guard.is_trusted(host, port) is is_trusted


def test_all_are_trusted_where_private_addresses_are_allowed():
    assert Guard(address="x", deadline=0, allow_private=True).is_trusted("anything", 1)


def test_a_public_page_leads_to_no_trusted_host():
    inside, outside = (Guard.start(f"http://{host}/", WIKI) for host in ("wiki.corp.example", "example.org"))
    assert inside.is_trusted("git.corp.example", 8080)
    assert not outside.is_trusted("wiki.corp.example", None)


def test_an_address_is_checked_with_its_port():
    guard = Guard.start("http://git.corp.example:8080/", WIKI)
    assert guard.check("http://GIT.corp.example:8080/a#b") == "http://git.corp.example:8080/a"
    for address in ("http://git.corp.example:22/", "http://example.org:8080/", "ftp://git.corp.example/"):
        with pytest.raises(RefusedError):
            guard.check(address)
