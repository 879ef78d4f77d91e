"""The named limits are made, and only one holds a slot at a time."""

from contextvars import copy_context
from threading import Thread

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.settings import PREFECT_API_URL, temporary_settings

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


def test_without_a_server_there_is_nobody_to_wait_for():
    with temporary_settings({PREFECT_API_URL: None}), take_turn(FETCH), take_turn(FETCH):
        assert True, "a second turn would wait for the first"


def test_a_slot_that_nobody_gives_back_is_freed_in_the_end():
    with get_client(sync_client=True) as client:
        make_limits(client)
        # As after the death of a server that knew who held it.
        client.update_global_concurrency_limit(FETCH, GlobalConcurrencyLimitUpdate(active_slots=1))

        @flow(name="patient", persist_result=False)
        def patient() -> int:
            with take_turn(FETCH, patience=1.0):
                return client.read_global_concurrency_limit_by_name(FETCH).active_slots

        assert patient() == 1
        assert client.read_global_concurrency_limit_by_name(FETCH).active_slots == 0
