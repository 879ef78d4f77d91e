from pipeline.enumerations import Review
from pipeline.exports.marks import find_marks
from pipeline.store.standing_rows import Standing


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


def test_places_are_where_a_person_put_them(annotated):
    place = {"start": 0, "end": 7, "text": annotated.text[:7], "flags": []}
    pronoun = place | {"flags": ["pronoun"]}
    standing = Standing(record_id="en-1", decision=9, fields={"mentions": [place, pronoun]})
    corrected = annotated._replace(standing={"en-1": standing})
    assert [(each.start, each.end) for each in next(find_marks(corrected)).spans] == [(0, 7)]
    moved = corrected._replace(text="So " + annotated.text)
    assert [(each.start, each.end) for each in next(find_marks(moved)).spans] == [(3, 10)]
