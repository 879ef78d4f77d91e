"""Which pairs of places are asked about."""

import pytest

from pipeline.extraction.agreements import find_agreements
from pipeline.extraction.pairs import (
    BY_SENTENCE,
    KINDS,
    MAX_BACK,
    REACH,
    ROLES,
    TYPES,
    Entities,
    Row,
    RuleRows,
    find_numbers,
    number_of,
    pair_acts,
    pair_figures,
    pair_mentions,
    pair_status,
    pair_with_parties,
    read_entities,
    read_rule_rows,
)
from pipeline.extraction.relations import Pair
from pipeline.language.model import annotate

TREATY = KINDS.index("treaty")
PARTY, NOT_BY_RULE = 1 + ROLES.index("party"), 1 + len(ROLES)
RULES = RuleRows({4: "a0", 14: "a0", 20: "a1"}, {"a0": {"Norway": PARTY}, "a1": {}})


@pytest.fixture(scope="module")
def doc(nlp):
    text = "Norway and Chile signed the Arden Treaty. Kenya's F-35 jets stay. Norway ratified it."
    return find_agreements(annotate(nlp, text))


def test_entities_that_may_be_party(doc):
    entities = read_entities(doc)
    heads = {entities.names[key]: [doc[i].text for i in found] for key, found in entities.heads.items()}
    assert heads == {"Norway": ["Norway", "Norway"], "Chile": ["Chile"], "Kenya": ["Kenya"], "Arden Treaty": ["Treaty"]}
    types = {entities.names[key]: TYPES[number - 1].value for key, number in entities.types.items()}
    assert types == {"Norway": "STATE", "Chile": "STATE", "Kenya": "STATE", "Arden Treaty": "DOCUMENT"}


def test_what_the_rules_made_of_a_text(doc):
    rules = read_rule_rows(doc)
    treaty = next(token.i for token in doc if token.text == "Treaty")
    assert rules.say_party([treaty], "Norway") == PARTY
    assert rules.say_party([treaty], "Kenya") == NOT_BY_RULE
    assert rules.say_party([0], "Norway") == 0


def test_who_is_only_named_beside_it_is_told_from_who_signed(nlp):
    doc = find_agreements(annotate(nlp, "Norway must report exercises under the Arden Treaty."))
    assert read_rule_rows(doc).say_party([next(t.i for t in doc if t.text == "Treaty")], "Norway") == BY_SENTENCE


def test_a_text_without_rules(nlp):
    assert read_rule_rows(nlp("Norway signed the Arden Treaty.")) == RuleRows({}, {})


@pytest.mark.parametrize(
    ("roots", "name", "said"),
    [
        ((4,), "Norway", PARTY),
        ((4,), "Chile", NOT_BY_RULE),
        ((20,), "Norway", NOT_BY_RULE),
        ((5,), "Norway", 0),
        ((20, 4), "Norway", PARTY),
    ],
)
def test_what_rules_say_of_a_party(roots, name, said):
    assert RULES.say_party(roots, name) == said


@pytest.mark.parametrize(("first", "second", "said"), [(4, 14, 2), (14, 20, 1), (4, 5, 0), (5, 6, 0)])
def test_what_rules_say_of_two_mentions(first, second, said):
    assert RULES.say_same(first, second) == said


ENTITIES = Entities(
    {"e0": (1, 8, 30), "e1": (5 + REACH,), "e2": (6 + REACH,)},
    {"e0": 2, "e1": 3, "e2": 3},
    {"e0": "Norway", "e1": "NATO", "e2": "EU"},
    ((1, "e0"), (8, "e0"), (30, "e0"), (5 + REACH, "e1"), (6 + REACH, "e2")),
)


@pytest.mark.parametrize(
    ("roots", "pairs"),
    [
        ((5,), {"e0": [(5, 1), (5, 8)], "e1": [(5, 5 + REACH)]}),  # the two mentions that are nearest; and within reach
        (
            (5, 29),
            {"e0": [(5, 1), (5, 8), (29, 8), (29, 30)], "e1": [(5, 205), (29, 205)], "e2": [(5, 206), (29, 206)]},
        ),
    ],
)
def test_a_row_is_asked_about_the_entities_around(roots, pairs):
    found = pair_with_parties(Row(roots, TREATY), ENTITIES, RuleRows({}, {}))
    assert {key: [pair[:2] for pair in each] for key, each in found.items()} == pairs


def test_a_pair_knows_types_and_what_the_rules_say():
    (first, _) = pair_with_parties(Row((4,), TREATY), ENTITIES, RULES)["e0"]
    assert first == Pair(4, 1, 2, 1 + TREATY, PARTY)


@pytest.mark.parametrize(
    ("token", "pairs"),
    [(10, {0: (10, 8), 1: (10, 40)}), (4, {0: (4, 1), 1: (4, 40)}), (125, {1: (125, 40), 0: (125, 8)}), (200, {})],
)
def test_a_token_is_asked_about_the_nearest_mention_of_each_row(token, pairs):
    rows = [Row((1, 8), TREATY), Row((40,), 0)]
    found = pair_acts([token], rows)[token]
    assert {number: pair[:2] for number, pair in found.items()} == pairs
    assert all(pair.kind == 1 + rows[number].kind for number, pair in found.items())


def test_acts_reach_further_than_figures():
    rows = [Row((0,), TREATY)]
    assert [len(pairs) for pairs in pair_acts([120, 121], rows).values()] == [1, 0]
    assert [len(pairs) for pairs in pair_figures([80, 81], rows).values()] == [1, 0]


def test_mentions_are_asked_about_those_before_them():
    found = pair_mentions([(4, 0), (14, 3), (20, 5)], RULES)
    assert [(later, earlier) for later, earlier, _ in found] == [(1, 0), (2, 0), (2, 1)]
    assert found[1][2] == Pair(20, 4, 0, 1, 1)
    assert found[0][2].rule == 2


def test_only_so_many_mentions_are_looked_back_at():
    found = pair_mentions([(i, 0) for i in range(MAX_BACK + 5)], RuleRows({}, {}))
    assert max(later - earlier for later, earlier, _ in found) == MAX_BACK


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It has 26 ships and 5% of all.", ["26", "5"]),
        ("It costs €6bn.", ["6bn"]),
        ("Twenty states met in 2010.", ["Twenty", "2010"]),
        ("The F35 flies.", ["F35"]),  # whether it counts something is learned
        ("Nobody came.", []),
    ],
)
def test_what_may_be_a_figure(nlp, text, numbers):
    doc = nlp.make_doc(text)
    assert [doc[i].text for i in find_numbers(doc)] == numbers


@pytest.mark.parametrize(
    ("text", "word", "verb", "status"),
    [
        ("Norway signed the Arden Treaty.", "Treaty", "signed", "signed"),
        ("The Arden Treaty was suspended in May.", "Treaty", "suspended", "suspended"),
        ("The Arden Treaty.", "Treaty", "Treaty", None),  # no verb: the word itself; the rules have no say but "none"
    ],
)
def test_how_a_row_stands_is_asked_by_the_verb_above_it(nlp, text, word, verb, status):
    doc = find_agreements(annotate(nlp, text))
    root = next(token.i for token in doc if token.text == word)
    (pair,) = pair_status(doc, Row((root,), TREATY), read_rule_rows(doc))
    assert (pair.first, doc[pair.second].text, pair.kind) == (root, verb, 1 + TREATY)
    if status:
        assert pair.rule == 1 + number_of(status)


def test_of_a_row_that_the_rules_do_not_have_they_say_nothing(doc):
    assert [pair.rule for pair in pair_status(doc, Row((0,), TREATY), read_rule_rows(doc))] == [0]
