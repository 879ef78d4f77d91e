"""The extraction components in their order, and the one place that turns a Doc into an Extraction."""

from spacy.language import Language
from spacy.tokens import Doc

import pipeline.extraction.agreements
import pipeline.extraction.entities  # noqa: F401 -- registers its component
from pipeline.extraction.claims import build_claims, find_claims
from pipeline.extraction.entities import build_entities
from pipeline.extraction.observations import build_agreements
from pipeline.records import Article, Extraction

COMPONENTS = ("entente_entities", "entente_agreements", "entente_claims")


@Language.component("entente_claims")
def write_claims(doc: Doc) -> Doc:
    """Write the span groups "claims", "speakers" and "cues" of one Doc that has its "entities"."""
    find_claims(doc)
    return doc


def add_components(nlp: Language) -> Language:
    """Add our components to a spaCy pipeline with a tagger, parser, lemmatizer and named entities."""
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def extract(doc: Doc, article: Article, *, fingerprint: str) -> Extraction:
    """The records of one article, from the span groups on its Doc."""
    return Extraction(
        article_id=article.id,
        fingerprint=fingerprint,
        entities=build_entities(doc, article.text, article.id),
        agreements=build_agreements(doc, article),
        claims=build_claims(doc, article.text, article.id),
    )
