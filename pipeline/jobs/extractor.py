"""Extraction for the jobs: the model is imported and loaded when the first article needs it, once per process."""

import importlib
from collections.abc import Callable
from functools import lru_cache

from pipeline.records import Article, Extraction
from pipeline.settings import Settings


def extract(article: Article, settings: Settings) -> Extraction:
    """What an article says, by the pipeline of these settings (:func:`pipeline.road.extract_article`).

    Raises:
        ModelError: the model is missing or is not the pinned one.
    """
    return _load_extract(settings)(article)


@lru_cache(maxsize=1)  # one model in memory: a process works with one set of settings
def _load_extract(settings: Settings) -> Callable[[Article], Extraction]:
    # By name, because importing spaCy and its model costs 3 CPU seconds, and a run that finds nothing new must not pay.
    road = importlib.import_module("pipeline.road")
    nlp = road.load_extractor(settings)
    fingerprint = road.pipeline_fingerprint(settings)

    def extract_one(article: Article) -> Extraction:
        extraction: Extraction = road.extract_article(nlp, article, fingerprint=fingerprint)
        return extraction

    return extract_one
