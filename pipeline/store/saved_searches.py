"""Searches with a name, kept to be asked again; each knows what it has shown as new."""

import uuid
from datetime import timedelta

from pydantic import AwareDatetime
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from pipeline.errors import InputError, NotFoundError
from pipeline.store.rows import Row
from pipeline.store.schema import saved_search, saved_search_hit
from pipeline.store.search import search_newest
from pipeline.store.search_rows import SearchHit, SearchQuery
from pipeline.store.store import Store, now

# What was being saved while somebody looked has an older stamp and number than their look. No article takes a minute to
# save; what is looked at twice for that is known by its id.
_OVERLAP = timedelta(minutes=10)
_NUMBERS = 1_000  # articles and rows that ten minutes may bring: each takes a number
_MOST_NEW = 200  # of each kind: more than anybody reads at once


class SavedSearch(Row):
    """A search with a name."""

    id: str  #: ``ss-`` and 16 digits; stays the same when the search is changed
    name: str
    query: SearchQuery
    who: str
    created_at: AwareDatetime
    looked_at: AwareDatetime | None  #: when somebody last asked what is new in it


def save_search(store: Store, name: str, wanted: SearchQuery, *, who: str) -> SavedSearch:
    """Keep a search by a name; one that bears the name already is replaced, and keeps its id and what it has shown.

    Raises:
        InputError: the name is empty or longer than 200 characters.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= 200:
        raise InputError("A saved search needs a name of 1 to 200 characters.")
    kept = wanted.model_copy(update={"offset": 0})
    query = insert(saved_search).values(
        id=f"ss-{uuid.uuid4().hex[:16]}",
        name=name,
        query=kept.model_dump(mode="json", exclude_defaults=True),
        who=who,
        created_at=now(),
        seen_number=0,
    )
    with store.begin() as connection:
        connection.execute(
            query.on_conflict_do_update(index_elements=["name"], set_={"query": query.excluded.query, "who": who})
        )
        return _load(connection, name)


def load_saved_search(store: Store, name: str) -> SavedSearch:
    """The search of that name.

    Raises:
        NotFoundError: there is none.
    """
    with store.begin() as connection:
        return _load(connection, " ".join(name.split()))


def load_saved_searches(store: Store) -> list[SavedSearch]:
    """All of them, by name."""
    with store.begin() as connection:
        rows = connection.execute(select(*_COLUMNS).order_by(saved_search.c.name)).mappings()
        return [SavedSearch.model_validate(dict(row)) for row in rows]


def delete_saved_search(store: Store, name: str) -> None:
    """Forget the search of that name.

    Raises:
        NotFoundError: there is none.
    """
    with store.begin() as connection:
        known = _load(connection, " ".join(name.split()))
        connection.execute(delete(saved_search).where(saved_search.c.id == known.id))


def look_for_new(store: Store, name: str) -> tuple[SearchHit, ...]:
    """What came in and fits the search since this was last asked, the newest first; at the first time what is there.

    At most 200 of each kind, by words and conditions alone (:func:`pipeline.store.search.search_newest` says why). What
    was shown once is not shown again, whoever asked: a search is its name's, not a person's.

    Raises:
        NotFoundError: there is no such search.
    """
    known = load_saved_search(store, name)
    with store.begin() as connection:
        after = connection.execute(select(saved_search.c.seen_number).where(saved_search.c.id == known.id)).scalar_one()
    since = known.looked_at - _OVERLAP if known.looked_at else None
    at = now()
    wanted = known.query.model_copy(update={"limit": _MOST_NEW})
    hits, newest = search_newest(store, wanted, after=max(0, after - _NUMBERS), since=since)
    with store.begin() as connection:
        fresh = _note_shown(connection, known.id, hits, at)
        seen = {"looked_at": at, "seen_number": newest}
        connection.execute(update(saved_search).where(saved_search.c.id == known.id).values(seen))
    return tuple(hit for hit in hits if hit.id in fresh)


def _note_shown(connection: Connection, search_id: str, hits: tuple[SearchHit, ...], at: AwareDatetime) -> set[str]:
    """Note what is shown; returns the ids that were not shown before. What no look can meet again is forgotten."""
    shown = saved_search_hit
    too_old = (shown.c.search_id == search_id) & (shown.c.found_at < at - _OVERLAP - _OVERLAP)
    fresh: set[str] = set()
    if hits:
        rows = [{"search_id": search_id, "record_id": hit.id, "found_at": at} for hit in hits]
        put = insert(shown).values(rows).on_conflict_do_nothing().returning(shown.c.record_id)
        fresh = set(connection.execute(put).scalars())
    connection.execute(delete(shown).where(too_old))
    return fresh


_COLUMNS = [saved_search.c[name] for name in SavedSearch.model_fields]


def _load(connection: Connection, name: str) -> SavedSearch:
    row = connection.execute(select(*_COLUMNS).where(saved_search.c.name == name)).mappings().first()
    if row is None:
        raise NotFoundError(f"No saved search is called {name!r}: entente search --list shows them.")
    return SavedSearch.model_validate(dict(row))
