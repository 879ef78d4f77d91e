import pytest

from pipeline.errors import InputError, NotFoundError
from pipeline.review import comparing
from pipeline.review.comparing import compare_run
from pipeline.store.runs import start_run


def test_of_two_runs_the_later_is_compared_with_the_earlier(store):
    before, after = (start_run(store, "ingest", settings={}, versions={}) for _ in range(2))
    assert compare_run(store, after, None, limit=5).before is None
    found = compare_run(store, after[:12], before, limit=5)
    assert (found.before, found.after, found.articles) == (before, after, 0)
    with pytest.raises(NotFoundError):
        compare_run(store, after, "rn-none-of-that", limit=5)


def test_what_takes_too_long_is_for_the_command_line(store, monkeypatch):
    run = start_run(store, "ingest", settings={}, versions={})
    monkeypatch.setattr(comparing, "MOST", -1)
    with pytest.raises(InputError, match=f"entente diff {run} does"):
        compare_run(store, run, None, limit=5)
