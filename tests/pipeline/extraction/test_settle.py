"""Rows, settled by what a tagger says: kept, dropped, new, joined, and their parties."""

import pytest

from pipeline.enumerations import PartyRole
from pipeline.extraction.agreements import write_agreements
from pipeline.extraction.settle import Thresholds, settle_agreements, settle_by
from pipeline.extraction.signals import read_signals
from tests.pipeline.extraction.told import at, read_by_rules, tell

TEXT = "Norway and Chile signed the Arden Treaty in Bergen. Kenya has criticised the pact. A fleet sails under Japan."


@pytest.fixture
def told(nlp, monkeypatch):
    return tell(monkeypatch, read_by_rules(nlp, TEXT))


def rows(doc):
    """What a test asks of each row: name, kind, words of its mentions."""
    facts = doc.spans["agreements"].attrs["agreements"].values()
    return [(row["name"], row["kind"], [doc[s:e].text for s, e in row["mentions"]]) for row in facts]


def parties(doc):
    return [
        {(party[0], party[1]) for party in row["parties"]}
        for row in doc.spans["agreements"].attrs["agreements"].values()
    ]


def test_without_a_tagger_nothing_changes(told):
    doc = told.doc
    before = doc.spans["agreements"].attrs["agreements"]
    assert settle_agreements(doc).spans["agreements"].attrs["agreements"] == before
    assert rows(doc) == [("Arden Treaty", "treaty", ["Arden Treaty", "pact"])]


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        # one mention that is believed keeps the row, with all its mentions
        ([("Treaty", "treaty")], [("Arden Treaty", "treaty", ["Arden Treaty", "pact"])]),
        ([("pact", "treaty")], [("Arden Treaty", "treaty", ["Arden Treaty", "pact"])]),
        # the kind is the tagger's
        ([("Treaty", "coalition")], [("Arden Treaty", "coalition", ["Arden Treaty", "pact"])]),
        # none is believed: no row
        ([], []),
        # what only the tagger sees, in the order of the text
        ([("fleet", "operation_mission")], [(None, "operation_mission", ["fleet"])]),
        (
            [("fleet", "operation_mission"), ("Treaty", "treaty")],
            [("Arden Treaty", "treaty", ["Arden Treaty", "pact"]), (None, "operation_mission", ["fleet"])],
        ),
    ],
)
def test_what_is_believed(told, seen, expected):
    for word, kind in seen:
        told.say("agreement", at(told.doc, word), kind)
    assert rows(settle_agreements(told.write())) == expected


def test_a_new_row_says_that_a_tagger_found_it_and_is_named_by_its_entity(nlp, monkeypatch):
    told = tell(monkeypatch, read_by_rules(nlp, "Norway and Chile signed the Arden Treaty."))
    write_agreements(told.doc, {})  # as if the rules had missed it
    told.say("agreement", at(told.doc, "Treaty"), "treaty")
    doc = settle_agreements(told.write())
    assert rows(doc) == [("Arden Treaty", "treaty", ["Arden Treaty"])]
    (row,) = doc.spans["agreements"].attrs["agreements"].values()
    assert row["rule"] == "tagger"
    assert row["entity"] == next(span.id_ for span in doc.spans["entities"] if span.text == "Arden Treaty")


def test_a_mention_that_means_an_earlier_row_joins_it(told):
    doc = told.doc
    for word in ("Treaty", "fleet"):
        told.say("agreement", at(doc, word), "treaty")
    told.bond("same", at(doc, "fleet"), at(doc, "Treaty"))
    assert rows(settle_agreements(told.write())) == [("Arden Treaty", "treaty", ["Arden Treaty", "pact", "fleet"])]


@pytest.mark.parametrize("keep", [0.4, 0.6])
def test_how_much_belief_a_row_needs(told, keep):
    told.say("agreement", at(told.doc, "Treaty"), "treaty", sure=1.0)
    settle_by(told.doc, read_signals(told.write()), Thresholds(keep=keep, new=0.9))
    assert len(rows(told.doc)) == (keep < 0.5)


@pytest.mark.parametrize(
    ("bonds", "expected"),
    [
        ([], set()),  # the rules' parties are weighed like any others
        ([("Norway", "party")], {("Norway", "party")}),
        (
            [("Kenya", "excluded"), ("Norway", "lead")],
            {("Norway", "party"), ("Kenya", "excluded")},
        ),  # a role by rule stands
        ([("Bergen", "host")], {("Bergen", "host")}),
    ],
)
def test_parties(told, bonds, expected):
    treaty = at(told.doc, "Treaty")
    told.say("agreement", treaty, "treaty")
    for word, role in bonds:
        told.bond("party", treaty, at(told.doc, word), PartyRole(role))
    assert parties(settle_agreements(told.write())) == [expected]


def test_a_party_stands_where_it_is_named_nearest(nlp, monkeypatch):
    told = tell(monkeypatch, read_by_rules(nlp, "Norway met Chile. Norway and Chile signed the Arden Treaty."))
    treaty = at(told.doc, "Treaty")
    told.say("agreement", treaty, "treaty")
    told.bond("party", treaty, at(told.doc, "Norway", again=1))
    (row,) = settle_agreements(told.write()).spans["agreements"].attrs["agreements"].values()
    assert [party[2:4] for party in row["parties"]] == [[4, 5]]


def test_an_agreement_is_no_party_to_itself(told):
    treaty = at(told.doc, "Treaty")
    told.say("agreement", treaty, "treaty")
    told.bond("party", treaty, treaty)
    assert parties(settle_agreements(told.write())) == [set()]


def test_the_span_groups_follow_the_rows(told):
    treaty = at(told.doc, "Treaty")
    told.say("agreement", treaty, "treaty")
    told.bond("party", treaty, at(told.doc, "Kenya"))
    doc = settle_agreements(told.write())
    shown = {name: [(span.text, span.label_) for span in doc.spans[name]] for name in ("agreements", "parties")}
    assert shown == {"agreements": [("Arden Treaty", "treaty"), ("pact", "treaty")], "parties": [("Kenya", "party")]}


def test_each_row_knows_its_evidence_and_nothing_of_how_it_was_made(told):
    told.say("agreement", at(told.doc, "Treaty"), "treaty")
    (row,) = settle_agreements(told.write()).spans["agreements"].attrs["agreements"].values()
    assert len(row["evidence"]) == 10
    assert not {"spans", "roots", "sure"} & row.keys()


@pytest.mark.parametrize(
    ("word", "text", "rows_found"),
    [
        ("one", "Norway signed a treaty in May. Chile likes the older one.", ["treaty"]),
        ("It", "Norway signed a treaty in May. It holds.", ["treaty"]),
        ("fleet", "Norway signed a treaty in May. Chile sends one fleet.", ["treaty", "fleet"]),  # a noun is a row
    ],
)
def test_what_only_refers_to_something_is_no_row_of_its_own(nlp, monkeypatch, word, text, rows_found):
    told = tell(monkeypatch, read_by_rules(nlp, text))
    for seen in ("treaty", word):
        told.say("agreement", at(told.doc, seen), "treaty")
    found = rows(settle_agreements(told.write()))
    assert [words[0].split()[-1] for _, _, words in found] == rows_found


def test_what_refers_to_a_row_is_a_mention_of_it(nlp, monkeypatch):
    told = tell(monkeypatch, read_by_rules(nlp, "Norway signed a treaty in May. It holds."))
    for seen in ("treaty", "It"):
        told.say("agreement", at(told.doc, seen), "treaty")
    told.bond("same", at(told.doc, "It"), at(told.doc, "treaty"))
    ((_, _, mentions),) = rows(settle_agreements(told.write()))
    assert mentions[-1] == "It"


def test_who_only_stands_beside_it_has_the_role_that_the_tagger_gives(nlp, monkeypatch):
    told = tell(monkeypatch, read_by_rules(nlp, "Norway must report exercises under the Arden Treaty."))
    treaty = at(told.doc, "Treaty")
    told.say("agreement", treaty, "treaty")
    told.bond("party", treaty, at(told.doc, "Norway"), "lead")
    assert parties(settle_agreements(told.write())) == [{("Norway", "lead")}]
