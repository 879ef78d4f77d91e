import pytest

from pipeline.enumerations import Review
from pipeline.exports.settled import settle
from pipeline.store.standing import Standing


def hold(annotated, record_id, **facts):
    return annotated._replace(standing={record_id: Standing(record_id=record_id, decision=1, **facts)})


def test_rejected_records_are_out_and_corrected_ones_have_their_values(annotated):
    found = settle(annotated)
    assert found.claims == ()
    assert [each.type for each in found.entities] == ["STATE"]
    assert found.agreements == annotated.extraction.agreements


@pytest.mark.parametrize(
    ("record_id", "fields", "name", "expected"),
    [
        ("ag-1", {"kind": "coalition"}, "kind", "coalition"),
        ("ag-1", {"subject": "trade"}, "subject", "trade"),
        ("cl-1", {"speaker": None}, "speaker", None),
        ("cl-1", {"about": []}, "about", ()),
        ("cl-1", {"hedged": False}, "hedged", False),
        ("en-1", {"aliases": ["the north"]}, "aliases", ("the north",)),
    ],
)
def test_a_corrected_field_is_the_record_s(annotated, record_id, fields, name, expected):
    found = settle(hold(annotated, record_id, fields=fields))
    records = {each.id: each for each in (*found.entities, *found.agreements, *found.claims)}
    assert getattr(records[record_id], name) == expected


def test_parts_without_a_place_stand_on_the_record_s_first_words(annotated):
    fields = {"status": "signed", "figures": [{"name": "ships", "value": 26, "unit": None}], "due": [{"date": "2026"}]}
    (row,) = settle(hold(annotated, "ag-1", fields=fields)).agreements
    assert {each.text for each in (*row.figures, *row.due, *row.acts)} == {"Kestrel Treaty"}
    assert [(each.act, each.basis) for each in row.acts] == [("signed", "presupposed")]


def test_a_rejected_field_has_no_value(annotated):
    (claim,) = settle(hold(annotated, "cl-1", field_reviews={"speaker": Review.REJECT})).claims
    assert claim.speaker is None


def test_words_are_found_again_where_the_text_has_moved(annotated):
    moved = hold(annotated, "cl-1", fields={"content": [{"start": 0, "end": 10, "text": "would hold"}]})
    (claim,) = settle(moved).claims
    assert annotated.text[claim.content[0].start : claim.content[0].end] == "would hold"
