"""Searches with a name, kept to be asked again."""

from pydantic import AwareDatetime

from pipeline.store.rows import Row
from pipeline.store.search_rows import SearchQuery
from pipeline.store.store import Store


class SavedSearch(Row):
    """A search with a name."""

    id: str
    name: str
    query: SearchQuery
    who: str
    created_at: AwareDatetime
    looked_at: AwareDatetime | None  #: when somebody last asked what is new in it


def load_saved_searches(store: Store) -> list[SavedSearch]:
    """All of them, by name."""
    del store
    return []
