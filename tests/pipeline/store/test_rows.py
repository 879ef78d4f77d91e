import pytest
from pydantic import ValidationError

from pipeline.store.records import load_claims, load_register
from pipeline.store.rows import Row


def all_rows(kind: type[Row]) -> list[type[Row]]:
    return [kind, *(each for child in kind.__subclasses__() for each in all_rows(child))]


def test_rows_are_json_and_come_back_from_it(store, save):
    save()
    for row in (load_register(store)[0], load_claims(store)[0]):
        assert type(row).model_validate_json(row.model_dump_json()) == row


def test_rows_do_not_change(store, save):
    save()
    with pytest.raises(ValidationError, match="frozen"):
        load_register(store)[0].label = "another"


@pytest.mark.parametrize("kind", all_rows(Row), ids=lambda kind: kind.__name__)
def test_every_row_has_a_schema_and_says_what_it_is(kind):
    assert kind.model_json_schema()["description"]
