"""A store is dumped and comes back as it was, or not at all."""

import io
from urllib.parse import urlsplit

import psycopg
import pytest

from pipeline.errors import StoreError
from pipeline.store.articles import load_articles
from pipeline.store.backup import (
    Snapshot,
    TableSum,
    check_version,
    dump_store,
    is_empty,
    measure,
    restore_store,
)
from pipeline.store.migrate import HEAD
from pipeline.store.records import load_register
from pipeline.store.search import search
from pipeline.store.search_rows import SearchQuery
from pipeline.store.store import make_engine, open_store


@pytest.fixture
def dumped(store, settings, save):
    """The dump of a store with one article, and what it says of itself."""
    save()
    out = io.BytesIO()
    return out, dump_store(settings.database_url, out)


def chunks(out):
    return [out.getvalue()[start : start + 10_000] for start in range(0, len(out.getvalue()), 10_000)]


def count(url, table):
    with psycopg.connect(url) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_what_is_restored_is_what_was_dumped_whatever_came_since(store, settings, save, dumped):
    out, snapshot = dumped
    assert snapshot.schema_version == HEAD
    assert (snapshot.tables["article"].rows, snapshot.tables["decision"].rows) == (1, 0)
    save("/second.txt", text="Norland left the Linden Pact.")
    assert len(load_articles(store)) == 2

    restore_store(settings.database_url, chunks(out), snapshot)

    assert [row.label for row in load_register(store)] == ["Kestrel Treaty"]
    assert search(store, SearchQuery(text="kestrel")).hits
    with psycopg.connect(settings.database_url) as connection:
        assert measure(connection) == snapshot
    save("/third.txt", text="Norland left the Linden Pact.")  # sequences, indexes and triggers came too
    assert len(load_articles(store)) == 2


def test_a_url_of_sqlalchemys_kind_is_taken_too(store, settings, dumped):
    out, snapshot = dumped
    url = settings.database_url.replace("postgresql://", "postgresql+psycopg://")
    restore_store(url, chunks(out), snapshot)
    assert not is_empty(url)
    with open_store(settings.model_copy(update={"database_url": url})) as again:
        assert len(load_articles(again)) == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda pieces, snapshot: (pieces[: len(pieces) // 2], snapshot), "pg_restore"),
        (lambda pieces, snapshot: ([b"not a dump"], snapshot), "pg_restore"),
        (
            lambda pieces, snapshot: (
                pieces,
                snapshot.model_copy(update={"tables": snapshot.tables | {"article": TableSum(rows=1, digest="1")}}),
            ),
            "the table article is not as it was",
        ),
    ],
    ids=["cut off", "no dump", "other rows"],
)
def test_a_bad_dump_changes_nothing(store, settings, save, dumped, spoil, words):
    save("/second.txt", text="Norland left the Linden Pact.")
    pieces, snapshot = spoil(chunks(dumped[0]), dumped[1])
    with pytest.raises(StoreError, match=words):
        restore_store(settings.database_url, pieces, snapshot)
    assert len(load_articles(store)) == 2


def test_an_error_of_the_dumps_reader_is_raised_and_nothing_is_changed(store, settings, dumped):
    def read():
        yield dumped[0].getvalue()[:5000]
        raise StoreError("the file is damaged")

    with pytest.raises(StoreError, match="the file is damaged"):
        restore_store(settings.database_url, read(), dumped[1])
    assert len(load_articles(store)) == 1


def test_a_newer_version_is_refused(settings, dumped):
    newer = dumped[1].model_copy(update={"schema_version": "9999"})
    with pytest.raises(StoreError, match=f"tables 9999; this one knows {HEAD}"):
        restore_store(settings.database_url, [], newer)
    check_version(dumped[1])


def test_a_store_without_articles_and_decisions_is_empty(database_url, settings):
    assert is_empty(database_url)
    with psycopg.connect(database_url) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    assert is_empty(database_url)


def test_a_password_is_no_argument(monkeypatch, database_url):
    """What is said of a server that is not there names neither password nor arguments."""
    parts = urlsplit(database_url)
    with_password = parts._replace(netloc=f"ana:s3cret@{parts.netloc.partition('@')[2]}").geturl()
    with pytest.raises(StoreError) as caught:
        dump_store(with_password, io.BytesIO())
    assert "s3cret" not in str(caught.value)


def test_a_snapshot_of_rows_does_not_depend_on_their_order(database_url):
    def digest(values):
        with psycopg.connect(database_url) as connection:
            connection.execute("DROP TABLE IF EXISTS word")
            connection.execute("CREATE TABLE word (letter text)")
            for value in values:
                connection.execute("INSERT INTO word VALUES (%s)", [value])
            found: Snapshot = measure(connection)
            return found.tables["word"]

    assert digest(["a", "b"]) == digest(["b", "a"]) != digest(["a", "c"])
    assert make_engine(database_url).url.database
