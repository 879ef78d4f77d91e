"""Articles, their revisions and addresses; an article and all its records are saved in one transaction, once."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from pipeline.errors import NotFoundError, StoreError
from pipeline.records import Article, Extraction, Passage
from pipeline.store import schema
from pipeline.store.additions import restore_additions
from pipeline.store.article_places import Place, find_place
from pipeline.store.extractions import insert_extraction
from pipeline.store.filters import ArticleFilter
from pipeline.store.inserts import insert_rows
from pipeline.store.links import mark_article_unlinked
from pipeline.store.locks import lock_register, take_turns
from pipeline.store.queries import has_words, is_current_revision, only_id, select_articles
from pipeline.store.raws import resolve_failures
from pipeline.store.refresh import refresh_articles
from pipeline.store.rows import ArticleRow, ArticleText
from pipeline.store.runs import note_extraction
from pipeline.store.search_entries import index_article, settle_authorities
from pipeline.store.store import Store, now


class Outcome(StrEnum):
    """What saving an article came to."""

    NEW = "new"
    REVISION = "revision"  #: a changed text or publication date of a known article
    UPGRADED = "upgraded"  #: the same text, extracted by another version of the pipeline
    KNOWN = "known"  #: nothing had to be saved


def find_known(store: Store, article: Article) -> str | None:
    """The id of the article whose text and published date these are already (at any fingerprint), or None.

    At a known address, what was read there last counts. At a new one, the same text is the same article, whatever its
    date there (syndication), except that a date for an undated article is news. Else it is the article that was read at
    one of its further addresses (where it was redirected to, what its page names as its own).
    """
    with store.begin() as connection:
        place = find_place(connection, article)
    return place.article_id if place.is_known else None


def find_article_id(store: Store, article: Article) -> str:
    """The id this article bears in the store: its address's article, that of the same text, of an alias, or its own.

    Give it to the article before extracting, so that its records' ids stay the same from revision to revision.
    """
    with store.begin() as connection:
        return find_place(connection, article).article_id


def save_article(  # noqa: PLR0913 -- an article, all that is made of it, and who did so
    store: Store,
    *,
    raw_id: str,
    article: Article,
    extraction: Extraction,
    passages: Sequence[Passage],
    run_id: str | None = None,
) -> Outcome:
    """Save an article and everything extracted from it, in one transaction, exactly once.

    Saving the same again changes nothing. A changed text or date at a known address is a new revision of the same
    article; the same text at a second address gives the article an address. Two processes that save the same text, or
    the same article, take turns. ``run_id`` is noted as the run that made the extraction.

    Raises:
        StoreError: the text has a NUL or half of a surrogate pair, or the database went away.
    """
    _check_text(article)
    with store.begin() as connection:
        take_turns(connection, f"text {article.sha256}")
        lock_article(connection, find_place(connection, article).article_id)
        place = find_place(connection, article)  # again: another may have been there before the lock
        outcome, revision = _decide(connection, place, article, extraction.fingerprint)
        if outcome in {Outcome.REVISION, Outcome.UPGRADED}:
            lock_register(connection)
        if outcome is not Outcome.KNOWN:
            is_new = outcome is Outcome.NEW
            key = (place.article_id, revision, extraction.fingerprint)
            _put_article(connection, key, raw_id, article, is_new=is_new)
            insert_extraction(connection, key[:2], extraction, passages, is_first=is_new)
            if not is_new:
                restore_additions(connection, place.article_id)
            note_extraction(connection, run_id, key)
        _note_address(connection, place.article_id, raw_id, article)
        if outcome is not Outcome.KNOWN:
            index_article(connection, place.article_id)  # after its address, which says who speaks in it
        if outcome in {Outcome.REVISION, Outcome.UPGRADED}:
            refresh_articles(connection, [place.article_id])  # what it says now, and what it says no more
    return outcome


def save_alias(store: Store, raw_id: str, article: Article) -> str:
    """Note that a known text was read at this address (too); returns the article's id.

    What is said about the article (title, authors, publisher, web address) is brought up to date where it is said at
    the article's first address.

    Raises:
        NotFoundError: the text is not known; it must be saved with its extraction.
    """
    _check_text(article)
    with store.begin() as connection:
        place = find_place(connection, article)
        if not place.is_known:
            raise NotFoundError(f"The text of {article.address} is not known yet.")
        lock_article(connection, place.article_id)
        _note_address(connection, place.article_id, raw_id, article)
        _refresh(connection, place.article_id, article)
    return place.article_id


def load_article(store: Store, article_id: str) -> ArticleText:
    """One article as it stands now, with its text, by its id or an unambiguous beginning of it.

    Raises:
        NotFoundError: there is no such id.
    """
    with store.begin() as connection:
        query = select(schema.article.c.id).where(schema.article.c.id.startswith(article_id, autoescape=True))
        full_id = only_id(list(connection.execute(query.limit(6)).scalars()), article_id)
        return load_texts(connection, [full_id])[0]


def load_texts(connection: Connection, article_ids: Sequence[str]) -> list[ArticleText]:
    """Articles with their texts, in the order of the ids."""
    query = select_articles().add_columns(schema.revision.c.text).where(schema.article.c.id.in_(article_ids))
    found = {}
    for row in connection.execute(query).mappings():
        values = dict(row)
        text = values.pop("text")
        found[values["id"]] = ArticleText(article=ArticleRow(**values), text=text)
    return [found[article_id] for article_id in article_ids]


def load_articles(store: Store, wanted: ArticleFilter | None = None) -> list[ArticleRow]:
    """Articles, the youngest publication first, undated ones last."""
    with store.begin() as connection:
        query = select_wanted_articles(wanted or ArticleFilter())
        return [ArticleRow(**row) for row in connection.execute(query).mappings()]


def select_wanted_articles(wanted: ArticleFilter) -> Select[Any]:
    """The columns of :class:`pipeline.store.rows.ArticleRow`, of the articles that a filter asks for, in their list's order."""
    revision = schema.revision
    query = (
        select_articles().order_by(revision.c.published.desc().nulls_last(), schema.article.c.id).limit(wanted.limit)
    )
    if wanted.text:
        query = query.where(has_words(wanted.text, revision.c.title, revision.c.text, schema.article.c.address))
    if wanted.language:
        is_it = revision.c.language == wanted.language.removeprefix("!")
        query = query.where(~is_it if wanted.language.startswith("!") else is_it)
    if wanted.publisher:
        query = query.where(func.lower(revision.c.publisher) == wanted.publisher.lower())
    if wanted.less_sure_than is not None:
        query = query.where(revision.c.provenance["confidence"].as_float() < wanted.less_sure_than)
    if wanted.published_from:
        query = query.where(revision.c.published >= wanted.published_from)
    if wanted.published_to:
        # A day's prefix counts as within it: 2025-07 is not after 2025-07-15, and 2025-07-31 not after 2025-07.
        query = query.where(func.left(revision.c.published, len(wanted.published_to)) <= wanted.published_to)
    return query


def lock_article(connection: Connection, article_id: str) -> None:
    """Let nobody else save this article until the transaction ends."""
    take_turns(connection, f"article {article_id}")


def _check_text(article: Article) -> None:
    for name, value in (("text", article.text), ("title", article.title or "")):
        if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
            raise StoreError(f"The {name} of {article.address} has a NUL or half a character; it cannot be kept.")


def _decide(connection: Connection, place: Place, article: Article, fingerprint: str) -> tuple[Outcome, int]:
    query = select(schema.article.c.revision, schema.article.c.fingerprint, schema.revision.c.sha256)
    found = connection.execute(query.where(schema.article.c.id == place.article_id, is_current_revision())).first()
    if found is None:
        return Outcome.NEW, 1
    if not place.is_known:
        return Outcome.REVISION, found.revision + 1
    if found.fingerprint == fingerprint or found.sha256 != article.sha256:
        return Outcome.KNOWN, found.revision
    return Outcome.UPGRADED, found.revision


def _put_article(
    connection: Connection, key: tuple[str, int, str], raw_id: str, article: Article, *, is_new: bool
) -> None:
    article_id, revision, fingerprint = key
    table, at = schema.article, now()
    values = {"revision": revision, "fingerprint": fingerprint, "saved_at": at}
    if is_new:
        insert_rows(connection, table, [{"id": article_id, "address": article.address, "first_seen": at, **values}])
    else:
        connection.execute(update(table).where(table.c.id == article_id).values(values))
    facts = article.model_dump(include={"text", "url", "title", "published", "publisher", "language", "provenance"})
    facts |= {"authors": list(article.authors), "sha256": article.sha256, "words": len(article.text.split())}
    facts |= {"article_id": article_id, "revision": revision, "raw_id": raw_id, "saved_at": at}
    if is_new:
        insert_rows(connection, schema.revision, [facts])
    else:  # an upgrade: the revision stands, only its extraction is new
        connection.execute(insert(schema.revision).values(facts).on_conflict_do_nothing())


# An address that was read, or belongs to another article, is not taken over by what is only said.
_NOTE_ADDRESS = text("""
    INSERT INTO address (address, article_id, raw_id, sha256, published, is_alias, first_seen, last_seen)
    VALUES (:address, :article_id, :raw_id, :sha256, :published, :is_alias, :at, :at)
    ON CONFLICT (address) DO UPDATE SET
        raw_id = excluded.raw_id, sha256 = excluded.sha256, published = excluded.published,
        is_alias = excluded.is_alias, last_seen = excluded.last_seen
    WHERE NOT excluded.is_alias OR (address.is_alias AND address.article_id = excluded.article_id)
""")


def _note_address(connection: Connection, article_id: str, raw_id: str, article: Article) -> None:
    seen = {"article_id": article_id, "raw_id": raw_id, "sha256": article.sha256, "published": article.published}
    raw = schema.raw_article
    # The bytes before their addresses, as where they are fetched, and those in one order: so no two wait for each other.
    connection.execute(update(raw).where(raw.c.id == raw_id).values(article_id=article_id))
    for address in sorted({article.address, *article.aliases}):
        place = {"address": address, "is_alias": address != article.address, "at": now()}
        connection.execute(_NOTE_ADDRESS, seen | place)
    resolve_failures(connection, address=article.address)
    settle_authorities(connection, article_id)


def _refresh(connection: Connection, article_id: str, article: Article) -> None:
    facts = {name: value for name in ("title", "publisher", "url") if (value := getattr(article, name)) is not None}
    if article.authors:
        facts["authors"] = list(article.authors)
    if not facts:
        return
    revision = schema.revision
    is_first = select(schema.article.c.address).where(schema.article.c.id == article_id).scalar_subquery()
    is_news = or_(*(revision.c[name].is_distinct_from(value) for name, value in facts.items()))
    query = update(revision).where(
        revision.c.article_id == article_id, schema.article.c.id == article_id, is_current_revision()
    )
    if connection.execute(query.where(is_first == article.address, is_news).values(facts)).rowcount:
        index_article(connection, article_id)
        mark_article_unlinked(connection, article_id)  # its rows name who published it
