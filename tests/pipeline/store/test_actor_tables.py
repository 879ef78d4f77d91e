from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select

from pipeline.store import actor_tables, schema
from pipeline.store.store import now
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
