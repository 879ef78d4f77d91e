import socket

import pytest

from pipeline.sources.hosts import find_host_addresses, is_local_name, is_public


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"],
)
def test_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",  # carrier's own network
        "127.0.0.1",
        "169.254.169.254",  # where clouds tell machines their passwords
        "168.63.129.16",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "64:ff9b::5db8:d822",  # NAT64, even of a public address
        "64:ff9b:1::1",
        "100::1",
        "2001:0:5db8:d822::",  # Teredo
        "2001:db8::1",
        "2002:5db8:d822::",  # 6to4
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%lo",
        "fec0::1",
        "ff02::1",
    ],
)
def test_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("a.b.localhost", True),
        ("printer.local", True),
        ("router.home.arpa", True),
        ("metadata.google.internal", True),
        ("localhost.example.org", False),
        ("mylocalhost", False),
    ],
)
def test_local_names(host, expected):
    assert is_local_name(host) is expected


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "017700000001"])
def test_odd_spellings_come_out_as_what_they_mean(host):
    assert find_host_addresses(host, 80, timeout=5) == ["127.0.0.1"]


def test_a_name_that_leads_nowhere(monkeypatch):
    def fail(*args, **kwargs):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(OSError, match="not known"):
        find_host_addresses("nowhere.example", 80, timeout=5)


def test_a_label_too_long_for_the_wire_is_no_crash():
    with pytest.raises(OSError):  # noqa: PT011 — each system words it in its own way
        find_host_addresses("a" * 300 + ".org", 80, timeout=5)
