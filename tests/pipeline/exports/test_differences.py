import pytest

from pipeline.enumerations import ActType, Status
from pipeline.exports.differences import compare_extractions
from pipeline.records import Act, Reason, Span


def changed(annotated, **update):
    """The extraction, with its agreement changed so."""
    extraction = annotated.extraction
    return extraction.model_copy(update={"agreements": (extraction.agreements[0].model_copy(update=update),)})


def test_nothing_changed(annotated):
    assert compare_extractions(annotated.extraction, annotated.extraction) == []


@pytest.mark.parametrize(
    ("update", "fields"),
    [
        ({"status": Status.SIGNED}, ["status"]),
        ({"status": Status.SIGNED, "subject": "coasts"}, ["status", "subject"]),
        (
            {"rule": "another", "confidence": 0.1, "why": (Reason(field="kind", rule="r", start=0, end=1, text="N"),)},
            [],
        ),
        ({"mentions": (Span(start=0, end=7, text="Norland"),)}, ["mentions"]),
        ({"id": "ag-2", "name": "Treaty of Kestrel"}, ["id", "name"]),
        ({"acts": (Act(start=0, end=7, text="Norland", act=ActType.SIGNED),)}, ["acts"]),
    ],
)
def test_the_fields_that_changed(annotated, update, fields):
    changes = compare_extractions(annotated.extraction, changed(annotated, **update))
    assert [(each.kind, each.change, [field.name for field in each.fields]) for each in changes] == (
        [("agreement", "changed", fields)] if fields else []
    )


def test_what_came_and_what_went(annotated):
    without = annotated.extraction.model_copy(update={"claims": (), "entities": ()})
    went = compare_extractions(annotated.extraction, without)
    assert [(each.kind, each.change, each.id, each.label) for each in went] == [
        ("claim", "went", "cl-1", "it would hold … if Sudland agree"),
        ("entity", "went", "en-1", "Norland"),
    ]
    assert [each.change for each in compare_extractions(without, annotated.extraction)] == ["came", "came"]


def test_offsets_say_nothing_where_the_text_is_another_one(annotated):
    moved = changed(annotated, mentions=(Span(start=1, end=15, text="Kestrel Treaty"),))
    assert compare_extractions(annotated.extraction, moved, is_revised=True) == []
    assert len(compare_extractions(annotated.extraction, moved)) == 1
