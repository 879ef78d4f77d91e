import pytest
from starlette.datastructures import FormData

from pipeline.corrections import VALUES, check_value
from pipeline.errors import InputError
from pipeline.review.fields import (
    CONTROLS,
    PLACES,
    find_control,
    find_sort,
    read_value,
    read_values,
    show_choice,
    show_value,
)


def form(**fields):
    """A form; a list is several values of one name, and ``__`` stands for a dot."""
    pairs = []
    for name, value in fields.items():
        values = value if isinstance(value, list) else [value]
        pairs += [(name.replace("__", "."), each) for each in values]
    return FormData(pairs)


@pytest.mark.parametrize(("prefix", "sort"), [("ag", "agreement"), ("cl", "claim"), ("en", "entity")])
def test_every_field_that_can_be_corrected_has_a_control(prefix, sort):
    places = {PLACES[sort], "cue"} if sort == "claim" else {PLACES[sort]}
    assert {each.field for each in CONTROLS[sort]} == set(VALUES[prefix].model_fields) - places
    assert find_sort(f"{prefix}-1") == sort


@pytest.mark.parametrize(
    ("record_id", "field", "sent", "value"),
    [
        ("ag-1", "status", {"value": "in_force"}, "in_force"),
        ("ag-1", "status", {"value": ""}, None),
        ("ag-1", "date", {"value": " 2025-07 "}, "2025-07"),
        ("ag-1", "aliases", {"value": "NSS\r\n\r\n the Strategy "}, ["NSS", "the Strategy"]),
        (
            "ag-1",
            "parties",
            {"value__entity": ["Norland", "", "Sudland"], "value__role": ["lead", "host", "party"]},
            [{"entity": "Norland", "role": "lead"}, {"entity": "Sudland", "role": "party"}],
        ),
        (
            "ag-1",
            "acts",
            {
                "value__act": ["signed", ""],
                "value__polarity": ["planned", "done"],
                "value__date": ["2025", ""],
                "value__actors": ["Norland; Sudland", ""],
            },
            [{"act": "signed", "polarity": "planned", "date": "2025", "actors": ["Norland", "Sudland"]}],
        ),
        (
            "ag-1",
            "figures",
            {"value__name": "members", "value__value": "1,026", "value__unit": ""},
            [{"name": "members", "value": 1026.0, "unit": None}],
        ),
        ("ag-1", "due", {"value": "2026-06\n2027"}, [{"date": "2026-06"}, {"date": "2027"}]),
        ("cl-1", "hedged", {"value": "yes"}, True),
        ("cl-1", "hedged", {"value": "no"}, False),
        ("cl-1", "speaker", {"value": "AUTHOR"}, "AUTHOR"),
        ("en-1", "iso", {}, None),
    ],
)
def test_a_form_is_read_into_a_value_that_is_kept_as_it_is(record_id, field, sent, value):
    assert read_value(find_control(record_id, field), form(**sent)) == value
    assert check_value(record_id, field, value) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        ([], "–"),
        (True, "yes"),
        ("signed", "signed"),
        (["a", "b"], "a; b"),
        ([{"entity": "Norland", "role": "lead"}, {"entity": "Sudland", "role": "party"}], "Norland (lead); Sudland"),
        (
            [{"act": "entered_into_force", "polarity": "planned", "date": "2025", "actors": ["A", "B"]}],
            "entered into force 2025 (planned) by A, B",
        ),
        ([{"name": "percent_of_gdp", "value": 5.0, "unit": None}], "percent of gdp = 5"),
        ([{"date": "2026-06"}], "2026-06"),
        ([{"start": 0, "end": 3, "text": "NSS"}], "“NSS”"),
    ],
)
def test_a_value_is_one_line(value, shown):
    assert show_value(value) == shown


def test_a_new_record_has_the_fields_that_are_filled_in():
    sent = form(
        name="Moor Accord", label="", kind="treaty", status="", parties__entity=["Norland", ""], parties__role="lead"
    )
    assert read_values("agreement", sent) == {
        "name": "Moor Accord",
        "label": "Moor Accord",
        "kind": "treaty",
        "parties": [{"entity": "Norland", "role": "lead"}],
    }


def test_what_is_not_there_is_refused():
    with pytest.raises(InputError, match="stands in no article"):
        find_sort("rw-1")
    with pytest.raises(InputError, match="no field status"):
        find_control("cl-1", "status")
    with pytest.raises(InputError, match="“many” is no number"):
        read_value(find_control("ag-1", "figures"), form(value__name="members", value__value="many", value__unit=""))
    assert show_choice("in_force") == "in force"
