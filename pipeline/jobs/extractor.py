"""Extraction for the jobs: the model is imported and loaded when the first article needs it, once per process."""

import importlib
from collections.abc import Callable
from functools import lru_cache

from pipeline.language.detect import ENGLISH, detect_language
from pipeline.records import Article, Extraction
from pipeline.settings import Settings

#: the fingerprint of an article that nothing is extracted from
NOT_ENGLISH = "not-english"


def mark_language(article: Article) -> Article:
    """The article with the language it is written in; what its source says of it counts only where the text is too short.

    Pages are often marked as English by a template that is, and a source in French has its articles in English.
    """
    language = detect_language(article.text)
    return article if language in {None, article.language} else article.model_copy(update={"language": language})


def is_extracted(article: Article) -> bool:
    """Whether the article is in the language that the models know; from others they would make silent nonsense."""
    return article.language == ENGLISH


def extract(article: Article, settings: Settings) -> Extraction:
    """What an article says, by the pipeline of these settings (:func:`pipeline.road.extract_article`).

    Nothing is extracted from an article in another language than English (:func:`is_extracted`): the answer is empty.

    Raises:
        ModelError: the model is missing or is not the pinned one.
    """
    if not is_extracted(article):
        return Extraction(article_id=article.id, fingerprint=NOT_ENGLISH)
    return _load_extract(settings)(article)


def find_fingerprint(settings: Settings) -> str:
    """The fingerprint of the pipeline of these settings; imports spaCy, loads no model."""
    fingerprint: str = importlib.import_module("pipeline.road").pipeline_fingerprint(settings)
    return fingerprint


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
