import socket
import time

import pytest

from pipeline.errors import RefusedError
from pipeline.sources.guard import Guard
from pipeline.sources.transport import CheckedBackend, find_checked_addresses


def _guard(*, seconds: float = 5, allow_private: bool = False) -> Guard:
    return Guard(address="http://x/", deadline=time.monotonic() + seconds, allow_private=allow_private)


def test_a_dead_address_leaves_time_for_the_next(monkeypatch, web):
    port = web.server_address[1]
    # Nothing listens on the first of the two.
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("127.0.0.7", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    addresses = find_checked_addresses("example.org", port, _guard(allow_private=True))
    monkeypatch.undo()
    assert addresses == ["127.0.0.7", "127.0.0.1"]

    monkeypatch.setattr("pipeline.sources.transport.find_host_addresses", lambda *args, **kwargs: addresses)
    CheckedBackend(_guard(allow_private=True)).connect_tcp("example.org", port).close()


def test_private_addresses_pass_only_where_allowed():
    assert find_checked_addresses("127.0.0.1", 80, _guard(allow_private=True)) == ["127.0.0.1"]
    with pytest.raises(RefusedError, match=r"127\.0\.0\.1, which is not a public address"):
        find_checked_addresses("127.0.0.1", 80, _guard())
