from datetime import UTC, datetime

import pytest

from pipeline.decisions import Decision
from pipeline.linking.attachments import Anchor, find_attachments, has_to_be_reviewed


def anchor(record_id, *quotes, kind="treaty", companions=()):
    return Anchor(record_id=record_id, kind=kind, quotes=quotes, companions=frozenset(companions))


GONE = anchor("ag-1", "a headquarters in Paris", "the body")


@pytest.mark.parametrize(
    ("gone", "present", "found"),
    [
        (GONE, [anchor("ag-2", "A headquarters in Paris")], "ag-2"),  # the same words
        (GONE, [anchor("ag-2", "a permanent body", "the body")], "ag-2"),
        (
            anchor("ag-1", "headquarters in Paris"),
            [anchor("ag-2", "a permanent headquarters in Paris")],
            "ag-2",
        ),  # within
        (
            anchor("ag-1", "the coalition"),
            [anchor("ag-2", "the coalition of the willing")],
            None,
        ),  # two words are too few
        (anchor("ag-1", "arter in Par"), [anchor("ag-2", "a headquarter in Paris")], None),  # whole words only
        (GONE, [anchor("ag-2", "the body", kind="coalition")], None),  # of another kind
        (GONE, [anchor("cl-2", "the body")], None),  # of another sort
        (GONE, [anchor("ag-2", "the body"), anchor("ag-3", "the body")], None),  # which of them?
        (
            GONE,
            [anchor("ag-2", "the body"), anchor("ag-3", "that a headquarters in Paris opens")],
            "ag-2",
        ),  # the same first
        (anchor("ag-1", "the body", companions=["ag-2"]), [anchor("ag-2", "the body")], None),  # it stood beside it
        (GONE, [], None),
        (anchor("ag-1"), [anchor("ag-2")], None),
        (anchor("ag-1", "…"), [anchor("ag-2", "—")], None),  # no words at all
    ],
)
def test_a_decision_finds_its_record_by_its_words(gone, present, found):
    assert find_attachments([gone], present) == {"ag-1": found}


def test_two_that_became_one_hang_on_that_one():
    assert find_attachments([GONE, anchor("ag-9", "the body")], [anchor("ag-2", "the body")]) == {
        "ag-1": "ag-2",
        "ag-9": "ag-2",
    }


def decision(action, field=None, *, after=None, extracted="signed", text="t1"):
    at = datetime(2025, 7, 18, tzinfo=UTC)
    facts = {"after": after, "extracted": extracted, "text_sha256": text}
    return Decision(who="ana", when=at, record_id="ag-1", action=action, field=field, **facts)


@pytest.mark.parametrize(
    ("made", "text", "values", "has_to"),
    [
        (decision("accept", "status"), "t2", {"status": "suspended"}, True),
        (decision("accept", "status"), "t1", {"status": "suspended"}, False),  # only the extractor changed
        (decision("accept", "status"), "t2", {"status": "signed"}, False),  # only the text changed
        (decision("correct", "status", after="agreed"), "t2", {"status": "suspended"}, True),
        (decision("correct", "status", after="agreed"), "t2", {"status": "agreed"}, False),  # as the person says
        (decision("correct", "parties", after=[], extracted=["x"]), "t2", {"parties": ["y"]}, True),
        (decision("reject", extracted={"status": "signed"}), "t2", {"status": "agreed"}, True),
        (decision("reject", extracted={"status": "signed"}), "t2", {"status": "signed"}, False),
        (decision("accept", "status", text=None), "t2", {"status": "suspended"}, False),  # a row: no text of its own
        (decision("note", after="x"), "t2", {"status": "suspended"}, False),
    ],
)
def test_a_decision_is_open_again_where_text_and_value_have_both_changed(made, text, values, has_to):
    assert has_to_be_reviewed(made, text_sha256=text, values=values) is has_to
