import httpx
import pytest

from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.sources.proxies import find_proxy, is_exempt, is_loopback

BOTH = Settings(
    https_proxy="http://secure:3128", http_proxy="http://plain:3128", no_proxy=("corp.example", "10.0.0.0/8")
)


@pytest.mark.parametrize(
    ("address", "proxy"),
    [
        ("https://example.org/", "http://secure:3128"),
        ("http://example.org/", "http://plain:3128"),
        ("https://wiki.corp.example/", None),
        ("http://10.1.2.3/", None),
        ("http://localhost/", None),
        ("http://127.0.0.1:8080/", None),
        ("http://[::1]/", None),
    ],
)
def test_the_proxy_of_an_address(address, proxy):
    assert find_proxy(httpx.URL(address), BOTH) == proxy


@pytest.mark.parametrize(
    ("host", "entry", "covered"),
    [
        ("corp.example", "corp.example", True),
        ("a.corp.example", "corp.example", True),
        ("a.corp.example", ".corp.example", True),
        ("a.corp.example", "*.corp.example", True),
        ("acorp.example", "corp.example", False),
        ("example.org", "*", True),
        ("10.1.2.3", "10.0.0.0/8", True),
        ("10.1.2.3", "10.1.2.3", True),
        ("11.1.2.3", "10.0.0.0/8", False),
        ("::1", "10.0.0.0/8", False),
        ("example.org", ".", False),
    ],
)
def test_a_word_of_no_proxy(host, entry, covered):
    assert is_exempt(host, entry) is covered


@pytest.mark.parametrize(("host", "inside"), [("127.8.8.8", True), ("a.localhost.", True), ("printer.local", False)])
def test_this_machine(host, inside):
    assert is_loopback(host) is inside


def test_another_kind_of_proxy_is_said_without_its_password():
    with pytest.raises(InputError, match="ENTENTE_HTTPS_PROXY: socks5://…@proxy:1080 is no http or https proxy"):
        find_proxy(httpx.URL("https://example.org/"), Settings(https_proxy="socks5://me:secret@proxy:1080"))
