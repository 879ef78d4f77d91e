import os

import pytest

from pipeline.store import memory


@pytest.mark.parametrize(
    ("gigabytes", "chosen"), [(0, "64MB"), (0.25, "64MB"), (4, "500MB"), (8, "1000MB"), (64, "4096MB")]
)
def test_a_larger_machine_keeps_more_pages(monkeypatch, gigabytes, chosen):
    monkeypatch.setattr(memory, "find_memory", lambda: int(gigabytes * 1e9))
    assert memory.choose_buffers() == chosen


@pytest.mark.parametrize(("said", "is_limited"), [("1000000\n", True), ("max\n", False), (None, False)])
def test_a_container_has_what_it_may_have(tmp_path, said, is_limited):
    limit = tmp_path / "memory.max"
    if said is not None:
        limit.write_text(said)
    assert memory.find_memory(limit) == (1_000_000 if is_limited else memory.find_memory(tmp_path / "none"))


def test_a_system_that_does_not_say_has_the_least(monkeypatch):
    def refuse(name):
        raise ValueError(name)

    monkeypatch.setattr(os, "sysconf", refuse)
    assert memory.choose_buffers() == "64MB"
