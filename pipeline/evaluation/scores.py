"""Scores of the pipeline on marked articles: counts of each article, figures over all."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.evaluation.claim_scores import count_claims
from pipeline.evaluation.entity_scores import count_entities
from pipeline.evaluation.gold_links import score_gold_links
from pipeline.evaluation.links import find_truth, score_links
from pipeline.evaluation.measures import Score, score_counts
from pipeline.evaluation.row_scores import count_rows, pair_rows
from pipeline.gold.records import GoldArticle
from pipeline.linking.grouping import link_all
from pipeline.linking.observations import observe
from pipeline.records import Extraction


class Scored(NamedTuple):
    """One marked article and what the pipeline found in it."""

    gold: GoldArticle
    found: Extraction


def count_article(scored: Scored) -> Counter[str]:
    """All counts of one article."""
    gold, found = scored
    return (
        count_entities(gold.entities, found.entities)
        + count_rows(gold.agreements, found.agreements)
        + count_claims(gold.claims, found.claims)
    )


def score_articles(articles: Sequence[Scored], *, draws: int | None = None) -> list[Score]:
    """Every measure over some articles; linking is measured over all of them together, without an interval.

    Args:
        articles: gold and findings.
        draws: how often the articles are drawn again for the intervals; the usual number by default.
    """
    counts = [count_article(scored) for scored in articles]
    scores = score_counts(counts) if draws is None else score_counts(counts, draws=draws)
    return [*scores, *score_linking(articles), *score_gold_links([scored.gold for scored in articles])]


def score_linking(articles: Sequence[Scored]) -> list[Score]:
    """How right the register's rows are, over the found agreements that are marked ones."""
    shared: dict[str, str | None] = {}
    observations = []
    for gold, found in articles:
        published = gold.header.published
        observations += [observe(a, article_id=gold.slug, published=published) for a in found.agreements]
        shared |= {b.id: a.shared for a, b in pair_rows(gold.agreements, found.agreements).pairs}
    rows = {link.agreement_id: link.row_id for link in link_all(observations)}
    return score_links(find_truth(shared), rows)
