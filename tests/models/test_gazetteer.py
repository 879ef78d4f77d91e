import json
import re
import unicodedata
from collections import defaultdict

import pytest

from models import ROOT, GazetteerEntry, load_gazetteer

FILES = {"states": 225, "organisations": 2000, "places": 1100}  # the fewest entries each file may hold
FORMS = ("names", "acronyms", "adjectives", "prefixes", "demonyms", "seats")
ORDER = ["canonical", "type", "iso", "wikidata", *FORMS, "state", "context"]
TYPES = {"STATE", "ALLIANCE_BLOC", "ORG", "PLACE", "MILITARY_UNIT_OP", "WEAPON_PROGRAMME", "DOCUMENT", "FACILITY"}
# Adjectives that two states share: one state has it outright, the other only with support from the text.
SHARED = {
    "Congolese": {"Democratic Republic of the Congo", "Republic of the Congo"},
    "Dominican": {"Dominica", "Dominican Republic"},
    "Korean": {"North Korea", "South Korea"},
}


def read(name):
    lines = (ROOT / "gazetteer" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


ROWS = {name: read(name) for name in FILES}
ALL = [row for rows in ROWS.values() for row in rows]


def entries(rows):
    found = defaultdict(list)
    for row in rows:
        found[row["type"], row["canonical"]].append(row)
    return found


def forms(row):
    return [form for field in FORMS for form in row.get(field, [])]


def owners(rows, *fields):
    """Written form -> [(entry, whether it needs support)]."""
    found = defaultdict(list)
    for row in rows:
        for form in [form for field in fields for form in row.get(field, [])]:
            found[form].append(((row["type"], row["canonical"]), row.get("context", False)))
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_sorted_and_holds_what_it_should(name):
    keys = [
        (row["canonical"].casefold(), row["canonical"], row["type"], row.get("context", False)) for row in ROWS[name]
    ]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert len(entries(ROWS[name])) >= FILES[name]


@pytest.mark.parametrize("name", FILES)
def test_every_line_has_the_known_fields_in_the_usual_order(name):
    for row in ROWS[name]:
        assert list(row) == [field for field in ORDER if field in row], row
        assert all(row.values()), row
        assert row["type"] in TYPES, row
        assert forms(row), row
        GazetteerEntry.model_validate_json(json.dumps(row))


def test_the_loader_gives_every_line_states_first():
    assert [entry.canonical for entry in load_gazetteer()] == [row["canonical"] for row in ALL]


def test_written_forms_are_clean():
    for row in ALL:
        written = forms(row)
        assert len(set(written)) == len(written), row
        for form in written:
            assert form == form.strip() == unicodedata.normalize("NFC", form), row
            assert not form.startswith("the "), row
            assert not re.search(r"['’]s$", form), row
        assert all(prefix.endswith("-") for prefix in row.get("prefixes", [])), row


@pytest.mark.parametrize("name", FILES)
def test_an_entry_has_its_canonical_name_and_one_identity(name):
    for (_, canonical), rows in entries(ROWS[name]).items():
        assert len(rows) <= 2, canonical
        assert any(canonical in row.get("names", []) for row in rows), canonical
        for field in ("iso", "wikidata", "state"):
            assert len({row.get(field) for row in rows}) == 1, canonical
        written = [form for row in rows for form in forms(row)]
        assert len(set(written)) == len(written), canonical


@pytest.mark.parametrize("name", FILES)
def test_a_written_form_stands_outright_for_one_entry_only(name):
    for form, found in owners(ROWS[name], *FORMS).items():
        assert len({entry for entry, needs_support in found if not needs_support}) <= 1, (form, found)


def test_a_form_with_an_apostrophe_is_given_in_both_shapes():
    for row in ALL:
        for field in ("names", "seats"):
            for form in row.get(field, []):
                assert form.replace("'", "’") in row[field], row
                assert form.replace("’", "'") in row[field] or "ʻ" in form, row


def test_adjectives_belong_to_one_state_but_for_the_known_three():
    shared = {}
    for form, found in owners(ROWS["states"], "adjectives").items():
        states = {canonical for (_, canonical), _ in found}
        if len(states) > 1:
            shared[form] = states
    assert shared == SHARED


def test_ids_have_the_right_shape_and_are_unique():
    for field, shape in (("iso", r"[A-Z]{2}"), ("wikidata", r"Q[1-9]\d*")):
        found = defaultdict(set)
        for row in ALL:
            if field in row:
                assert re.fullmatch(shape, row[field]), row
                found[row[field]].add((row["type"], row["canonical"]))
        assert [(key, names) for key, names in found.items() if len(names) > 1] == []


def test_states_with_a_code_are_the_un_members_and_a_few_more():
    coded = {row["iso"] for row in ROWS["states"] if "iso" in row}
    # 193 members of the UN; Holy See, Palestine, Kosovo, Taiwan; nine territories with a government of their own.
    assert len(coded) == 193 + 4 + 9
    assert {"VA", "PS", "XK", "TW", "GL", "FO", "HK", "MO", "PR", "EH", "CK", "NU", "AX"} <= coded
    assert all(row["type"] == "STATE" for row in ROWS["states"])
    assert all(row["state"] in coded for row in ALL if "state" in row)


@pytest.mark.parametrize(
    ("form", "field", "canonical"),
    [
        ("Polish", "adjectives", "Poland"),
        ("Poles", "demonyms", "Poland"),
        ("Dutch", "adjectives", "Netherlands"),
        ("Danes", "demonyms", "Denmark"),
        ("Swiss", "adjectives", "Switzerland"),
        ("Franco-", "prefixes", "France"),
        ("Sino-", "prefixes", "China"),
        ("Kyiv", "seats", "Ukraine"),
        ("Kiev", "seats", "Ukraine"),
        ("Kremlin", "seats", "Russia"),
        ("White House", "seats", "United States"),
        ("Élysée Palace", "seats", "France"),
        ("Downing Street", "seats", "United Kingdom"),
        ("Brussels", "seats", "European Union"),
        ("Türkiye", "names", "Turkey"),
        ("Czech Republic", "names", "Czechia"),
        ("U.S.", "acronyms", "United States"),
        ("DPRK", "acronyms", "North Korea"),
        ("Pentagon", "names", "US Department of Defense"),
        ("European Defense Agency", "names", "European Defence Agency"),
        ("EDA", "acronyms", "European Defence Agency"),
        ("KFOR", "names", "KFOR"),
        ("Storm Shadow", "names", "Storm Shadow"),
        ("Budapest Memorandum", "names", "Budapest Memorandum"),
        ("Joint Comprehensive Plan of Action", "names", "JCPOA"),
        ("Washington Treaty", "names", "North Atlantic Treaty"),
        ("Ramstein Air Base", "names", "Ramstein Air Base"),
        ("Donbas", "names", "Donbas"),
        ("Strait of Hormuz", "names", "Strait of Hormuz"),
    ],
)
def test_a_known_form_leads_to_its_entry(form, field, canonical):
    assert any(form in row.get(field, []) and row["canonical"] == canonical and "context" not in row for row in ALL)


@pytest.mark.parametrize(
    ("form", "canonical"),
    [
        ("Georgia", "Georgia"),
        ("Jordan", "Jordan"),
        ("Chad", "Chad"),
        ("Alliance", "NATO"),
        ("Union", "European Union"),
        ("West", "West"),
        ("SAFE", "SAFE"),
        ("Washington", "Washington, D.C."),
    ],
)
def test_an_ambiguous_form_needs_support(form, canonical):
    rows = [row for row in ALL if form in row.get("names", [])]
    assert [(row["canonical"], row.get("context")) for row in rows] == [(canonical, True)]
