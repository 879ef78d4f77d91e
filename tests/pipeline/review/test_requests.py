import pytest
from structlog.testing import capture_logs

from pipeline.logs import configure_logs


@pytest.fixture(autouse=True)
def loud():
    """Requests are said at the level INFO, whatever another test has set."""
    configure_logs(level="INFO")
    yield
    configure_logs()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("get", "/account?secret=1", 200), ("get", "/nothing", 404), ("post", "/sign-in", 401)],
)
def test_each_request_is_one_line_without_query_and_form(client, method, path, status):
    fields = {"data": {"name": "ana", "password": "very secret"}} if method == "post" else {}
    with capture_logs() as lines:
        answer = getattr(client, method)(path, **fields)
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["path"], line["status"]) == (method.upper(), path.partition("?")[0], status)
    assert line["id"] == answer.headers["x-request-id"]
    assert line["ms"] >= 0
    assert "secret" not in str(lines)


def test_who_asked_is_in_it(client, sign_in_as):
    sign_in_as("reader", name="cleo")
    with capture_logs() as lines:
        client.get("/account")
    assert [line["who"] for line in lines if line["event"] == "request"] == ["cleo"]
