from pathlib import Path

from pipeline.gold.read import find_gold, load_gold
from pipeline.linking.marked import observe_gold

GOLD = Path(__file__).parents[3] / "corpus" / "gold"


def test_marked_agreements_are_observations_with_their_truth():
    article = next(each for each in load_gold(find_gold(GOLD)[:3]) if each.header.split == "train")
    marked = observe_gold([article])
    assert len(marked) == len(article.agreements)
    for each, agreement in zip(marked, article.agreements, strict=True):
        assert each.observation.article_id == article.slug
        assert each.observation.name == agreement.name
        assert ("shared", agreement.shared) == each.truth or agreement.shared is None
        assert all(sentence in article.text for sentence in each.observation.sentences)
