import json


def test_a_theme_has_its_size_its_terms_and_an_example(reader):
    (row,) = json.loads(reader("themes", "--json").out)

    assert (row["label"], row["terms"], row["size"]) == ("ships, coast", ["ships", "coast"], 2)
    assert "ships, coast" in reader("themes").out
