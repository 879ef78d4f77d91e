"""Claims, settled by what a tagger says: kept, dropped, new, and who speaks."""

import pytest

from pipeline.extraction.settled_claims import ClaimThresholds, settle_claims
from pipeline.extraction.signals import read_signals
from tests.pipeline.extraction.told import at, read_by_rules, tell

TEXT = (
    "The minister, Ann Lee, expects that ships will rust. Trade in the north grows and nobody minds it, "
    "the mayor of Bergen added. Ships are old."
)


@pytest.fixture
def told(nlp, monkeypatch):
    return tell(monkeypatch, read_by_rules(nlp, TEXT))


def see(told, first, last, kind, *, voice="attributed"):
    """That the words from one to another are one claim."""
    start, end = at(told.doc, first), at(told.doc, last)
    told.say("claim", start, f"B:{kind}")
    for i in range(start + 1, end + 1):
        told.say("claim", i, f"I:{kind}")
    for i in range(start, end + 1):
        told.say("voice", i, voice)


def settle(told, **thresholds):
    """Each claim as its words, type and speaker."""
    settle_claims(told.doc, read_signals(told.write()), ClaimThresholds(**thresholds))
    group = told.doc.spans["claims"]
    return [(span.text, span.label_, group.attrs["claims"][span.id_]["speaker"]) for span in group]


def test_nothing_is_believed(told):
    assert settle(told) == []
    assert [len(told.doc.spans[name]) for name in ("claims", "cues", "speakers")] == [0, 0, 0]


def test_a_claim_of_the_rules_that_is_believed_keeps_its_words_and_speaker(told):
    see(told, "will", "rust", "threat_warning")  # two of its three words
    assert settle(told) == [("ships will rust", "threat_warning", "Ann Lee")]
    assert [span.text for span in told.doc.spans["cues"]] == ["expects"]


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ((), None),
        (("mayor",), "mayor of Bergen"),
        (("the", "mayor"), "mayor of Bergen"),
    ],
)
def test_a_claim_that_only_the_tagger_sees(told, speaker, expected):
    see(told, "Trade", "grows", "assertion_of_fact")
    for place, word in enumerate(speaker):
        told.say("speaker", at(told.doc, "mayor") - len(speaker) + 1 + place, "I" if place else "B")
        assert told.doc[at(told.doc, "mayor") - len(speaker) + 1 + place].text == word
    told.say("cue", at(told.doc, "added"), "cue")
    found = [claim for claim in settle(told) if claim[0].startswith("Trade")]
    assert found == [("Trade in the north grows", "assertion_of_fact", expected)]
    assert [span.text for span in told.doc.spans["cues"]] == ["added"]


def test_a_speaker_of_the_sentence_before_goes_on(told):
    see(told, "Ships", "old", "assertion_of_fact")
    told.say("speaker", at(told.doc, "mayor"), "B")
    assert settle(told, shortest=3) == [("Ships are old", "assertion_of_fact", "mayor of Bergen")]


def test_what_the_author_thinks(told):
    see(told, "Trade", "grows", "evaluation", voice="author")
    told.say("cue", at(told.doc, "added"), "cue")
    assert settle(told) == [("Trade in the north grows", "evaluation", "AUTHOR")]
    assert len(told.doc.spans["cues"]) == 0
    assert told.doc.spans["claims"].attrs["claims"]["c0"]["rule"] == "tagger_author"


def test_an_author_states_no_facts(told):
    """Of the author only views, predictions and recommendations are claims: the likeliest of these."""
    see(told, "Trade", "grows", "assertion_of_fact", voice="author")
    ((_, kind, _),) = settle(told)
    assert kind in {"evaluation", "prediction", "recommendation"}


@pytest.mark.parametrize(("head", "answer"), [("hedged", "hedged"), ("negated", "negated")])
def test_hedges_and_negation(told, head, answer):
    see(told, "Trade", "grows", "assertion_of_fact")
    told.say(head, range(at(told.doc, "Trade"), at(told.doc, "grows") + 1), answer)
    settle(told)
    facts = told.doc.spans["claims"].attrs["claims"]["c0"]
    assert {name: facts[name] for name in ("hedged", "negated")} == {"hedged": False, "negated": False} | {head: True}


@pytest.mark.parametrize(
    ("seen", "contents"),
    [
        # a new beginning cuts, a sentence's end too; the marks around it are no content
        ([("Trade", "grows"), ("nobody", "it")], ["Trade in the north grows", "nobody minds it"]),
        ([("Trade", ",", "it")], ["Trade in the north grows and nobody minds it"]),
        ([("it", "old")], ["the mayor of Bergen added", "Ships are old"]),
        ([("minds", "it")], []),  # too short
    ],
)
def test_where_contents_begin_and_end(told, seen, contents):
    for first, *last in seen:
        see(told, first, last[-1], "assertion_of_fact")
    found = [words for words, _, _ in settle(told, shortest=3)]
    assert [words.removeprefix("it, ") for words in found] == contents


@pytest.mark.parametrize(("covered", "claims"), [(0.2, 1), (0.7, 2)])
def test_what_is_claimed_already_is_not_claimed_twice(told, covered, claims):
    """The rules' "ships will rust" is believed; "expects that ships will rust" has three of its five words."""
    see(told, "expects", "rust", "prediction")
    assert len(settle(told, covered=covered)) == claims


def test_each_claim_knows_its_evidence(told):
    see(told, "Trade", "grows", "assertion_of_fact")
    settle(told)
    facts = told.doc.spans["claims"].attrs["claims"]["c0"]
    assert len(facts["evidence"]) == 7
    assert facts["confidence"] == 0.5
    assert not {"runs", "type"} & facts.keys()


def test_in_a_statement_its_giver_speaks(nlp, monkeypatch):
    text = "Foreign Secretary Ann Lee said:\n\nOld ships rust in the harbour. The ports are full of rust."
    told = tell(monkeypatch, read_by_rules(nlp, text))
    see(told, "Old", "harbour", "assertion_of_fact")
    assert settle(told) == [("Old ships rust in the harbour", "assertion_of_fact", "Ann Lee")]


def test_what_cannot_speak_is_not_asked(nlp, monkeypatch):
    text = "The sanctions show that trade in the north grows, and the mayor of Bergen minds."
    told = tell(monkeypatch, read_by_rules(nlp, text))
    see(told, "trade", "grows", "assertion_of_fact")
    told.bond("voice", at(told.doc, "grows"), at(told.doc, "sanctions"))
    found = [claim for claim in settle(told) if claim[0].startswith("trade")]
    assert [name for _, _, name in found] != ["sanctions"]


def test_what_the_rules_took_for_the_authors_is_asked_again(nlp, monkeypatch):
    text = "The mayor of Bergen came. Trade with the north must grow."
    told = tell(monkeypatch, read_by_rules(nlp, text))
    see(told, "Trade", "grow", "recommendation")
    own = settle(told)
    assert [name for _, _, name in own] == ["AUTHOR"]
    told = tell(monkeypatch, read_by_rules(nlp, text))
    see(told, "Trade", "grow", "recommendation")
    told.bond("voice", at(told.doc, "grow"), at(told.doc, "mayor"))
    assert [name for _, _, name in settle(told)] == ["mayor of Bergen"]


def test_nobody_hopes_where_it_is_hoped(nlp, monkeypatch):
    text = "Norway has a fleet. It is hoped in Oslo that most ships return soon."
    told = tell(monkeypatch, read_by_rules(nlp, text))
    told.doc.spans["claims"] = []
    see(told, "most", "soon", "prediction")
    told.bond("voice", at(told.doc, "return"), at(told.doc, "It"))
    assert [name for words, _, name in settle(told) if words.startswith("most")] == [None]
