from pipeline.store.standing_rows import Judgements, Standing


def test_what_nobody_decided_is_empty():
    standing = Standing(record_id="ag-1", decision=3)
    assert (standing.review, standing.fields, standing.field_reviews, standing.is_reopened) == (None, {}, {}, False)
    assert Judgements().same == Judgements().apart == frozenset()
