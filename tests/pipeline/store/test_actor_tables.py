from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text

from pipeline.jobs.actors import link_entities
from pipeline.store import actor_tables, schema
from pipeline.store.actors import load_entities
from pipeline.store.migrate import migrate
from pipeline.store.store import Store, make_engine, now
from pipeline.store.upgrade import make_config
from tests.pipeline.naming import save_named

NAMES = {name for name in schema.metadata.tables if name.startswith("actor")}


def test_the_migration_makes_these_tables(store):
    with store.begin() as connection:
        found = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    assert [each for each in found if any(repr(name) in repr(each) for name in NAMES)] == []
    assert {getattr(actor_tables, name).name for name in NAMES} == NAMES


def test_an_article_is_due_when_it_comes_in_and_when_it_changes(store):
    todo = schema.actor_todo
    for words in ("Mara Lind spoke.", "Mara Lind left."):
        save_named(store, "/1", words, "Mara Lind")
        with store.begin() as connection:
            (due,) = connection.execute(todo.delete().returning(todo.c.id)).scalars()
            assert due.startswith("ar-")


def test_a_row_is_due_when_something_is_linked_to_it(store):
    row, link, todo = schema.register_row, schema.link, schema.actor_todo
    with store.begin() as connection:
        connection.execute(insert(row), [{"id": each, "first_seen": now()} for each in ("rw-1", "rw-2")])
        facts = {"agreement_id": "ag-1", "reason": "name", "score": 1.0, "linked_at": now()}
        connection.execute(insert(link).values(row_id="rw-1", **facts))
        connection.execute(link.update().values(row_id="rw-2"))
        assert sorted(connection.execute(select(todo.c.id)).scalars()) == ["rw-1", "rw-2"]


OLD = """
INSERT INTO article VALUES ('ar-1', '/1', 1, 'f0', now(), now());
INSERT INTO revision (article_id, revision, raw_id, text, sha256, authors, language, words, saved_at)
VALUES ('ar-1', 1, 'ra-1', 'Mara Lind spoke.', 'x', '[]', 'en', 3, now());
INSERT INTO extraction VALUES ('ar-1', 1, 'f0', now());
INSERT INTO entity (id, revision, fingerprint, article_id, position, type, canonical, record, first_seen)
VALUES ('en-1', 1, 'f0', 'ar-1', 0, 'PERSON', 'Mara Lind', '{"id": "en-1", "type": "PERSON", "canonical": "Mara Lind",
    "mentions": [{"start": 0, "end": 9, "text": "Mara Lind"}]}', now());
"""


def test_what_an_older_version_saved_is_linked_by_the_next_job(database_url):
    engine = make_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        connection.execute(text("CREATE EXTENSION vector"))
        command.upgrade(make_config(connection), "0007")
        connection.execute(text(OLD.replace(":", "\\:")))
    migrate(engine)
    with Store(engine) as store:
        assert link_entities(store).entities == 1
        (row,) = load_entities(store)
        assert (row.canonical, row.articles, row.mentions) == ("Mara Lind", 1, 1)
