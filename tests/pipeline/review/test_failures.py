"""Errors as pages: readable, and without anything of ours that a stranger could use."""

import pytest
from structlog.testing import capture_logs

from pipeline.errors import InputError, NotFoundError, StoreError
from pipeline.review.views import people


@pytest.fixture
def fail(plain, monkeypatch):
    """Call as ``fail(StoreError("…"))``: gives what the page for one's account answers when that happens."""

    def ask(error, **headers):
        def raise_it(*_):
            raise error

        monkeypatch.setattr(people, "load_sessions", raise_it)
        return plain.get("/account", headers=headers)

    return ask


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (NotFoundError("There is no account <b>."), 404, "There is no account &lt;b&gt;."),
        (InputError("That cannot be."), 422, "That cannot be."),
        (StoreError("postgresql://user:secret@host went away"), 503, "Try again in a minute"),
        (RuntimeError("secret of ours"), 500, "Its number in the log is "),
    ],
)
def test_an_error_is_a_page_that_says_what_to_do(fail, error, status, said):
    answer = fail(error)
    assert answer.status_code == status
    assert said in answer.text
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_number_on_the_page_is_that_of_the_log(fail):
    with capture_logs() as lines:
        answer = fail(RuntimeError("what happened"))
    (line,) = [line for line in lines if line["event"] == "request failed"]
    assert f"Its number in the log is {line['id']}." in answer.text
    assert str(line["exc_info"]) == "what happened"


def test_what_is_no_page_says_so(plain):
    answer = plain.get("/nothing-of-that-name")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


@pytest.mark.parametrize(("method", "path", "status"), [("get", "/api/nothing", 404), ("post", "/api/v1/x", 404)])
def test_programs_get_json(plain, method, path, status):
    answer = getattr(plain, method)(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_a_form_that_lacks_a_field_is_told_which(plain):
    answer = plain.post("/people/ana/role", data={"role": "emperor"})
    assert answer.status_code == 422
    assert "role: Input should be &#39;reader&#39;" in answer.text


@pytest.mark.parametrize(
    ("referer", "way_back"),
    [
        ("http://127.0.0.1:8765/articles/ar-1?page=2", "%2Farticles%2Far-1%3Fpage%3D2"),
        ("https://elsewhere.example/x", "%2F"),
        ("", "%2F"),
    ],
)
def test_who_must_sign_in_after_a_form_comes_back_to_its_page(plain, sign_in_as, referer, way_back):
    sign_in_as(None)
    answer = plain.post("/sign-out", headers={"Referer": referer})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={way_back}")


def test_htmx_takes_the_whole_page_to_the_sign_in(plain, sign_in_as):
    sign_in_as(None)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1:8765/queue"}
    answer = plain.get("/account", headers=headers)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in?next=%2Fqueue")
