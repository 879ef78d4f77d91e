from sqlalchemy import Table

from pipeline.store.columns import make_stamp, make_text, metadata


def test_what_is_made_is_never_null_and_knows_its_zone():
    text, stamp = make_text("address"), make_stamp("saved_at")

    assert not text.nullable
    assert not stamp.nullable
    assert stamp.type.timezone


def test_names_of_constraints_do_not_depend_on_the_server():
    for table in metadata.tables.values():
        assert isinstance(table, Table)
        assert table.primary_key.name == f"pk_{table.name}"
