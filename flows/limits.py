"""Named concurrency limits: what only one process may do at a time, on however many machines; made where they are missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate
from prefect.concurrency.sync import concurrency
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound

FETCH = "entente-fetch"  #: each process keeps the pace of a host by itself: two would ask it twice as often
THEMES = "entente-themes"  #: two at once would embed the same texts, and wait for each other to save themes

_SLOTS = {FETCH: 1, THEMES: 1}

# Seconds, the least that Prefect takes. A process that is killed gives its slot back after so long, and not after the
# five minutes that are Prefect's default.
_LEASE = 60.0


def make_limits(client: SyncPrefectClient) -> None:
    """Make the limits that are missing; one that is there keeps the number of slots that somebody has given it."""
    for name, slots in _SLOTS.items():
        try:
            client.read_global_concurrency_limit_by_name(name)
        except ObjectNotFound:
            _make_limit(client, name, slots)


def _make_limit(client: SyncPrefectClient, name: str, slots: int) -> None:
    try:
        client.create_global_concurrency_limit(GlobalConcurrencyLimitCreate(name=name, limit=slots))
    except ObjectAlreadyExists:
        return  # another process was quicker


@contextmanager
def take_turn(name: str) -> Iterator[None]:
    """Wait for a slot of a limit and hold it while the block runs.

    Prefect only warns of a limit that does not exist, and lets everybody pass: so it is made first.
    """
    with get_client(sync_client=True) as client:
        make_limits(client)
    # A server that is away for a while must not end what holds a slot: what is done is kept by the store.
    with concurrency(name, lease_duration=_LEASE, raise_on_lease_renewal_failure=False):
        yield
