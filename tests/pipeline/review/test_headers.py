import pytest

from pipeline.review.headers import HEADERS


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("get", "/account", 200), ("get", "/nothing", 404), ("get", "/people/nobody", 404), ("post", "/account", 405)],
)
def test_every_answer_has_them(plain, method, path, status):
    answer = getattr(plain, method)(path)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"] == "no-store"


def test_nothing_inline_and_nothing_from_elsewhere_is_allowed():
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_over_https_it_stays_so(plain):
    assert "strict-transport-security" not in plain.get("/healthz").headers
    plain.base_url = "https://127.0.0.1:8765"
    assert plain.get("/healthz").headers["strict-transport-security"] == "max-age=31536000"
