"""What is known of a Prefect server from outside; a real one is asked in tests/flows/test_stuck.py."""

import pytest

from pipeline.cli.prefect_server import can_write, is_answering
from tests.flows.conftest import find_free_port


@pytest.mark.parametrize("ask", [is_answering, can_write])
@pytest.mark.parametrize("server", ["http://127.0.0.1:{port}/api", "http://127.0.0.1:{port}/api/", "no address"])
def test_where_nobody_listens_nobody_answers(ask, server):
    assert ask(server.format(port=find_free_port())) is False
