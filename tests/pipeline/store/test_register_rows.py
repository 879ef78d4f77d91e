from pipeline.store.records import load_register
from pipeline.store.register_rows import RegisterPage, RegisterRow
from pipeline.store.row_pages import load_row


def test_rows_and_pages_are_json_and_back(store, save):
    save()
    (row,) = load_register(store)
    page = load_row(store, row.id)
    assert RegisterRow.model_validate_json(row.model_dump_json()) == row
    assert RegisterPage.model_validate_json(page.model_dump_json()) == page
    assert page.model_dump(include=set(RegisterRow.model_fields)) == row.model_dump()
