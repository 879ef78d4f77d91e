"""The road, on one screen: an Article in, an Extraction out. No store, no network.

Article --annotate--> spaCy Doc --extract--> Extraction
"""

import gc
import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import models
import pipeline.extraction
import pipeline.language
from pipeline.errors import ExtractError
from pipeline.extraction.extract import add_components, extract
from pipeline.language.model import Nlp, annotate, load_base
from pipeline.records import Article, Extraction
from pipeline.settings import Settings


def load_extractor(settings: Settings) -> Nlp:
    """The spaCy pipeline with our components; loading verifies the model's weights and takes a second or two.

    Raises:
        ModelError: the model is missing or is not the pinned one.
    """
    nlp = add_components(load_base(settings))
    # Models stay for good. The collector of garbage went through their million objects again and again while it looked for what
    # an article leaves: 6.3 CPU seconds for fifteen articles, 6.0 without.
    gc.freeze()
    return nlp


def extract_article(nlp: Nlp, article: Article, *, fingerprint: str) -> Extraction:
    """Everything the pipeline finds in one article; every record's words are the article's own.

    Raises:
        ExtractError: the text could not be analysed (spaCy's own errors, with the article's address).
    """
    try:
        return extract(annotate(nlp, article.text), article, fingerprint=fingerprint)
    except (ValueError, MemoryError, RecursionError) as error:
        raise ExtractError(
            f"{article.address}: the text could not be analysed: {error}", address=article.address
        ) from error


@lru_cache(maxsize=4)
def pipeline_fingerprint(settings: Settings) -> str:
    """Digest of what decides an extraction: model, lexicons, gazetteer and code; loads no model (16 hex digits).

    Two runs with the same fingerprint give the same records; a store keeps the records of each fingerprint apart.
    """
    manifest = models.load_manifest()
    pinned = manifest.get(settings.spacy_model)
    digest = hashlib.sha256(f"{settings.spacy_model} {pinned.digest if pinned else 'unpinned'}".encode())
    digest.update(models.data_digest().encode())
    digest.update(version("spacy").encode())
    for file in _code_files():
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _code_files() -> list[Path]:
    packages = (pipeline.language, pipeline.extraction)
    files = [file for package in packages for file in sorted(Path(package.__path__[0]).glob("*.py"))]
    # These decide too: how an agreement stands, what id a record gets, how a lexicon is read.
    here = Path(__file__).parent
    return [*files, here / "status.py", here / "records.py", Path(models.__path__[0]) / "__init__.py"]
