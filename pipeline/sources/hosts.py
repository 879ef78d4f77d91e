"""Which network addresses are public, and which of them a host's name leads to."""

import ipaddress
import queue
import socket
import threading

# Networks that Python's is_global lets pass, or passes only in some versions, and that no public page is served from.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b::/96",  # NAT64: an IPv4 address, private ones included, in disguise
        "64:ff9b:1::/48",  # NAT64 for local use
        "2002::/16",  # 6to4: the same
        "2001::/23",  # Teredo: the same; and other protocols
        "192.0.0.0/24",  # protocols, and one cloud's console
        "3fff::/20",  # documentation, newer than some Pythons know
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # a cloud provider's own console for its machines, at a public number
    )
)
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")  # all IPv6 that is given out for the public today

# Names that stand for this machine or network by RFC 6761, 6762, 8375 and ICANN (2024), whatever a resolver says.
_LOCAL_NAMES = ("localhost", "local", "home.arpa", "internal")


def is_public(address: str) -> bool:
    """Whether a numeric address is one the public is served from: ``93.184.216.34``, never ``10.0.0.1`` or ``::1``.

    IPv4 in IPv6 (``::ffff:10.0.0.1``) is judged by its IPv4 part; NAT64, 6to4 and Teredo, which hide one, are refused.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    if ip.version == 6 and ip not in _GLOBAL_V6:
        return False
    return not any(ip in network for network in _NOT_PUBLIC if network.version == ip.version)


def is_local_name(host: str) -> bool:
    """Whether a name stands for this machine or network by its standard: ``localhost``, ``printer.local``."""
    name = host.rstrip(".").lower()
    return any(name == local or name.endswith("." + local) for local in _LOCAL_NAMES)


def find_host_addresses(host: str, port: int, *, timeout: float) -> list[str]:
    """The numeric addresses a host's name leads to, in the order the system prefers; numbers lead to themselves.

    Odd spellings of numbers (``2130706433``, ``0x7f000001``, ``127.1``) come out as the address they mean, so that they
    are judged as such. The system's resolver knows no deadline: it is asked in a thread that is left behind when late.

    Args:
        host: a name, or an IPv4 or IPv6 address.
        port: TCP port.
        timeout: seconds to wait.

    Raises:
        OSError: the name leads nowhere.
        TimeoutError: no answer in time.
    """
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except OSError as error:
            answers.put(error)
        except UnicodeError as error:  # a label that is too long for the wire
            answers.put(OSError(str(error)))

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=max(timeout, 0.001))
    except queue.Empty:
        raise TimeoutError(f"no answer for {host} in time") from None
    if isinstance(answer, OSError):
        raise answer
    return answer
