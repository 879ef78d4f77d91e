from pipeline.store.refresh import refresh_rows


def test_an_unknown_row_is_passed_over(store):
    with store.begin() as connection:
        refresh_rows(connection, ["rw-none"])
