"""How rows stand, where what was learned contradicts their acts."""

import pytest

from pipeline.extraction.pairs import find_status, read_rule_rows
from pipeline.extraction.settle import settle_agreements
from pipeline.extraction.settled_status import StatusThresholds, settle_status
from pipeline.extraction.signals import read_signals
from tests.pipeline.extraction.told import at, read_by_rules, tell

SIGNED = "Norway and Chile signed the Arden Treaty."
GRANTED = "Norway has criticised the Arden Treaty."


def settle(told, text, status):
    doc = told.doc
    told.say("agreement", at(doc, "Treaty"), "treaty")
    if status:
        verb = next(token.i for token in doc if token.text in {"signed", "criticised"})
        told.bond("status", at(doc, "Treaty"), verb, status)
    (row,) = settle_agreements(told.write()).spans["agreements"].attrs["agreements"].values()
    return row


@pytest.mark.parametrize(
    ("text", "status", "acts"),
    [
        # nothing is said, or the same: the acts stand
        (SIGNED, None, [("signed", "done", "stated")]),
        (SIGNED, "signed", [("signed", "done", "stated")]),
        # what is surely otherwise
        (SIGNED, "suspended", [("suspended", "done", "stated")]),
        (GRANTED, "planned", [("agreed", "planned", "stated")]),
        # what stands for long is taken for granted
        (SIGNED, "in_force", [("entered_into_force", "done", "presupposed")]),
    ],
)
def test_acts_give_way_to_what_is_sure(nlp, monkeypatch, text, status, acts):
    told = tell(monkeypatch, read_by_rules(nlp, text))
    row = settle(told, text, status)
    assert [tuple(act[:3]) for act in row["acts"]] == acts


def test_the_new_act_stands_at_the_verb_and_says_who_made_it(nlp, monkeypatch):
    told = tell(monkeypatch, read_by_rules(nlp, SIGNED))
    row = settle(told, SIGNED, "suspended")
    ((*_, verb, actors, rule),) = row["acts"]
    assert (told.doc[verb].text, actors, rule) == ("signed", [], "tagger")


@pytest.mark.parametrize("against", [0.5, 0.999999])
def test_how_sure_it_must_be(nlp, monkeypatch, against):
    told = tell(monkeypatch, read_by_rules(nlp, SIGNED))
    doc = told.doc
    told.bond("status", at(doc, "Treaty"), at(doc, "signed"), "suspended")
    facts = doc.spans["agreements"].attrs["agreements"]
    rows = [{**fact, "roots": [at(doc, "Treaty")]} for fact in facts.values()]
    thresholds = StatusThresholds(against=against)
    (sure,) = settle_status(doc, rows, read_signals(told.write()), read_rule_rows(doc), thresholds)
    is_changed = find_status(doc, rows[0]["acts"]) == "suspended"
    assert is_changed == (against == 0.5)
    assert (sure > 0.5) == is_changed


def test_denials_stay(nlp, monkeypatch):
    told = tell(monkeypatch, read_by_rules(nlp, "Norway did not sign the Arden Treaty."))
    doc = told.doc
    told.bond("status", at(doc, "Treaty"), at(doc, "sign"), "negotiating")
    facts = doc.spans["agreements"].attrs["agreements"]
    rows = [{**fact, "roots": [at(doc, "Treaty")]} for fact in facts.values()]
    denied = [act for act in rows[0]["acts"] if act[1] == "denied"]
    settle_status(doc, rows, read_signals(told.write()), read_rule_rows(doc))
    assert [act for act in rows[0]["acts"] if act[1] == "denied"] == denied != []


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        ("institution_body", ("launched", "planned")),
        ("treaty", ("agreed", "planned")),
        ("joint_declaration", ("announced", "done")),
    ],
)
def test_what_is_planned_of_a_kind(nlp, monkeypatch, kind, act):
    told = tell(monkeypatch, read_by_rules(nlp, GRANTED))
    doc = told.doc
    told.bond("status", at(doc, "Treaty"), at(doc, "criticised"), "planned")
    (fact,) = doc.spans["agreements"].attrs["agreements"].values()
    rows = [{**fact, "kind": kind, "roots": [at(doc, "Treaty")]}]
    settle_status(doc, rows, read_signals(told.write()), read_rule_rows(doc))
    assert [tuple(each[:2]) for each in rows[0]["acts"]] == [act]
