from pipeline.enumerations import Review
from pipeline.exports.regressions import make_cases
from pipeline.store.standing import Standing


def test_what_was_rejected_is_a_case(annotated):
    (case,) = make_cases([annotated])
    assert (case.article, case.text, case.published) == ("ar-1", annotated.text, "2025-07")
    (rejected,) = case.rejected
    assert (rejected.id, rejected.kind, rejected.rule, rejected.decision) == ("cl-1", "claim", "test", 2)
    assert rejected.label == "it would hold … if Sudland agree"


def test_what_is_to_be_looked_at_again_is_none(annotated):
    held = Standing(record_id="cl-1", review=Review.REJECT, is_reopened=True, decision=2)
    assert list(make_cases([annotated._replace(standing={"cl-1": held})])) == []
