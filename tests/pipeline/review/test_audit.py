from starlette.requests import Request

from pipeline.enumerations import Role
from pipeline.review.audit import find_address, find_by, note_act
from pipeline.review.visitor import Visitor
from pipeline.store.audit import load_acts


class App:
    def __init__(self, store):
        self.state = type("State", (), {"store": store})()


def test_what_a_visitor_does_is_noted_with_name_and_address(store):
    request = Request({"type": "http", "headers": [], "client": ("192.0.2.1", 1), "app": App(store)})
    request.state.visitor = Visitor(name="ana", role=Role.ADMIN)
    note_act(request, "export", "register.csv", rows=812)
    (act,) = load_acts(store)
    assert (act.who, act.what, act.subject, act.address) == ("ana", "export", "register.csv", "192.0.2.1")
    assert act.detail == {"rows": 812}
    assert find_by(request).model_dump() == {"who": "ana", "address": "192.0.2.1"}


def test_a_request_without_an_address_has_none():
    assert find_address(Request({"type": "http", "headers": []})) == ""
