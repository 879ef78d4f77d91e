import pytest
from starlette.requests import Request

from pipeline.enumerations import Role
from pipeline.review.visitor import Visitor, find_visitor_of, visitor


def test_who_asks_is_known_where_the_route_is_not_public():
    request = Request({"type": "http", "headers": []})
    assert find_visitor_of(request) is None
    with pytest.raises(AttributeError):
        visitor(request)
    request.state.visitor = Visitor(name="ana", role=Role.READER)
    assert visitor(request).name == "ana"
