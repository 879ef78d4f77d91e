"""Reading actors: the list of who and what is named over all articles, and the page of one of them."""

from pipeline.errors import NotFoundError
from pipeline.store.actor_rows import ActorRow, FoundActor
from pipeline.store.filters import EntityFilter
from pipeline.store.store import Store


def load_actors(store: Store, wanted: EntityFilter | None = None) -> list[ActorRow]:
    """Actors, those in most articles first; the link job brings them up to date after every ingest."""
    del store, wanted
    return []


def load_actor(store: Store, actor_id: str, *, size: int = 20, page: int = 1) -> FoundActor:
    """The page of an actor by its id, an unambiguous beginning of it, or the id it had before it was joined to another.

    Raises:
        NotFoundError: nothing bears that id.
        InputError: several ids begin like that.
    """
    del store, size, page
    raise NotFoundError(f"Nothing bears the id {actor_id}.")
