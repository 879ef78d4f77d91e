from pathlib import Path

from pipeline.evaluation.gold_links import score_gold_links
from pipeline.gold.read import find_gold, load_gold

GOLD = Path(__file__).parents[3] / "corpus" / "gold"


def test_linking_is_measured_on_marked_agreements_alone():
    few = [each for each in load_gold(find_gold(GOLD)[:4]) if each.header.split == "train"]
    scores = {score.name: score for score in score_gold_links(few)}
    assert set(scores) == {
        f"gold_link_{of}_{part}" for of in ("pair", "bcubed") for part in ("precision", "recall", "f1")
    }
    assert {score.layer for score in scores.values()} == {"linking on gold"}
    assert scores["gold_link_bcubed_precision"].value > 0.9
