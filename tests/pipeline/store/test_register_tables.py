from pipeline.store.register_tables import register_row, row_party, row_status


def test_a_row_that_was_never_refreshed_is_shown_nowhere(store):
    """Whoever links an observation makes its row; only what was refreshed has what a list shows."""
    with store.begin() as connection:
        connection.execute(register_row.insert().values(id="rw-1", first_seen="2025-01-01T00:00:00Z"))
        made = connection.execute(register_row.select()).one()
    assert (made.is_shown, made.record, made.refreshed_at, made.parties) == (False, None, None, [])
    assert {table.name for table in (row_party, row_status)} == {"row_party", "row_status"}
