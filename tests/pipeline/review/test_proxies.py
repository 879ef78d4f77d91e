import pytest

from pipeline.enumerations import Role
from pipeline.review.options import read_networks
from pipeline.review.proxies import find_origin, is_within
from pipeline.store.accounts import By, NewAccount, add_account
from pipeline.store.audit import load_acts

TRUSTED = read_networks(["10.0.0.0/8", "fd00::/8"])
BY = By(who="test")


@pytest.mark.parametrize(
    ("forwarded", "origin"),
    [
        ([], "10.0.0.2"),
        (["198.51.100.7"], "198.51.100.7"),
        (["192.0.2.1, 198.51.100.7"], "198.51.100.7"),  # what stands further left anybody may have written
        (["192.0.2.1, 198.51.100.7, 10.0.0.1"], "198.51.100.7"),
        (["192.0.2.1", "198.51.100.7"], "198.51.100.7"),  # two headers are one
        (["10.0.0.9, 10.0.0.1"], "10.0.0.2"),
        (["unknown"], "10.0.0.2"),
        (["198.51.100.7, <script>"], "10.0.0.2"),
    ],
)
def test_who_asked_the_first_trusted_proxy(forwarded, origin):
    assert find_origin(forwarded, "10.0.0.2", TRUSTED) == origin


@pytest.mark.parametrize(
    ("address", "is_inside"),
    [
        ("10.1.2.3", True),
        ("fd00::1", True),
        ("::ffff:10.1.2.3", True),
        ("11.0.0.1", False),
        ("testclient", False),
        ("", False),
    ],
)
def test_what_lies_in_a_network(address, is_inside):
    assert is_within(address, TRUSTED) is is_inside


@pytest.fixture
def behind(serve_with, store):
    """The page behind a proxy that says who is signed in; ana has an account."""
    add_account(store, NewAccount(name="ana", role=Role.REVIEWER), by=BY)

    def serve(address="10.0.0.2", **options):
        return serve_with(address, **({"proxies": TRUSTED, "user_header": "X-Remote-User"} | options))

    return serve


def test_the_proxy_says_who_asks(behind):
    page = behind().get("/account", headers={"X-Remote-User": "Ana"})
    assert page.status_code == 200
    assert "<h1>ana</h1>" in page.text


def test_whom_the_proxy_signs_in_stands_in_the_audit_once_a_day(behind, store):
    client = behind()
    for _ in range(3):
        client.get("/account", headers={"X-Remote-User": "ana", "X-Forwarded-For": "198.51.100.7"})
    acts = [(act.who, act.what, act.address) for act in load_acts(store)]
    assert acts == [("ana", "sign-in", "198.51.100.7"), ("test", "account added", None)]


@pytest.mark.parametrize(
    ("address", "options"),
    [("198.51.100.7", {}), ("127.0.0.1", {}), ("10.0.0.2", {"user_header": None}), ("10.0.0.2", {"proxies": ()})],
    ids=["not the proxy", "this machine", "no header is set", "no proxy is set"],
)
def test_nobody_else_is_believed(behind, address, options):
    assert behind(address, **options).get("/account", headers={"X-Remote-User": "ana"}).status_code == 303


@pytest.mark.parametrize("name", ["nobody", "<script>", "x" * 500])
def test_whom_nobody_knows_is_refused(behind, name):
    assert behind().get("/account", headers={"X-Remote-User": name}).status_code == 403


def test_newcomers_get_the_role_that_was_set(behind):
    client = behind(newcomers=Role.READER)
    assert "reader" in client.get("/account", headers={"X-Remote-User": "dora"}).text
    assert client.get("/people", headers={"X-Remote-User": "dora"}).status_code == 403


def test_the_proxy_says_that_it_speaks_https(behind):
    answer = behind().get("/healthz", headers={"X-Forwarded-Proto": "https"})
    assert "strict-transport-security" in answer.headers
    assert (
        "strict-transport-security"
        not in behind("198.51.100.7").get("/healthz", headers={"X-Forwarded-Proto": "https"}).headers
    )
