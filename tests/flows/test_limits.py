"""The named limits are made, and only one holds a slot at a time."""

from contextvars import copy_context
from threading import Thread

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate

from flows.limits import FETCH, THEMES, make_limits, take_turn

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]


def test_limits_are_made_once_and_keep_what_somebody_has_set():
    with get_client(sync_client=True) as client:
        make_limits(client)
        assert client.read_global_concurrency_limit_by_name(FETCH).limit == 1
        client.update_global_concurrency_limit(THEMES, GlobalConcurrencyLimitUpdate(limit=3))
        make_limits(client)
        assert client.read_global_concurrency_limit_by_name(THEMES).limit == 3
        client.delete_global_concurrency_limit_by_name(THEMES)


def test_one_at_a_time():
    order: list[str] = []

    def second() -> None:
        with take_turn(FETCH):
            order.append("second")

    with take_turn(FETCH):
        waiting = Thread(target=copy_context().run, args=(second,))  # which server, is known by the context
        waiting.start()
        waiting.join(2.0)
        order.append("first")
    waiting.join(60)
    assert order == ["first", "second"]
