"""Named concurrency limits: what only one process may do at a time, on however many machines; made where they are missing."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from prefect import get_run_logger
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate, GlobalConcurrencyLimitUpdate
from prefect.concurrency.sync import concurrency
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.settings import get_current_settings

FETCH = "entente-fetch"  #: each process keeps the pace of a host by itself: two would ask it twice as often
THEMES = "entente-themes"  #: two at once would embed the same texts, and wait for each other to save themes

_SLOTS = {FETCH: 1, THEMES: 1}

# Seconds, the least that Prefect takes. A process that is killed gives its slot back after so long, and not after the
# five minutes that are Prefect's default.
_LEASE = 60.0

# Seconds. A server that is killed forgets who holds a slot (3.8.8 keeps it in memory by default), but not that it is
# taken: nobody would get it ever again. Nearly every poll takes less than an hour; who has waited longer frees it.
_PATIENCE = 3600.0


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
def take_turn(name: str, *, patience: float = _PATIENCE) -> Iterator[None]:
    """Wait for a slot of a limit and hold it while the block runs.

    Prefect only warns of a limit that does not exist, and lets everybody pass: so it is made first. Without a server of our
    own (Prefect starts one for a single run) there is nobody to wait for.

    Args:
        name: of the limit.
        patience: seconds after which a slot that is still taken is taken for lost.
    """
    with ExitStack() as held:
        if get_current_settings().api.url:
            _acquire(held, name, patience)
        yield


def _acquire(held: ExitStack, name: str, patience: float) -> None:
    with get_client(sync_client=True) as client:
        make_limits(client)
        try:
            held.enter_context(_hold(name, patience))
        except TimeoutError:
            get_run_logger().warning("nobody has given a slot of %s back for %.0f s: it is freed", name, patience)
            client.update_global_concurrency_limit(name, GlobalConcurrencyLimitUpdate(active_slots=0))
            held.enter_context(_hold(name, patience))


@contextmanager
def _hold(name: str, patience: float) -> Iterator[None]:
    # A server that is away for a while must not end what holds a slot: what is done is kept by the store.
    with concurrency(name, timeout_seconds=patience, lease_duration=_LEASE, raise_on_lease_renewal_failure=False):
        yield
