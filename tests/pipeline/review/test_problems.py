import json
from http import HTTPStatus

from starlette.requests import Request

from pipeline.review.problems import Flaw, find_flaws, show_problem


def test_a_problem_says_what_where_and_what_to_do():
    request = Request({"type": "http", "method": "GET", "path": "/api/v1/runs", "headers": [], "query_string": b""})
    answer = show_problem(request, 422, "limit: give at most 200", [Flaw(where="query.limit", what="too large")])
    assert (answer.status_code, answer.media_type) == (422, "application/problem+json")
    assert json.loads(answer.body) == {
        "type": "about:blank",
        "title": HTTPStatus(422).phrase,
        "status": 422,
        "detail": "limit: give at most 200",
        "instance": "/api/v1/runs",
        "flaws": [{"where": "query.limit", "what": "too large"}],
    }


def test_a_place_is_said_as_a_path():
    found = find_flaws([{"loc": ("body", "decisions", 0, "action"), "msg": "no such action"}, {"loc": (), "msg": "?"}])
    assert [each.where for each in found] == ["body.decisions.0.action", "request"]


def test_half_a_character_that_was_sent_is_no_obstacle():
    request = Request({"type": "http", "method": "GET", "path": "/api/v1/x", "headers": [], "query_string": b""})
    answer = show_problem(request, 404, "\ud800 is not there", [Flaw(where="body.\ud800", what="?")])
    assert json.loads(answer.body)["detail"] == "? is not there"
