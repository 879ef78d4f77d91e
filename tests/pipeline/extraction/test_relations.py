"""How two tokens stand to each other, and what that is worth."""

import numpy as np
import pytest

import models
from pipeline.extraction.layout import (
    APART,
    AROUND,
    BEFORE_HEAD,
    BEHIND_HEAD,
    SAME_SENTENCE,
    SENTENCE_AFTER,
    read_layout,
)
from pipeline.extraction.relations import (
    DISTANCES,
    FEATURES,
    FIRST_PATH,
    NO_PATH,
    RARE_PATH,
    Pair,
    bucket_of,
    describe_pairs,
    score_pairs,
)
from pipeline.language.hints import HINTS
from tests.pipeline.extraction.told import make_heads, tell

TEXT = "Norway signed the treaty. Chile left. Kenya stayed.\nJapan waits."


@pytest.mark.parametrize(
    ("distance", "bucket"),
    [(-1, 0), (-2, 1), (-3, 2), (-4, 3), (-300, 11), (-301, 12), (0, 0), (1, 13), (2, 14), (300, 24), (9999, 25)],
)
def test_distances(distance, bucket):
    assert bucket_of(distance) == bucket < DISTANCES


def features(nlp, text, first, second, **known):
    """The features of one pair by name."""
    layout = read_layout(nlp(text))
    words = [token.text for token in layout.doc]
    pair = Pair(words.index(first), words.index(second), **known)
    paths = {"dobj/signnsubj": FIRST_PATH, "dobj/nsubj": FIRST_PATH + 1, "<nsubj": FIRST_PATH + 2}
    return dict(zip(FEATURES, describe_pairs(layout, [pair], paths)[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "treaty",
            "Norway",
            {"distance": bucket_of(-3), "place": SAME_SENTENCE, "path": FIRST_PATH, "shape": FIRST_PATH + 1},
        ),
        ("treaty", "Norway", {"down": FIRST_PATH + 2, "inside": APART, "between": 0, "mentions": 1}),
        ("Norway", "treaty", {"distance": bucket_of(3), "path": RARE_PATH, "mentions": 0}),
        ("treaty", "Chile", {"place": SENTENCE_AFTER, "path": NO_PATH, "shape": NO_PATH, "down": NO_PATH}),
        ("treaty", "Kenya", {"between": 1}),  # Chile stands there
        ("treaty", "Japan", {"between": 2}),
    ],
)
def test_what_is_known_of_a_pair(nlp, first, second, expected):
    found = features(nlp, TEXT, first, second)
    assert {name: found[name] for name in expected} == expected


def test_what_others_know_of_a_pair_is_handed_on(nlp):
    found = features(nlp, TEXT, "treaty", "Norway", entity=2, kind=3, rule=4)
    assert (found["entity"], found["kind"], found["rule"]) == (2, 3, 4)


@pytest.mark.parametrize(
    ("text", "first", "second", "where"),
    [
        ("Chile liked the treaty of Norway.", "treaty", "Norway", BEHIND_HEAD),
        ("Chile liked the treaty of Norway.", "treaty", "Chile", APART),
        ("Chile liked the treaty of Norway.", "Norway", "treaty", AROUND),
        ("Chile liked Norway's treaty.", "treaty", "Norway", BEFORE_HEAD),
    ],
)
def test_where_a_name_stands_to_a_phrase(nlp, text, first, second, where):
    assert features(nlp, text, first, second)["inside"] == where


@pytest.mark.parametrize(("mentions", "bucket"), [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (9, 5)])
def test_how_often_an_actor_is_named(nlp, mentions, bucket):
    text = "Norway signed the treaty." + " Norway waits." * (mentions - 1)
    assert features(nlp, text, "treaty", "Norway")["mentions"] == bucket


def test_no_pair_has_no_features(nlp):
    assert describe_pairs(read_layout(nlp(TEXT)), [], {}).shape == (0, len(FEATURES))


def test_labels_are_those_of_the_parser(nlp):
    """A label that no table knows would be taken for a root."""
    from pipeline.extraction.relations import _LABEL

    assert {label for label in nlp.get_pipe("parser").labels if label not in _LABEL} <= {"ROOT"}


def test_a_score_is_made_of_both_vectors_and_of_what_is_known(nlp, monkeypatch):
    told = tell(monkeypatch, nlp(TEXT))
    told.bond("act", 1, 3)
    layout, weights = read_layout(told.doc), make_heads()
    pairs = [Pair(1, 3), Pair(3, 1), Pair(1, 3, rule=2)]
    assert score_pairs("act", told.vectors, layout, pairs)[:, 0].tolist() == [10.0, -10.0, 10.0]
    weights["act.tables.rule.weight"][2] = 1.0
    weights["act.mix.weight"][:, -1] = 0.5
    monkeypatch.setattr(models, "load_heads", lambda: weights)
    assert score_pairs("act", told.vectors, layout, pairs)[2, 0] > 10.0


def test_scores_are_those_of_the_network_that_was_trained(nlp, monkeypatch):
    """The same weights in torch and here: training and use must not drift apart."""
    import torch

    from pipeline.training.network import PairScorer

    torch.manual_seed(1)
    scorer = PairScorer(16, 11, 2).eval()
    weights = {f"party.{name}": value.numpy() for name, value in scorer.state_dict().items()}
    monkeypatch.setattr(models, "load_heads", lambda: weights)
    monkeypatch.setattr(models, "load_paths", lambda: {"dobj/signnsubj": FIRST_PATH})
    layout = read_layout(nlp(TEXT))
    vectors = np.random.default_rng(1).normal(size=(len(layout.doc), 16)).astype(np.float32)
    pairs = [Pair(3, 0, 2, 3, 4), Pair(0, 8, 1), Pair(5, 5)]
    rows = torch.from_numpy(describe_pairs(layout, pairs, models.load_paths()))
    first, second = (torch.from_numpy(vectors[[pair[side] for pair in pairs]]) for side in (0, 1))
    with torch.no_grad():
        expected = scorer(first, second, rows).numpy()
    assert score_pairs("party", vectors, layout, pairs) == pytest.approx(expected, abs=1e-5)


def test_many_pairs_are_scored_as_few_are(nlp, monkeypatch):
    told = tell(monkeypatch, nlp(TEXT))
    told.bond("act", 1, 3)
    layout, vectors = read_layout(told.doc), np.asarray(told.write().tensor)[:, : -len(HINTS)]
    pairs = [Pair(first, second) for first in range(5) for second in range(5)]
    at_once = score_pairs("act", vectors, layout, pairs)
    monkeypatch.setattr("pipeline.extraction.relations._AT_ONCE", 7)
    np.testing.assert_allclose(score_pairs("act", vectors, layout, pairs), at_once, atol=1e-5)
    assert at_once.shape == (25, 1)
