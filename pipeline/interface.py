"""The Python interface: what ``from pipeline import …`` gives, in a dozen functions. docs/python.md shows them at work.

Each does what the command of its name does and gives records instead of text. Conditions are those of the filters in
:mod:`pipeline.store.filters`, given by name; ``frame`` makes a DataFrame of what a list gives.
"""

import hashlib
import importlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.embedding.encoder import find_route
from pipeline.embedding.query import embed_query
from pipeline.errors import EntenteError, InputError
from pipeline.exports.columns import VIEW_OF, find_columns, read_values
from pipeline.jobs import extractor
from pipeline.jobs.counts import IngestCounts
from pipeline.jobs.ingest import ingest_all
from pipeline.reading.article import read_article
from pipeline.records import Article, Extraction, RawArticle
from pipeline.settings import Settings
from pipeline.sources.inputs import fetch_article
from pipeline.store import actors, records
from pipeline.store import articles as stored
from pipeline.store import register as rows
from pipeline.store import search as searching
from pipeline.store import store as database
from pipeline.store.filters import ArticleFilter, ClaimFilter, EntityFilter, Filter, RegisterFilter
from pipeline.store.rows import ArticleRow, ClaimRow, EntityRow, FoundRecord, RegisterRow
from pipeline.store.search_rows import QueryVector, SearchPage, SearchQuery
from pipeline.store.store import Store
from pipeline.store.streams import Reviewed
from pipeline.store.vectors import has_vectors

_F = TypeVar("_F", bound=Filter)


def open_store(settings: Settings | None = None) -> Store:
    """The store of these settings (``ENTENTE_*`` by default), as a context manager; an embedded server is started for it.

    Example::

        with open_store() as store:
            ingest(store, "articles/")
            rows = register(store, party="France")

    Raises:
        StoreError: the database cannot be reached, started or upgraded.
    """
    return database.open_store(settings or Settings())


def read(
    given: str | Path,
    *,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    settings: Settings | None = None,
) -> Article:
    """An article from its text (a ``str``) or its file (a ``Path``): plain text, Markdown, HTML, PDF or DOCX.

    Args:
        given: the text, or where the file is.
        title: of the article, where it does not say so itself.
        published: its day, an ISO date or a prefix of one; "last month" is a date only where it is known.
        publisher: who published it.
        settings: those of the environment by default.

    Raises:
        ArticleError: there is no such file, or it cannot be read.
        InputError: the day is none.
    """
    settings = settings or Settings()
    said = {"title": title, "published": published, "publisher": publisher}
    facts = {name: value for name, value in said.items() if value is not None}
    raw = fetch_article(str(given), settings=settings, given=facts) if isinstance(given, Path) else _wrap(given, facts)
    return extractor.mark_language(read_article(raw, max_text_bytes=settings.max_text_bytes))


def extract(
    given: str | Path | Article, *, published: str | None = None, settings: Settings | None = None
) -> Extraction:
    """What an article says: entities, agreements and claims, each with its words; the models are loaded once.

    Args:
        given: the text (a ``str``), the file (a ``Path``), or an article from :func:`read`.
        published: the day of the article, where it does not say so itself.
        settings: those of the environment by default.

    Raises:
        ArticleError: it cannot be read or analysed.
        ModelError: a model is missing or not the pinned one.
    """
    settings = settings or Settings()
    if not isinstance(given, Article):
        given = read(given, published=published, settings=settings)
    return extractor.extract(given, settings)


def ingest(
    store: Store,
    inputs: str | Path | Sequence[str | Path],
    *,
    published: str | None = None,
    publisher: str | None = None,
    settings: Settings | None = None,
) -> IngestCounts:
    """Read files, folders and web addresses into the register, as ``entente ingest`` does; what is known is skipped.

    Returns:
        What became of them; what failed is in ``failures``.
    """
    several = [inputs] if isinstance(inputs, str | Path) else inputs
    said = {"published": published, "publisher": publisher}
    facts = {name: value for name, value in said.items() if value is not None}
    return ingest_all(store, [str(each) for each in several], settings=settings or Settings(), given=facts)


def register(store: Store, **conditions: Any) -> list[RegisterRow]:  # noqa: ANN401 -- the filter checks them
    """Rows of the register: ``register(store, party="France", status="signed", limit=10)`` (:class:`RegisterFilter`)."""
    return list(rows.load_register(store, _make(RegisterFilter, conditions)))


def claims(store: Store, **conditions: Any) -> list[ClaimRow]:  # noqa: ANN401 -- as above
    """Claims: ``claims(store, speaker="Mara Lind", type="prediction")`` (:class:`ClaimFilter`)."""
    return list(records.load_claims(store, _make(ClaimFilter, conditions)))


def entities(store: Store, **conditions: Any) -> list[EntityRow]:  # noqa: ANN401 -- as above
    """Who and what is named, over all articles: ``entities(store, type="STATE")`` (:class:`EntityFilter`)."""
    return list(actors.load_entities(store, _make(EntityFilter, conditions)))


def articles(store: Store, **conditions: Any) -> list[ArticleRow]:  # noqa: ANN401 -- as above
    """What was read: ``articles(store, publisher="The Gazette", published_from="2025-07")`` (:class:`ArticleFilter`)."""
    return list(stored.load_articles(store, _make(ArticleFilter, conditions)))


def search(store: Store, words: str, *, settings: Settings | None = None, **conditions: Any) -> SearchPage:  # noqa: ANN401 -- as above
    """Articles, agreements and claims by words and, where vectors are stored, by meaning; the best first.

    Example: ``search(store, '"long-range" strike', kinds=("claim",))`` (:class:`SearchQuery`).

    Raises:
        ModelError: vectors are stored, and the model to compare the words by is missing or not the pinned one.
    """
    settings = settings or Settings()
    wanted = _make(SearchQuery, {"text": words} | conditions)
    vector = None
    if words.strip() and has_vectors(store, find_route(settings)):
        vector = QueryVector(*embed_query(settings, words))
    return searching.search(store, wanted, vector)


def load(store: Store, record_id: str) -> FoundRecord:
    """What an id (``rw-…``, ``ag-…``, ``cl-…``, ``ar-…``) or its beginning stands for, with the texts its quotes are from.

    Raises:
        NotFoundError: nothing bears that id.
    """
    return records.load_record(store, record_id)


def frame(found: Iterable[BaseModel]) -> Any:  # noqa: ANN401 -- pandas may not be there; __init__.pyi says DataFrame
    """Records as a DataFrame: rows of a list in the columns of its export, other records in their own fields.

    Raises:
        EntenteError: pandas is not installed.
    """
    try:
        pandas = importlib.import_module("pandas")
    except ImportError as error:
        raise EntenteError("pandas is not installed; pip install 'entente[frames]', or pip install pandas") from error
    rows = list(found)
    view = VIEW_OF.get(type(rows[0])) if rows else None
    if view is None:
        return pandas.DataFrame([row.model_dump(mode="json") for row in rows])
    columns = find_columns(view)
    values = [read_values(columns, Reviewed(row)) for row in rows]  # type: ignore[arg-type]  # a view's records are rows
    return pandas.DataFrame(values, columns=[column.name for column in columns])


def _wrap(text: str, given: dict[str, str]) -> RawArticle:
    """Text as a raw article, under the address that standard input would have."""
    body = text.encode()
    address = f"stdin:{hashlib.sha256(body).hexdigest()}"
    at = datetime.now(UTC)
    return RawArticle(
        address=address, media_type="text/plain; charset=utf-8", body=body, fetched_at=at, given=dict(given)
    )


def _make(kind: type[_F], conditions: dict[str, Any]) -> _F:
    try:
        return kind(**conditions)
    except ValidationError as error:
        known = ", ".join(kind.model_fields)
        wrong = "; ".join(f"{each['loc'][0]}: {each['msg']}" for each in error.errors(include_url=False))
        raise InputError(f"{wrong}; conditions are {known}") from error
