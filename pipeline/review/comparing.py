"""What a run changed, as far as a page can wait for it."""

from pipeline.errors import InputError
from pipeline.exports.differences import RunDiff
from pipeline.exports.run_diff import diff_runs
from pipeline.store.runs import count_made, load_run
from pipeline.store.store import Store

# Two extractions of an article are read and compared in some 5 ms: of more one would wait longer than a browser does.
MOST = 2000


def compare_run(store: Store, run_id: str, before: str | None, *, limit: int) -> RunDiff:
    """What a run extracted otherwise than an earlier one, or than what it found in its place.

    Args:
        store: the open store.
        run_id: the run's id, or how it begins.
        before: the earlier run; None: what it found in its place.
        limit: how many changed records to list.

    Raises:
        NotFoundError: there is no such run.
        InputError: they made too much to be compared while somebody waits.
    """
    ids = [load_run(store, each).id for each in (before, run_id) if each]
    made = max(count_made(store, each) for each in ids)
    if made > MOST:
        raise InputError(
            f"{made:,} extractions are more than a page can compare ({MOST:,}): entente diff {' '.join(ids)} does."
        )
    return diff_runs(store, ids[0] if before else None, ids[-1], limit=limit)
