"""What a perfect pipeline would find in a marked article: the gold as an :class:`Extraction`.

The scorer gives it full marks (tested); linking and training can be tried on it without the mistakes of extraction.
"""

from typing import Any

from pipeline.evaluation.articles import to_article
from pipeline.gold.records import GoldAgreement, GoldArticle, GoldClaim, GoldEntity
from pipeline.gold.sentences import find_sentence
from pipeline.records import (
    AUTHOR,
    Act,
    Agreement,
    Claim,
    Due,
    Entity,
    Extraction,
    Figure,
    Party,
    Span,
    Speaker,
    make_record_id,
)

RULE = "gold"


def to_extraction(gold: GoldArticle) -> Extraction:
    """The records of a marked article, each with confidence 1."""
    article_id = to_article(gold).id
    return Extraction(
        article_id=article_id,
        fingerprint=RULE,
        entities=tuple(_to_entity(entity, article_id) for entity in gold.entities),
        agreements=tuple(_to_agreement(row, gold.text, article_id) for row in gold.agreements),
        claims=tuple(_to_claim(claim, article_id) for claim in gold.claims),
    )


def _to_entity(entity: GoldEntity, article_id: str) -> Entity:
    return Entity(
        id=make_record_id("en", article_id, entity.key),
        type=entity.type,
        canonical=entity.name,
        iso=entity.iso,
        wikidata=entity.qid,
        aliases=entity.aliases,
        mentions=entity.mentions,
    )


def _to_agreement(row: GoldAgreement, text: str, article_id: str) -> Agreement:
    first = row.mentions[0].model_dump()
    return Agreement(
        id=make_record_id("ag", article_id, row.key),
        name=row.name,
        label=row.name or row.label or row.mentions[0].text,
        aliases=row.aliases,
        kind=row.kind,
        status=row.status,
        date=row.date,
        subject=row.subject,
        legal_form=row.legal_form,
        reference=row.reference,
        obligations=row.obligations,
        confidence=1.0,
        due=tuple(
            Due(**_dump(due.span, first), date=due.date, date_text=due.date_text or due.span.text if due.span else "")
            for due in row.due
        ),
        parties=tuple(Party(**first, entity=party.actor, role=party.role) for party in row.actors),
        mentions=row.mentions,
        acts=tuple(
            Act(
                **find_sentence(text, act.span or row.mentions[0]).model_dump(),
                act=act.act,
                polarity=act.polarity,
                basis=act.basis,
                date=act.date,
                date_text=act.date_text,
                actors=act.names,
            )
            for act in row.acts
        ),
        figures=tuple(Figure(**_dump(f.span, first), name=f.name, value=f.value, unit=f.unit) for f in row.figures),
        rule=RULE,
    )


def _dump(span: Span | None, otherwise: dict[str, Any]) -> dict[str, Any]:
    return span.model_dump() if span else otherwise


def _to_claim(claim: GoldClaim, article_id: str) -> Claim:
    return Claim(
        id=make_record_id("cl", article_id, claim.key),
        type=claim.type,
        hedged=claim.hedged,
        negated=claim.negated,
        direct=claim.direct,
        about=claim.about,
        content=claim.content,
        speaker=_to_speaker(claim),
        cue=claim.cue_span,
        figures=(),
        confidence=1.0,
        rule=RULE,
    )


def _to_speaker(claim: GoldClaim) -> Speaker | None:
    if claim.speaker_name in {None, AUTHOR} or claim.speaker_span is None:
        return Speaker(name=AUTHOR) if claim.speaker_name == AUTHOR else None
    return Speaker(name=claim.speaker_name, **claim.speaker_span.model_dump())
