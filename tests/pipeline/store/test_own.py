from pipeline.store.own import load_own, load_unlinked_own


def test_an_empty_store_has_nothing_of_ones_own(store):
    with store.begin() as connection:
        assert load_own(connection, ["ow-1"]) == []
        assert load_unlinked_own(connection, limit=10) == []
