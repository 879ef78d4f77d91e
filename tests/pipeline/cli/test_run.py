import pytest


def test_a_run_shows_its_counts_settings_and_versions(reader, filled):
    said = reader("run", "show", filled.ids["run"])
    assert all(words in said.out for words in ("ingest, completed", "new  2", "entente  0.1.0", "home  x"))


@pytest.mark.parametrize("group", ["run", "quarantine"])
def test_a_group_alone_lists(reader, group):
    assert reader(group).out == reader(group, "list").out
