from pipeline.enumerations import Review
from pipeline.exports.marks import find_marks


def test_rejected_records_are_left_out(annotated):
    assert [mark.record.id for mark in find_marks(annotated)] == ["en-1", "ag-1"]


def test_all_records_with_what_a_person_decided(annotated):
    marks = list(find_marks(annotated, with_rejected=True))
    assert [(mark.kind, mark.label, mark.review) for mark in marks] == [
        ("entity", "STATE", Review.ACCEPT),
        ("agreement", "treaty", None),
        ("claim", "prediction", Review.REJECT),
    ]
    assert [span.text for span in marks[2].spans] == ["it would hold", "if Sudland agree"]
