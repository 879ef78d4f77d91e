"""Each value of a record has the words it came from."""

import pytest

from pipeline.enumerations import ActType, ClaimType
from pipeline.extraction.agreements import find_agreements
from pipeline.extraction.claims import build_claims, find_claims
from pipeline.extraction.confidence import ROW_EVIDENCE
from pipeline.extraction.entities import build_entities
from pipeline.extraction.observations import build_agreements
from pipeline.extraction.reasons import explain_claim, find_date_words
from pipeline.language.model import annotate
from pipeline.records import Act, Article, Claim, Span, Speaker
from tests.pipeline.extraction.agreement_tables import find_rows


@pytest.mark.parametrize(
    ("text", "field", "rule", "words"),
    [
        ("Norway signed the Arden Treaty on 8 April 2010.", "name", "named", "Arden Treaty"),
        ("Norway signed the Arden Treaty on 8 April 2010.", "status", "signed, stated", "signed"),
        ("Norway signed the Arden Treaty on 8 April 2010.", "date", "date of signed, ", "8 April 2010"),
        ("The Arden Treaty of 1997 binds Norway.", "date", "beside its name", "Arden Treaty"),
        ("The Arden Treaty of 1997 binds Norway.", "status", "entered into force, presupposed", "Treaty"),
        ("Norway signed a treaty on sea cables with Chile.", "label", "noun", "treaty"),
        ("Norway and Chile signed a treaty on mutual defence.", "obligations", "terms: defence", "defence"),
        (
            "Norway and Chile signed a legally binding treaty.",
            "legal_form",
            "terms: legally binding",
            "legally binding",
        ),
    ],
)
def test_fields_of_agreements(nlp, text, field, rule, words):
    (row,) = find_rows(nlp, text)
    reason = next(each for each in row.why if each.field == field)
    assert (reason.rule.startswith(rule), words in reason.text) == (True, True), reason
    assert all(text[each.start : each.end] == each.text for each in row.why)


@pytest.mark.parametrize(
    ("text", "parties", "acts"),
    [
        ("Norway signed the Arden Treaty.", {("Norway", "predicate")}, {("signed", "predicate", "signed")}),
        (
            "The treaty between Norway and Chile was suspended.",
            {("Norway", "phrase"), ("Chile", "phrase")},
            {("suspended", "predicate", "suspended")},
        ),
        (
            "Norway and Chile have agreed to coordinate their deterrents.",
            {("Norway", "phrase"), ("Chile", "phrase")},
            {("agreed", "clause", "agreed")},
        ),
    ],
)
def test_parties_and_acts_know_their_rule_and_words(nlp, text, parties, acts):
    (row,) = find_rows(nlp, text)
    assert {(party.entity, party.rule) for party in row.parties} == parties
    assert {(act.act.value, act.rule, act.trigger.text) for act in row.acts} == acts
    assert all(party.confidence is None for party in row.parties)


def test_words_of_a_date_that_is_not_in_the_sentence_are_the_sentence():
    act = Act(start=0, end=9, text="It holds.", act=ActType.SIGNED, date_text="May 2020")
    assert find_date_words(act, "It holds. In May 2020.").text == "It holds."


@pytest.mark.parametrize(
    ("rule", "cue", "speaker", "reasons"),
    [
        ("verb_clause", (5, 9), ("Norway", 0, 4), {("type", "cue"), ("speaker", "other name or office, resolved")}),
        ("verb_clause", (5, 9), ("Oslo", 0, 4), {("type", "cue"), ("speaker", "named")}),
        ("tagger", None, (None, 0, 4), {("type", "tagger"), ("speaker", "nobody it could stand for")}),
        (
            "author_clause_evaluation",
            None,
            ("AUTHOR", None, None),
            {("type", "form of its words"), ("speaker", "the author's own")},
        ),
        ("quote_unsaid", None, None, {("type", "form of its words")}),
    ],
)
def test_fields_of_claims(rule, cue, speaker, reasons):
    text = "Oslo said it holds."

    def words(start, end):
        return Span(start=start, end=end, text=text[start:end])

    said = None
    if speaker is not None:
        name, start, end = speaker
        said = Speaker(name=name, start=start, end=end, text=None if start is None else text[start:end])
    claim = Claim(
        id="cl-1",
        type=ClaimType.EVALUATION,
        hedged=False,
        negated=False,
        direct=False,
        content=(words(10, 18),),
        speaker=said,
        cue=None if cue is None else words(*cue),
        confidence=0.5,
        rule=rule,
    )
    assert {(reason.field, reason.rule) for reason in explain_claim(claim)} == reasons


def test_a_pronoun_is_resolved(nlp):
    text = "Mara Lind came to Oslo. She said the pact would hold."
    doc = annotate(nlp, text)
    find_claims(doc)
    (claim,) = build_claims(doc, text, "ar-1")
    assert {(reason.field, reason.rule, reason.text) for reason in explain_claim(claim)} == {
        ("type", "cue", "said"),
        ("speaker", "pronoun, resolved", "She"),
    }


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Norway is a state.", "gazetteer"),
        ("They read the Arden Treaty.", "name"),
        ("Mara Lindqvist came.", "model"),
    ],
)
def test_entities_know_who_found_them(nlp, text, rule):
    assert [each.rule for each in build_entities(annotate(nlp, text), text, "ar-1")] == [rule]


def test_what_the_tagger_decided_says_so(nlp):
    text = "Norway signed the Arden Treaty."
    doc = find_agreements(annotate(nlp, text))
    (facts,) = doc.spans["agreements"].attrs["agreements"].values()
    facts |= {"evidence": [0.0] * len(ROW_EVIDENCE), "parties": [["Norway", "party", 0, 1, "tagger", 0.9]]}
    facts["acts"] = [["signed", "done", "stated", 1, ["Norway"]]]
    doc.spans["agreements"].attrs["agreements"] = {"a0": facts}

    (row,) = build_agreements(doc, Article(id="ar-1", address="a", text=text))

    assert {reason.field: reason.rule for reason in row.why if reason.field in {"name", "kind"}} == {
        "name": "named",
        "kind": "tagger",
    }
    assert [(party.rule, party.confidence) for party in row.parties] == [("tagger", 0.9)]
    assert [act.rule for act in row.acts] == ["tagger"]
