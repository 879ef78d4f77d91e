import pytest

from pipeline.errors import InputError
from pipeline.review.options import ReviewOptions, is_loopback, read_networks


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("example.org", False),
    ],
)
def test_what_is_this_machine(host, is_here):
    assert is_loopback(host) is is_here
    assert ReviewOptions(host=host).is_local is is_here


def test_addresses_and_networks_are_read():
    assert [str(each) for each in read_networks(["10.0.0.7", "10.1.2.3/8"])] == ["10.0.0.7/32", "10.0.0.0/8"]
    with pytest.raises(InputError, match=r"--trusted-proxy.*10\.0\.0\.0/8"):
        read_networks(["proxy.example"])


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        ("localhost", True),
        ("LOCALHOST", True),
        ("Here.example", True),
        ("192.0.2.1", True),
        ("::1", True),
        ("there.example", False),
    ],
)
def test_the_names_it_answers_to(name, is_known):
    assert ReviewOptions(names=("here.Example",)).answers_to(name) is is_known
