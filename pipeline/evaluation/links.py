"""How right the linking of agreements over articles is: pairs, and B-cubed. Pure: two groupings in, figures out."""

from collections import Counter
from collections.abc import Hashable, Mapping

from pipeline.evaluation.measures import Score

LAYER = "linking"


def score_links(truth: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> list[Score]:
    """Compare two groupings of the same observations.

    *Pairs* asks of every two observations whether they are one agreement; *B-cubed* asks of every observation how much
    of its group is right, and is kinder to one mistake in a large group. An id that only one grouping has is left out.

    Args:
        truth: the agreement each observation is of, by the observation's id.
        found: the register row it was put in.
    """
    ids = sorted(truth.keys() & found.keys())
    ours, theirs = Counter(truth[i] for i in ids), Counter(found[i] for i in ids)
    both = Counter((truth[i], found[i]) for i in ids)
    right, gold, made = (_count_pairs(each) for each in (both, ours, theirs))
    pairs = _f1("link_pair", right / made if made else None, right / gold if gold else None)
    if not ids:
        return pairs
    precision = sum(both[truth[i], found[i]] / theirs[found[i]] for i in ids) / len(ids)
    recall = sum(both[truth[i], found[i]] / ours[truth[i]] for i in ids) / len(ids)
    return [*pairs, *_f1("link_bcubed", precision, recall)]


def find_truth(shared: Mapping[str, str | None]) -> dict[str, Hashable]:
    """The true grouping: observations of one shared slug are one agreement, each without a slug is its own.

    Args:
        shared: the slug of each observation by its id, or None.
    """
    return {key: ("shared", slug) if slug else ("single", key) for key, slug in shared.items()}


def _count_pairs(groups: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(size * (size - 1) // 2 for size in groups.values())


def _f1(name: str, precision: float | None, recall: float | None) -> list[Score]:
    total = (precision or 0.0) + (recall or 0.0)
    f1 = (
        None if precision is None and recall is None else 2 * (precision or 0) * (recall or 0) / total if total else 0.0
    )
    values = {"precision": precision, "recall": recall, "f1": f1}
    return [Score(name=f"{name}_{part}", layer=LAYER, value=value) for part, value in values.items()]
