import tomllib
from pathlib import Path

import models
from pipeline.gold.read import find_gold, load_gold
from pipeline.linking.likenesses import LIKENESSES
from pipeline.training.linking import count_words, fit_weights

GOLD = Path(__file__).parents[3] / "corpus" / "gold"


def test_weights_are_fitted_on_pairs_that_share_a_key():
    few = [each for each in load_gold(find_gold(GOLD)[:12]) if each.header.split == "train"]
    fitted = fit_weights(few)
    assert set(fitted.weights) == set(LIKENESSES)
    assert 0 < fitted.same < fitted.pairs
    assert fitted.weights["name"] > 0 > fitted.bias
    assert min(count_words(few).values()) == 2


def test_the_weights_that_are_shipped_are_of_these_likenesses():
    shipped = tomllib.loads((models.ROOT / "linking" / "weights.toml").read_text("utf-8"))
    assert set(shipped["weights"]) == set(LIKENESSES)
