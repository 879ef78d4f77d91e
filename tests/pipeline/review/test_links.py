from types import SimpleNamespace

import pytest
from fastapi import FastAPI

from pipeline.review.links import find_page, find_pages, find_web_address


@pytest.mark.parametrize(
    ("addresses", "found"),
    [
        (("https://a.example/1",), "https://a.example/1"),
        ((None, "http://a.example"), "http://a.example"),
        (("javascript:alert(1)", "https://a.example/2"), "https://a.example/2"),
        (("JavaScript:alert(1)",), None),
        (("data:text/html,<script>alert(1)</script>",), None),
        (("/in/summer.txt",), None),
        (("https:alert(1)",), None),
        (("https://[",), None),
        (("stdin:abc", None), None),
    ],
)
def test_only_the_web_becomes_a_link(addresses, found):
    assert find_web_address(*addresses) == found


def test_a_page_of_ours_is_found_by_the_name_of_its_route_where_there_is_one():
    app = FastAPI()
    app.get("/rows/{row_id}", name="show_row")(lambda row_id: row_id)
    request = SimpleNamespace(app=app)
    assert find_page(request, "show_row", row_id="rw-1") == "/rows/rw-1"
    assert find_page(request, "show_nothing", row_id="rw-1") is None
    leads = {"Show": ("show_row", "row_id"), "Merge": ("show_merge", "row_id")}
    assert find_pages(request, leads, "rw-2") == {"Show": "/rows/rw-2"}
