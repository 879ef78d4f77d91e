import json
from xml.etree.ElementTree import parse


def test_a_theme_has_its_size_its_terms_and_an_example(reader):
    (row,) = json.loads(reader("themes", "--json").out)

    assert (row["label"], row["terms"], row["size"]) == ("ships, coast", ["ships", "coast"], 2)
    assert "ships, coast" in reader("themes").out
    assert reader("themes", "list", "--json").out == reader("themes", "--json").out


def test_a_theme_s_page_says_what_it_is_about(reader, filled):
    page = json.loads(reader("themes", "show", filled.ids["theme"], "--json").out)
    assert page["theme"]["label"] == "ships, coast"
    assert "What it says" in reader("themes", "show", filled.ids["theme"][:8]).out


def test_pictures_are_written(reader, tmp_path):
    out = tmp_path / "map.svg"
    reader("themes", "map", "--out", str(out))
    assert parse(out).getroot().tag.endswith("svg")
    reader("themes", "over-time", "--by", "month", "--out", str(out))
    assert "Themes over time" in out.read_text("utf-8")
    assert json.loads(reader("themes", "over-time", "--json").out)["unit"] == "week"
