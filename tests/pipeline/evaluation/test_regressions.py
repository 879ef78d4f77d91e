import pytest

from pipeline.evaluation.perfect import to_extraction
from pipeline.evaluation.regressions import compare, find_returns
from pipeline.gold.regressions import Case, Rejected
from pipeline.settings import Settings


@pytest.fixture
def case(arden):
    """A marked article of which somebody rejected the first agreement and the first claim."""
    found = to_extraction(arden)
    rejected = [
        ("agreement", found.agreements[0], found.agreements[0].mentions),
        ("claim", found.claims[0], found.claims[0].content),
    ]
    return Case(
        article="ar-1",
        text=arden.text,
        published=arden.header.published,
        rejected=tuple(
            Rejected(id=each.id, kind=kind, label="it", spans=spans, rule="r", decision=7)
            for kind, each, spans in rejected
        ),
    )


def test_what_is_trusted_on_the_same_words_is_back(arden, case):
    found = compare(case, to_extraction(arden))
    assert [each.rejected.kind for each in found] == ["agreement", "claim"]
    assert found[0].describe() == "ar-1: agreement “it” is back (1.00); decision 7 rejected it"


@pytest.mark.parametrize("change", ["doubted", "gone"])
def test_what_is_doubted_or_not_found_is_not(arden, case, change):
    found = to_extraction(arden)
    doubted = [each.model_copy(update={"confidence": 0.79}) for each in found.agreements]
    update = {"agreements": tuple(doubted if change == "doubted" else ()), "claims": ()}
    assert compare(case, found.model_copy(update=update)) == []


def test_what_stands_elsewhere_in_the_text_is_another(arden, case):
    found = to_extraction(arden)
    moved = case.model_copy(
        update={
            "rejected": tuple(each.model_copy(update={"spans": found.claims[-1].content}) for each in case.rejected[:1])
        }
    )
    assert compare(moved, found) == []


@pytest.mark.slow
def test_the_pipeline_reads_the_texts_again(case, tmp_path):
    steps = []
    found = find_returns([case], settings=Settings(home=tmp_path), step=steps.append)
    assert steps == ["ar-1"]
    assert all(each.confidence >= 0.8 for each in found)
