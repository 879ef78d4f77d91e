"""Gold, aligned: which token has which answer, and which pairs are asked about with which answer."""

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.enumerations import ActType, ClaimType, EntityType, Polarity
from pipeline.extraction.pairs import KINDS, ROLES, STATUSES
from pipeline.extraction.relations import FEATURES, FIRST_PATH
from pipeline.records import Span
from pipeline.training.examples import HEADS, IGNORED, RELATIONS, Asked, _Tokens, count_paths

ANSWERS = {
    "entity": ["", *(f"{place}:{each}" for each in EntityType for place in "BI")],
    "agreement": ["", *KINDS],
    "act": ["", *ActType],
    "polarity": [*Polarity],
    "claim": ["", *(f"{place}:{each}" for each in ClaimType for place in "BI")],
    "voice": ["", "attributed", "author"],
    "speaker": ["", "B", "I"],
}


@pytest.fixture
def arden_example(examples):
    return examples[0]


def marked(example, head):
    """The words that have an answer other than nothing, with it; those that are not judged are left out."""
    target, doc = example.targets[head], example.layout.doc
    least = 0 if head in {"polarity", "hedged", "negated"} else 1
    names = ANSWERS.get(head, range(9))
    return [(doc[i].text, names[target[i]]) for i in range(len(doc)) if target[i] >= least]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("agreement", [("Treaty", "treaty"), ("headquarters", "institution_body"), ("treaty", "treaty")]),
        ("act", [("signed", "signed"), ("want", "launched"), ("reject", "rejected")]),
        ("polarity", [("signed", "done"), ("want", "planned"), ("reject", "denied")]),
        ("cue", [("said", 1), ("warned", 1)]),
        ("speaker", [("Mara", "B"), ("Lind", "I"), ("a", "B"), ("harbour", "I"), ("official", "I")]),
    ],
)
def test_single_words(arden_example, head, words):
    assert marked(arden_example, head) == words


def test_entities_begin_and_go_on(arden_example):
    assert marked(arden_example, "entity")[:6] == [
        ("ARDEN", "B:PLACE"),
        ("Norland", "B:STATE"),
        ("Sudland", "B:STATE"),
        ("Arden", "B:DOCUMENT"),
        ("Treaty", "I:DOCUMENT"),
        ("Mara", "B:PERSON"),
    ]
    assert ("Norlandish", "B:STATE") in marked(arden_example, "entity")


def test_claims_begin_and_go_on_in_each_part(arden_example):
    found = marked(arden_example, "claim")
    assert [word for word, answer in found if answer.startswith("B:")] == ["it", "It", "and", "The"]
    assert ("ports", "I:prediction") in found
    assert ("miss", "I:threat_warning") in found


def test_voices(arden_example):
    found = dict(marked(arden_example, "voice"))
    assert (found["ports"], found["miss"], found["wait"]) == ("attributed", "attributed", "author")
    assert "warned" not in found


@pytest.mark.parametrize(
    ("head", "word", "answer"), [("hedged", "never", 1), ("hedged", "ports", 0), ("negated", "miss", 1)]
)
def test_only_claims_are_hedged_or_not(arden_example, head, word, answer):
    assert (word, answer) in marked(arden_example, head)
    assert arden_example.targets[head][0] == IGNORED


@pytest.mark.parametrize(
    ("start", "end", "tokens"),
    [(0, 6, (0, 1)), (2, 4, (0, 1)), (2, 8, (0, 2)), (7, 18, (1, 4)), (6, 7, None), (0, 25, (0, 5))],
)
def test_a_mark_takes_all_of_the_tokens_it_touches(start, end, tokens):
    doc = Doc(Vocab(), words=["Norway", "and", "Chile", "signed", "it"])
    assert _Tokens(doc).find(Span(start=start, end=end, text=doc.text[start:end])) == tokens
    assert _Tokens(doc).find(None) is None


def test_claims_that_stand_side_by_side(examples):
    found = [word for word, answer in marked(examples[1], "claim") if answer.startswith("B:")]
    assert found == ["leave", "That", "the"]


def asked(example, name, **only):
    doc, pairs = example.layout.doc, example.asked[name]
    shown = {}
    for pair, group in zip(pairs.pairs, pairs.groups, strict=True):
        shown.setdefault((doc[pair.first].text, doc[pair.second].text), pairs.answers[group])
    return shown


def test_parties_are_asked_about_with_their_roles(arden_example):
    found = asked(arden_example, "party")
    party, lead = 1 + ROLES.index("party"), 1 + ROLES.index("lead")
    assert {words[1] for words, answer in found.items() if words[0] == "Treaty" and answer == party} >= {
        word for word in ("Norland", "Sudland") if ("Treaty", word) in found
    }
    assert all(
        found[words] == lead for words in found if words[0] == "headquarters" and words[1] in {"Norland", "Sudland"}
    )
    assert any(answer == 0 for answer in found.values())


def test_acts_are_asked_about_each_row_around(arden_example):
    assert asked(arden_example, "act") == {
        ("signed", "Treaty"): 1,
        ("signed", "headquarters"): 0,
        ("want", "Treaty"): 0,
        ("want", "headquarters"): 1,
        ("reject", "treaty"): 1,
        ("reject", "headquarters"): 0,
    }


def test_figures_are_asked_about_each_row_around(arden_example):
    found = asked(arden_example, "figure")
    assert found["26", "Treaty"] == 1
    assert found["26", "headquarters"] == 0
    assert {answer for (number, _), answer in found.items() if number != "26"} == {0}


def test_mentions_are_asked_about_those_before_them(arden_example):
    assert asked(arden_example, "same") == {
        ("headquarters", "Treaty"): 0,
        ("treaty", "Treaty"): 1,
        ("treaty", "headquarters"): 0,
    }


def test_an_example_fits_together(examples):
    for example in examples:
        size = len(example.layout.doc)
        assert set(example.targets) == set(HEADS)
        assert all(len(target) == size for target in example.targets.values())
        assert all(target.max() < HEADS[name] for name, target in example.targets.items())
        assert set(example.asked) == set(RELATIONS)
        assert len(example.hints) == len(example.spoken) == size
        assert np.array_equal(example.spoken, [not token.is_space for token in example.layout.doc])
        assert {token for window in example.windows for token in window.tokens} - {-1} == set(
            np.flatnonzero(example.spoken).tolist()
        )


def test_pairs_of_one_question_answer_together():
    question = Asked()
    question.add(["a", "b"], 3)
    question.add(["c"], 0)
    assert (question.pairs, question.groups, question.answers) == (["a", "b", "c"], [0, 0, 1], [3, 0])


def test_only_paths_that_are_met_often_are_known(examples):
    once, often = count_paths(examples[:1]), count_paths(examples[:1] * 4)
    assert set(once) < set(often)
    assert sorted(often.values()) == list(range(FIRST_PATH, FIRST_PATH + len(often)))


def test_features_of_a_relation(examples):
    found = examples[0].features("party", count_paths(examples))
    assert found.shape == (len(examples[0].asked["party"].pairs), len(FEATURES))


def test_how_a_row_stands_is_asked_once_a_row(arden_example):
    asked = arden_example.asked["status"]
    assert [asked.answers[group] for group in sorted(set(asked.groups))] == asked.answers
    assert [STATUSES[answer - 1].value for answer in asked.answers] == ["signed", "planned"]


def test_who_speaks_is_asked_of_each_claim_that_is_not_the_authors(arden_example):
    asked, doc = arden_example.asked["voice"], arden_example.layout.doc
    right = [(doc[p.first].text, doc[p.second].text) for p, a in zip(asked.pairs, asked.answers, strict=True) if a]
    assert [speaker for _, speaker in right] == ["Lind", "official"]
