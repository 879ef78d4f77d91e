from datetime import UTC, datetime

import pytest

from pipeline import corrections, records
from pipeline.corrections import check_field, check_value, check_values, find_again, find_places, plain_values
from pipeline.errors import InputError

PLACE = {"start": 4, "end": 11, "text": "Norland"}
SAME_FIELDS = [
    (corrections.AgreementValues, records.Agreement),
    (corrections.RowValues, records.Agreement),
    (corrections.ObservedValues, records.Agreement),
    (corrections.ClaimValues, records.Claim),
    (corrections.NamedValues, records.Entity),
    (corrections.EntityValues, records.Entity),
    (corrections.PartyValue, records.Party),
    (corrections.ActValue, records.Act),
    (corrections.FigureValue, records.Figure),
    (corrections.DueValue, records.Due),
]


@pytest.mark.parametrize(("values", "record"), SAME_FIELDS, ids=lambda each: each.__name__)
def test_what_can_be_corrected_are_fields_of_the_record(values, record):
    assert set(values.model_fields) <= set(record.model_fields)
    for name in {"kind", "status", "role", "act", "polarity", "type", "hedged", "negated", "direct"} & set(
        values.model_fields
    ):
        assert values.model_fields[name].annotation == record.model_fields[name].annotation


@pytest.mark.parametrize(
    ("record_id", "field", "value", "kept"),
    [
        ("ag-1", "status", "signed", "signed"),
        ("rw-1", "status", None, None),
        ("ag-1", "date", "2025-07", "2025-07"),
        ("ow-1", "aliases", ["NSS"], ["NSS"]),
        ("ag-1", "parties", [{"entity": "Norland"}], [{"entity": "Norland", "role": "party"}]),
        ("ag-1", "figures", [{"name": "members", "value": 26}], [{"name": "members", "value": 26.0, "unit": None}]),
        ("ag-1", "due", [{"date": "2026-06"}], [{"date": "2026-06"}]),
        (
            "ag-1",
            "acts",
            [{"act": "signed", "date": "2025"}],
            [{"act": "signed", "polarity": "done", "date": "2025", "actors": []}],
        ),
        ("cl-1", "hedged", True, True),
        ("cl-1", "speaker", "AUTHOR", "AUTHOR"),
        ("cl-1", "type", "threat_warning", "threat_warning"),
        ("en-1", "iso", "XN", "XN"),
        ("ag-1", "mentions", [PLACE], [PLACE]),
        ("en-1", "mentions", [PLACE | {"flags": ["acronym"]}], [PLACE | {"flags": ["acronym"]}]),
        ("cl-1", "content", [PLACE], [PLACE]),
        ("cl-1", "cue", None, None),
        ("ac-1", "type", "STATE", "STATE"),
    ],
)
def test_a_value_is_kept_as_the_extractor_would_write_it(record_id, field, value, kept):
    assert check_value(record_id, field, value) == kept


@pytest.mark.parametrize(
    ("record_id", "field", "value", "said"),
    [
        ("ag-1", "status", "singed", r"status of ag-1 cannot be \"singed\": .*'signed'"),
        ("ag-1", "kind", None, "'treaty'"),
        ("ag-1", "label", None, "string"),
        ("ag-1", "name", " Kestrel Treaty", "one line of text"),
        ("ag-1", "date", "17 July", "a day as 2025-07-17"),
        ("ag-1", "date", "2025-02-30", "day is out of range"),
        ("ag-1", "parties", [{"entity": "Norland", "role": "boss"}], r"\[0\]\.role: .*'lead'"),
        ("ag-1", "parties", [{"entity": ""}], r"\[0\]\.entity"),
        ("ag-1", "parties", "Norland", "array"),
        ("ag-1", "figures", [{"name": "members", "value": "many"}], "number"),
        ("ag-1", "confidence", 1.0, "no field confidence .* name, label"),
        ("cl-1", "hedged", "yes", "boolean"),
        ("cl-1", "status", "signed", "no field status"),
        ("en-1", "iso", "XNL", "two capital letters"),
        ("ac-1", "wikidata", "142", "Q142"),
        ("ag-1", "mentions", [], "at least 1 item"),
        ("cl-1", "content", [PLACE | {"end": 9}], "does not fit"),
        ("ac-1", "mentions", [PLACE], "no field mentions"),
        ("ow-1", "mentions", [PLACE], "no field mentions"),
        ("rw-1", "parties", [], "rw-1 has no field parties .* name, label, kind, status, date, subject"),
        ("th-1", "terms", "x", "no field terms .* label"),
        ("ar-1", "label", "x", "nothing to decide on"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_can(record_id, field, value, said):
    with pytest.raises(InputError, match=said):
        check_value(record_id, field, value)


def test_what_is_not_json_is_no_value():
    with pytest.raises(InputError, match="cannot be"):
        check_value("ag-1", "status", datetime(2025, 7, 18, tzinfo=UTC))


def test_a_field_is_known_or_not():
    check_field("cl-1", "speaker")
    check_field("cl-1", "cue")
    with pytest.raises(InputError, match="type, speaker, hedged"):
        check_field("cl-1", "status")


def test_a_whole_record_is_complete_when_it_is_kept():
    kept = check_values("ow-1", {"label": "Kestrel Treaty", "kind": "treaty"})
    assert set(kept) == set(corrections.AgreementValues.model_fields)
    assert kept["parties"] == []
    with pytest.raises(InputError, match=r"label: Field required.*kind: "):
        check_values("ow-1", {"kind": "pact"})


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The Norland fleet", 4),  # where it was
        ("The old Norland fleet", 8),
        ("Norland", 0),
        ("Norland and far behind it Norland", 0),  # the nearer one
        ("Sudland", None),
        ("", None),
    ],
)
def test_a_place_is_found_again_by_its_words(text, start):
    found = find_again(text, records.Span(**PLACE))
    assert (found and found.start) == start
    assert found is None or text[found.start : found.end] == "Norland"


def test_the_places_of_a_record_stand_apart_from_its_values():
    record = {"content": [PLACE], "cue": None, "type": "evaluation"}
    assert find_places("cl-1", record) == {"content": [PLACE], "cue": None}
    assert "content" not in plain_values("cl-1", record)
    assert find_places("ow-1", {"mentions": [PLACE]}) == {}


def test_what_is_compared_has_no_places_in_the_text():
    words = {"start": 0, "end": 7, "text": "Norland"}
    record = {"name": None, "label": "a pact", "parties": [words | {"entity": "Norland", "role": "lead", "rule": "x"}]}
    plain = plain_values("ag-1", record | {"confidence": 0.5})
    assert plain["parties"] == [{"entity": "Norland", "role": "lead"}]
    assert "confidence" not in plain
    assert plain_values("cl-1", {"speaker": words | {"name": None}})["speaker"] == "Norland"
