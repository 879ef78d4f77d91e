import pytest

from pipeline.corrections import check_value
from pipeline.errors import InputError
from pipeline.reading.cells import is_empty, read_cell
from pipeline.reading.days import DayOrder


def party(entity, role="party"):
    return {"entity": entity, "role": role}


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("status", "In force", "in_force"),
        ("status", "in-force", "in_force"),
        ("status", " Active ", "in_force"),
        ("kind", "Convention", "treaty"),
        ("kind", "joint declaration", "joint_declaration"),
        ("date", "17 July 2025", "2025-07-17"),
        ("date", "n/a", None),
        ("subject", "shared  air defence", "shared air defence"),
        ("subject", "-", None),
        ("parties", "", []),
        ("parties", "Norland, Sudland", [party("Norland"), party("Sudland")]),
        ("parties", "Norland; Republic of Moor, The", [party("Norland"), party("Republic of Moor, The")]),
        ("parties", "Norland (Lead Nation)\nSudland: host", [party("Norland", "lead"), party("Sudland", "host")]),
        ("parties", "Congo (Kinshasa), Moor", [party("Congo (Kinshasa)"), party("Moor")]),
        ("aliases", "NSS; the Strategy", ["NSS", "the Strategy"]),
        ("figures", "members = 26", [{"name": "members", "value": 26.0, "unit": None}]),
        ("figures", "Range km: 1,500.5 km", [{"name": "range_km", "value": 1500.5, "unit": "km"}]),
        ("due", "2026; 30 June 2027", [{"date": "2026"}, {"date": "2027-06-30"}]),
        ("acts", "signed 2025-07-17", [{"act": "signed", "polarity": "done", "date": "2025-07-17"}]),
        ("acts", "planned: launched 2026", [{"act": "launched", "polarity": "planned", "date": "2026"}]),
        ("hedged", "Yes", True),
        ("negated", "false", False),
        ("type", "Threat warning", "threat_warning"),
        ("type", "state", "STATE"),
        ("speaker", "AUTHOR", "AUTHOR"),
        ("parties", '[{"entity": "Norland"}]', [{"entity": "Norland"}]),
    ],
)
def test_a_cell_is_read_as_people_fill_it(field, text, value):
    assert read_cell(field, text) == value


@pytest.mark.parametrize("field", ["parties", "figures", "acts", "due", "kind", "status", "date"])
def test_what_is_read_can_be_kept(field):
    texts = {
        "parties": "Norland (lead)",
        "figures": "members = 26",
        "acts": "signed 2025",
        "due": "2026",
        "kind": "pact",
    }
    value = read_cell(field, texts.get(field, "signed" if field == "status" else "2025"))
    assert check_value("ag-1", field, value)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("status", "sort of", r"status: sort of is none of proposed, .*in_force"),
        ("kind", "thing", "treaty, joint_declaration"),
        ("parties", "Norland: boss", "boss is none of party, member"),
        ("figures", "many", "members = 26"),
        ("date", "3/4/2025", "--day-first"),
        ("due", "3/4/2025", "--day-first"),
        ("acts", "dreamt", "dreamt is none of proposed"),
        ("parties", "[Norland", "looks like JSON"),
    ],
)
def test_a_cell_that_means_nothing_says_what_would(field, text, said):
    with pytest.raises(InputError, match=said):
        read_cell(field, text)


def test_the_order_of_days_reaches_into_lists():
    assert read_cell("due", "3/4/2025", order=DayOrder.MONTH_FIRST) == [{"date": "2025-03-04"}]


@pytest.mark.parametrize(("text", "empty"), [("", True), (" – ", True), ("N/A", True), ("?", True), ("0", False)])
def test_an_empty_cell_says_so_in_many_ways(text, empty):
    assert is_empty(text) is empty
