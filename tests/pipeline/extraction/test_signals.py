"""What the heads say, as probabilities."""

import numpy as np
import pytest

from pipeline.enumerations import PartyRole
from pipeline.extraction.pairs import STATUSES
from pipeline.extraction.relations import Pair
from pipeline.extraction.signals import ANSWERS, read_signals
from tests.pipeline.extraction.told import tell

TEXT = "Norway signed the treaty.\nChile left it."


@pytest.fixture
def told(nlp, monkeypatch):
    return tell(monkeypatch, nlp(TEXT))


@pytest.mark.parametrize(
    ("sure", "kind", "nothing"), [(2.0, 1.0, 0.0), (1.0, 0.5, 0.5), (0.0, 0.0, 1.0)], ids=["sure", "even", "no"]
)
def test_a_head_is_read_off_the_vectors(told, sure, kind, nothing):
    told.say("agreement", 3, "treaty", sure=sure)
    found = read_signals(told.write()).judge("agreement")
    assert found.sum(axis=1) == pytest.approx(np.ones(len(told.doc)))
    assert found[3, [1, 0]] == pytest.approx([kind, nothing], abs=0.01)
    assert found[0, 0] == pytest.approx(1.0, abs=0.01)


def test_a_hint_counts_too(told, monkeypatch):
    import models
    from pipeline.language.hints import HINTS

    models.load_heads()["hint.entity.weight"][1, HINTS.index("B:STATE")] = 20.0
    assert read_signals(told.write()).judge("entity")[0, 1] > 0.99


def test_a_blank_is_nothing_whatever_is_seen_there(told):
    blank = next(token.i for token in told.doc if token.is_space)
    told.say("agreement", blank, "treaty")
    assert read_signals(told.write()).judge("agreement")[blank].tolist() == [1.0] + [0.0] * 13


def test_an_empty_text_is_judged_too(nlp, monkeypatch):
    told = tell(monkeypatch, nlp(""))
    assert read_signals(told.write()).judge("agreement").shape == (0, 14)


def test_what_belongs_together(told):
    told.bond("act", 1, 3)
    found = read_signals(told.write()).relate("act", [Pair(1, 3), Pair(3, 1), Pair(0, 3)])
    assert found == pytest.approx([1.0, 0.0, 0.0], abs=0.001)


def test_groups_are_answered_as_each_alone(told):
    told.bond("act", 1, 3)
    signals = read_signals(told.write())
    groups = [[Pair(1, 3), Pair(3, 1)], [], [Pair(1, 3)]]
    found = signals.relate_groups("act", groups)
    assert [each.tolist() for each in found] == [
        pytest.approx(signals.relate("act", group).tolist()) for group in groups
    ]


def test_no_pairs_no_answers(told):
    signals = read_signals(told.write())
    assert signals.relate("act", []).shape == (0,)
    assert signals.relate_groups("act", []) == []
    assert signals.find_roles([]) == []
    assert signals.find_roles([{}, {}]) == [{}, {}]
    assert signals.find_statuses([]) == []


def test_one_telling_pair_is_enough_for_a_role(told):
    told.bond("party", 3, 0, PartyRole.HOST)
    asked = {"e0": [Pair(3, 2), Pair(3, 0)], "e1": [Pair(3, 5)]}
    nobody, found = read_signals(told.write()).find_roles([{}, asked])
    assert nobody == {}
    assert {key: int(likely.argmax()) for key, likely in found.items()} == {"e0": 1 + ANSWERS.index("host"), "e1": 0}
    assert all(likely.sum() == pytest.approx(1.0) for likely in found.values())


@pytest.mark.parametrize("shape", [(0,), (10, 3), (3, 200)], ids=["none", "spaCy's own", "of another text"])
def test_a_text_that_no_tagger_read_has_no_signals(told, shape):
    told.doc.tensor = np.zeros(shape, dtype=np.float32)
    assert read_signals(told.doc) is None


def test_how_a_row_stands(told):
    told.bond("status", 3, 1, "suspended")
    likely = read_signals(told.write()).find_statuses([[Pair(3, 3), Pair(3, 1)], [Pair(5, 5)]])
    assert [int(each.argmax()) for each in likely] == [1 + STATUSES.index("suspended"), 0]
