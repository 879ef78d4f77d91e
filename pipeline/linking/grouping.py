"""Linking without a store: all observations of some articles, one article after the other, as the register would do it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipeline.linking.keys import find_keys
from pipeline.linking.observations import Features, Observation, make_features
from pipeline.linking.rows import Candidate, Link, Merge, link_article

#: Rows that are looked at for one observation, those that share most keys with it first. Between 12 and 20 no figure of the
#: train or dev split moves; at 8 the recall falls by .003.
MOST_ROWS = 12


def link_all(observations: Iterable[Observation]) -> list[Link]:
    """The link of every observation, sorted by its id; articles come in the order in which they are first met."""
    links, _ = group_features([make_features(each) for each in observations])
    return sorted(links.values(), key=lambda link: link.agreement_id)


def group_features(features: Sequence[Features]) -> tuple[dict[str, Link], list[Merge]]:
    """The same for what is compared, with the rows that became one on the way."""
    articles: dict[str, list[Features]] = defaultdict(list)
    for each in features:
        articles[each.article_id].append(each)
    links: dict[str, Link] = {}
    merged: list[Merge] = []
    by_key: dict[str, list[Features]] = defaultdict(list)
    for held in articles.values():
        candidates = {each.agreement_id: _find_candidates(each, by_key, links) for each in held}
        plan = link_article(held, candidates)
        links |= {link.agreement_id: link for link in plan.links}
        for merge in plan.merges:
            _move(links, merge)
        merged += plan.merges
        for each in held:
            for key in find_keys(each):
                by_key[key].append(each)
    return links, merged


def _find_candidates(one: Features, by_key: dict[str, list[Features]], links: dict[str, Link]) -> set[Candidate]:
    near = [other for key in find_keys(one) for other in by_key.get(key, ())]
    rows = Counter(links[other.agreement_id].row_id for other in near)
    chosen = {row_id for row_id, _ in sorted(rows.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_ROWS]}
    return {Candidate(row_id, other) for other in near if (row_id := links[other.agreement_id].row_id) in chosen}


def _move(links: dict[str, Link], merge: Merge) -> None:
    for agreement_id, link in links.items():
        if link.row_id == merge.from_id:
            links[agreement_id] = link.model_copy(update={"row_id": merge.to_id})
