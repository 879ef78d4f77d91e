"""Linking on its own: the marked agreements themselves are linked, so that what extraction misses is no part of the figure."""

from collections.abc import Sequence

from pipeline.evaluation.links import score_links
from pipeline.evaluation.measures import Score
from pipeline.gold.records import GoldArticle
from pipeline.linking.grouping import link_all
from pipeline.linking.marked import observe_gold

LAYER = "linking on gold"


def score_gold_links(articles: Sequence[GoldArticle]) -> list[Score]:
    """Pairs and B-cubed over all marked agreements, those that only one article has included."""
    marked = observe_gold(articles)
    truth = {each.observation.agreement_id: each.truth for each in marked}
    found = {link.agreement_id: link.row_id for link in link_all(each.observation for each in marked)}
    return [
        score.model_copy(update={"name": f"gold_{score.name}", "layer": LAYER}) for score in score_links(truth, found)
    ]
