from pipeline.store.upkeep import load_upkeep, note_upkeep


def test_the_last_time_is_known_and_the_one_before_is_not(store):
    note_upkeep(store, "backup", {"size": 1})
    note_upkeep(store, "serve", {})
    (before,) = [row for row in load_upkeep(store).values() if row.name == "backup"]
    note_upkeep(store, "backup", {"size": 2})
    found = load_upkeep(store)
    assert set(found) == {"backup", "serve"}
    assert found["backup"].facts == {"size": 2}
    assert found["backup"].at >= before.at
