"""What the pipeline finds in marked articles: the road is run on their bare texts."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import InputError
from pipeline.evaluation.articles import to_article
from pipeline.evaluation.scores import Scored
from pipeline.gold.read import load_gold
from pipeline.gold.records import GoldArticle
from pipeline.road import extract_article, load_extractor, pipeline_fingerprint
from pipeline.settings import Settings


class Trial(NamedTuple):
    """Some marked articles, what was found in them, and what makes two trials comparable."""

    articles: tuple[Scored, ...]
    fingerprint: str  #: of the pipeline
    digest: str  #: of the gold

    def describe(self, split: str) -> dict[str, str | int]:
        """What stands beside the scores, so that two of them can be compared."""
        facts = {"digest": self.digest, "fingerprint": self.fingerprint}
        return {"split": split, "articles": len(self.articles), **facts}


class Chosen(NamedTuple):
    """The marked articles of one split, and the digest of their files."""

    articles: tuple[GoldArticle, ...]
    digest: str


def choose_split(paths: Sequence[Path], split: str) -> Chosen:
    """The articles of a split; their digest changes with every character of their texts and marks.

    Raises:
        InputError: a file has mistakes, or no article stands in the split.
    """
    held = [(path, gold) for path, gold in zip(paths, load_gold(paths), strict=True) if gold.header.split == split]
    if not held:
        raise InputError(f"no gold file has split = {split!r}; see entente corpus stats")
    digest = hashlib.sha256()
    for path, _ in sorted(held):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return Chosen(tuple(gold for _, gold in held), digest.hexdigest())


def extract_all(chosen: Chosen, *, settings: Settings, step: Callable[[object], None]) -> Trial:
    """Run the road on every article.

    Args:
        chosen: the articles; only their texts and facts are shown to the pipeline.
        settings: which model.
        step: called after each article.

    Raises:
        ModelError: the model is missing or is not the pinned one.
        ExtractError: a text could not be analysed.
    """
    nlp, fingerprint = load_extractor(settings), pipeline_fingerprint(settings)
    scored = []
    for gold in chosen.articles:
        scored.append(Scored(gold, extract_article(nlp, to_article(gold), fingerprint=fingerprint)))
        step(gold.slug)
    return Trial(tuple(scored), fingerprint, chosen.digest)
