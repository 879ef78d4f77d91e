from datetime import UTC, datetime

import pytest

from pipeline.enumerations import ActType, AgreementKind, Basis, Polarity, Review, Status
from pipeline.store.decided import apply_decisions, correct_outline, find_review
from pipeline.store.observations import Deed, Seen, find_status, make_outline
from pipeline.store.standing import Standing

AT = datetime(2025, 8, 1, tzinfo=UTC)


def see(number):
    acts = [Deed(ActType.AGREED, Polarity.DONE, Basis.STATED, None)]
    return Seen(
        f"ag-{number}",
        f"ar-{number}",
        AT,
        "a pact",
        AgreementKind.TREATY,
        name="Pact",
        published="2025-07-01",
        status=Status.AGREED,
        acts=acts,
    )


def stand(record_id, **facts):
    return {record_id: Standing(record_id=record_id, decision=1, **facts)}


def test_what_was_rejected_counts_nowhere_unless_all_was():
    rejected = stand("ag-0", review="reject") | stand("ag-1", review="reject")
    assert [each.agreement_id for each in apply_decisions([see(0), see(1), see(2)], rejected)] == ["ag-2"]
    assert len(apply_decisions([see(0), see(1)], rejected)) == 2
    assert find_review("rw-1", [see(0), see(1)], rejected) is Review.REJECT


@pytest.mark.parametrize(
    ("standing", "review"),
    [
        ({}, None),
        (stand("ag-0", review="accept"), "accept"),
        (stand("ag-0", review="accept") | stand("ag-1", review="unsure"), "unsure"),
        (stand("ag-0", review="reject"), None),
        (stand("rw-1", review="reject") | stand("ag-0", review="accept"), "reject"),
    ],
)
def test_a_row_is_reviewed_by_itself_or_by_its_observations(standing, review):
    assert find_review("rw-1", [see(0), see(1)], standing) == review


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": "signed", "status_date": "2025-07-05"}, ("signed", "2025-07-05")),
        ({"status": "in_force"}, ("in_force", "2025-07-01")),
        ({"status": None}, (None, None)),
        ({"subject": "fish"}, ("agreed", "2025-07-01")),
    ],
)
def test_a_corrected_status_is_what_the_article_says(fields, expected):
    assert find_status(apply_decisions([see(0)], stand("ag-0", fields=fields))) == expected


def test_fields_are_corrected_and_rejected_ones_have_no_value():
    fields = {
        "name": "Kestrel Treaty",
        "kind": "coalition",
        "parties": [{"entity": "Norland", "role": "lead"}, "Sudland"],
    }
    (seen,) = apply_decisions([see(0)], stand("ag-0", fields=fields, field_reviews={"status": "reject"}))
    assert (seen.name, seen.kind, seen.status, seen.acts) == ("Kestrel Treaty", "coalition", None, [])
    assert [(each.normal, each.role.value) for each in seen.parties] == [("norland", "lead"), ("sudland", "party")]


def test_a_row_as_a_whole_is_corrected_last():
    outline = make_outline([see(0)])
    standing = stand("rw-1", fields={"name": "Kestrel Treaty", "status": "signed", "kind": "coalition"})["rw-1"]
    corrected = correct_outline(outline, standing)
    assert corrected[:2] == ("Kestrel Treaty", "Kestrel Treaty")
    assert (corrected.status, corrected.kind, corrected.status_date) == ("signed", "coalition", None)
    assert correct_outline(outline, None) == outline
