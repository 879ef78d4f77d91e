import json
from datetime import UTC, datetime

import pytest

from pipeline.cli.decisions import list_standing, show_decision
from pipeline.decisions import Decision
from pipeline.enumerations import Review
from pipeline.store.standing_rows import Standing


def decision(action, **facts):
    at = datetime(2025, 7, 18, tzinfo=UTC)
    return Decision(**({"number": 7, "who": "ana", "when": at, "record_id": "ag-1", "action": action} | facts))


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (decision("accept"), "7  ana: accept (ag-1)"),
        (decision("reject", field="status"), "7  ana: reject status (ag-1)"),
        (
            decision("correct", field="status", before=None, after="signed"),
            "7  ana: correct status: none -> signed (ag-1)",
        ),
        (
            decision("correct", field="parties", before=[], after=[{"entity": "Norland", "role": "lead"}]),
            "7  ana: correct parties: none -> Norland (lead) (ag-1)",
        ),
        (decision("correct", field="hedged", before=True, after=False), "7  ana: correct hedged: true -> false (ag-1)"),
        (decision("note", after="ask\nMara " * 50), f"7  ana: note: {('ask Mara ' * 50)[:99]}… (ag-1)"),
        (decision("create", after={"label": "Linden Pact"}), "7  ana: create Linden Pact (ag-1)"),
        (decision("merge", after={"merged": ["rw-1", "rw-2"]}), "7  ana: merge rw-1, rw-2 (ag-1)"),
        (decision("split", after={"split": ["ag-1"]}), "7  ana: split ag-1 (ag-1)"),
        (decision("undo", undoes=3, before={"x": 1}), "7  ana: undo 3 (ag-1)"),
        (decision("undo", undoes=3, field="status", before="a", after="b"), "7  ana: undo status 3: a -> b (ag-1)"),
    ],
)
def test_a_decision_is_one_line(made, line):
    assert show_decision(made) == line


def test_what_is_in_force_stands_below_a_record():
    fields, reviews = {"status": "in_force"}, {"date": Review.REJECT}
    standing = Standing(
        record_id="ag-1", review=Review.ACCEPT, fields=fields, field_reviews=reviews, is_reopened=True, decision=7
    )
    said = [line.removeprefix("Decided: ") for line in list_standing(standing)]
    assert said[:3] == ["accept", "status is in_force", "reject date"]
    assert "looked at again" in said[3]
    assert said[4] == "entente decisions --record ag-1 tells by whom and why."
    assert list_standing(Standing(record_id="ag-1", decision=7))[0].startswith("What was decided set no value")
    assert list_standing(None) == []


def test_decisions_are_listed_and_filtered(entente, monkeypatch, database_url):
    monkeypatch.setenv("ENTENTE_DATABASE_URL", database_url)
    assert "entente decide --help" in entente("decisions").err
    entente("decide", "create", "Linden Pact", "--kind", "treaty", "--as", "ana", "--batch", "b1")
    [made] = json.loads(entente("decisions", "--json").out)
    entente("decide", "accept", made["record_id"], "--as", "ben")
    assert "create Linden Pact" in entente("decisions").out
    for filters, numbers in [
        (("--record", made["record_id"][:9]), [1, 2]),
        (("--who", "ben"), [2]),
        (("--batch", "b1"), [1]),
        (("--limit", "1"), [2]),
        (("--orphaned",), []),
        (("--reopened",), []),
    ]:
        assert [each["number"] for each in json.loads(entente("decisions", *filters, "--json").out)] == numbers
    assert "No decision is like that" in entente("decisions", "--who", "eve").err
