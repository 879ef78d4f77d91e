from pipeline.store.standing import Judgements, load_judgements, load_standing


def test_where_nobody_decided_nothing_is_in_force(store):
    with store.begin() as connection:
        assert load_standing(connection, ["ag-1"]) == {}
        assert load_judgements(connection, ["ag-1"]) == Judgements()
