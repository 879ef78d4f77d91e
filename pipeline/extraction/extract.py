"""The extraction components in their order, and the one place that turns a Doc into an Extraction."""

from spacy.language import Language
from spacy.tokens import Doc

import pipeline.extraction.agreements
import pipeline.extraction.entities
import pipeline.extraction.settle
import pipeline.language.tagger  # noqa: F401 -- these register their components
from pipeline.extraction.claims import build_claims, find_claims
from pipeline.extraction.entities import build_entities
from pipeline.extraction.observations import build_agreements
from pipeline.extraction.reasons import explain_claim
from pipeline.records import Article, Extraction

RULES = ("entente_entities", "entente_agreements", "entente_claims")
LEARNED = ("entente_tagger", "entente_settle")


@Language.component("entente_claims")
def write_claims(doc: Doc) -> Doc:
    """Write the span groups "claims", "speakers" and "cues" of one Doc that has its "entities"."""
    find_claims(doc)
    return doc


def add_rules(nlp: Language) -> Language:
    """Add the components that work by rules and lexicons to a spaCy pipeline with tags, parses, lemmas and named entities."""
    for name in RULES:
        nlp.add_pipe(name)
    return nlp


def add_components(nlp: Language) -> Language:
    """Add all our components: the rules, and what was learned behind them.

    Raises:
        ModelError: the trained weights are missing or are not the pinned ones.
    """
    add_rules(nlp)
    for name in LEARNED:
        nlp.add_pipe(name)
    return nlp


def read_evidence(doc: Doc) -> dict[str, list[list[float]]]:
    """What the confidence of each settled row and claim is made of, in the order of the records; for calibration."""
    groups = {"row": doc.spans["agreements"].attrs["agreements"], "claim": doc.spans["claims"].attrs["claims"]}
    return {layer: [fact["evidence"] for fact in facts.values()] for layer, facts in groups.items()}


def extract(doc: Doc, article: Article, *, fingerprint: str) -> Extraction:
    """The records of one article, from the span groups on its Doc."""
    agreements = build_agreements(doc, article)
    claims = build_claims(doc, article.text, article.id, agreements=agreements)
    settled = any("evidence" in fact for fact in doc.spans["claims"].attrs["claims"].values())
    return Extraction(
        article_id=article.id,
        fingerprint=fingerprint,
        entities=build_entities(doc, article.text, article.id),
        agreements=agreements,
        claims=tuple(claim.model_copy(update={"why": explain_claim(claim, settled=settled)}) for claim in claims),
    )
