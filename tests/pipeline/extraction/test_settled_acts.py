"""What happened to settled rows."""

import pytest

from pipeline.extraction.actors import find_actors
from pipeline.extraction.settled_acts import settle_acts
from pipeline.extraction.signals import read_signals
from tests.pipeline.extraction.told import at, read_by_rules, tell

TEXT = "Norway and Chile signed the Arden Treaty. Kenya has criticised the pact."


@pytest.fixture
def told(nlp, monkeypatch):
    return tell(monkeypatch, read_by_rules(nlp, TEXT))


_UNNAMED = {"name": None, "entity": None}


def _mention(doc, root):
    """The words that the rules have there; else the word, which they did not see."""
    seen = [[span.start, span.end] for span in doc.spans["agreements"] if span.start <= root < span.end]
    return seen[0] if seen else [root, root + 1]


def settle(told, kinds=("treaty",), acts=()):
    """The rows with their acts; the first is the Arden Treaty, the second the pact."""
    roots = (at(told.doc, "Treaty"), at(told.doc, "pact"))
    rows = [
        {"roots": [root], "mentions": [_mention(told.doc, root)], "kind": kind, "acts": list(acts)} | _UNNAMED
        for root, kind in zip(roots, kinds, strict=False)
    ]
    surest = settle_acts(told.doc, rows, read_signals(told.write()), find_actors(told.doc))
    return [[act[:3] for act in row["acts"]] for row in rows], [round(sure, 2) for sure in surest], rows


def test_an_act_of_a_row(told):
    signed = at(told.doc, "signed")
    told.say("act", signed, "signed")
    told.bond("act", signed, at(told.doc, "Treaty"))
    acts, surest, rows = settle(told)
    assert (acts, surest) == ([[["signed", "done", "stated"]]], [1.0])
    assert rows[0]["acts"][0][3:5] == [signed, ["Norway", "Chile"]]


@pytest.mark.parametrize("polarity", ["done", "planned", "denied"])
def test_its_polarity(told, polarity):
    criticised = at(told.doc, "criticised")
    told.say("act", criticised, "rejected")
    told.say("polarity", criticised, polarity)
    told.bond("act", criticised, at(told.doc, "Treaty"))
    assert settle(told)[0] == [[["rejected", polarity, "stated"]]]


def test_an_act_is_only_of_the_rows_it_belongs_to(told):
    criticised = at(told.doc, "criticised")
    told.say("act", criticised, "rejected")
    told.bond("act", criticised, at(told.doc, "pact"))
    acts, surest, _ = settle(told, kinds=("treaty", "institution_body"))
    assert acts == [[["entered_into_force", "done", "presupposed"]], [["rejected", "done", "stated"]]]
    assert surest == [0.0, 1.0]


@pytest.mark.parametrize(
    ("kind", "act"),
    [("treaty", "entered_into_force"), ("institution_body", "operating"), ("operation_mission", "operating")],
)
def test_of_what_nothing_is_said_it_is_taken_for_granted_that_it_is(told, kind, act):
    assert settle(told, kinds=(kind,))[0] == [[[act, "done", "presupposed"]]]


def test_what_the_rules_saw_stays_where_the_tagger_sees_nothing(told):
    acts, surest, _ = settle(told, acts=[["proposed", "done", "stated", 3, []]])
    assert (acts, surest) == ([[["proposed", "done", "stated"]]], [0.0])


@pytest.mark.parametrize(
    ("sure", "said", "beside"),
    [
        (2.0, "rejected", ["rejected"]),
        (1.0, "rejected", []),  # as likely as not: the rules know better
        (2.0, "signed", []),  # the same again, in another word
    ],
)
def test_the_tagger_says_more_than_the_rules_where_it_is_very_sure(told, sure, said, beside):
    criticised = at(told.doc, "criticised")
    told.say("act", criticised, said, sure=sure)
    told.bond("act", criticised, at(told.doc, "Treaty"))
    acts, _, _ = settle(told, acts=[["signed", "done", "stated", at(told.doc, "signed"), []]])
    assert [act[0] for act in acts[0]] == ["signed", *beside]


def test_one_word_says_one_act(told):
    """Where the rules have read a word, the tagger's reading of it does not come in too."""
    signed = at(told.doc, "signed")
    told.say("act", signed, "agreed")
    told.bond("act", signed, at(told.doc, "Treaty"))
    assert settle(told, acts=[["signed", "done", "stated", signed, []]])[0] == [[["signed", "done", "stated"]]]


def test_no_rows(told):
    told.say("act", at(told.doc, "signed"), "signed")
    assert settle(told, kinds=())[:2] == ([], [])


def test_the_rules_read_the_mentions_that_only_the_tagger_saw(told):
    row = {"roots": [at(told.doc, "Treaty")], "kind": "treaty", "acts": [], **_UNNAMED}
    row["mentions"] = [[row["roots"][0], row["roots"][0] + 1]]
    settle_acts(told.doc, [row], read_signals(told.write()), find_actors(told.doc))
    assert [[*act[:3], act[5]] for act in row["acts"]] == [["signed", "done", "stated", "predicate"]]
