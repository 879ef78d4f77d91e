"""The corpus's marked agreements as observations: what linking is fitted and measured on, without what extraction misses."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from pipeline.gold.records import GoldAgreement, GoldArticle
from pipeline.linking.observations import Actor, Observation


class Marked(NamedTuple):
    """A marked agreement as an observation, and the agreement it is of."""

    observation: Observation
    truth: Hashable


def observe_gold(articles: Sequence[GoldArticle]) -> list[Marked]:
    """The marked agreements of some articles as observations."""
    return [
        Marked(
            _observe(article, agreement),
            ("shared", agreement.shared) if agreement.shared else ("single", article.slug, agreement.key),
        )
        for article in articles
        for agreement in article.agreements
    ]


def _observe(article: GoldArticle, agreement: GoldAgreement) -> Observation:
    said = {mention.text for mention in agreement.mentions}
    said |= {_find_sentence(article.text, act.span.start, act.span.end) for act in agreement.acts if act.span}
    return Observation(
        agreement_id=f"{article.slug}/{agreement.key}",
        article_id=article.slug,
        published=article.header.published,
        name=agreement.name,
        label=agreement.label or agreement.name or "",
        aliases=agreement.aliases,
        kind=agreement.kind,
        date=agreement.date,
        subject=agreement.subject,
        reference=agreement.reference,
        actors=tuple(Actor(name=party.actor, role=party.role) for party in agreement.actors),
        figures=tuple((figure.name, figure.value) for figure in agreement.figures),
        sentences=tuple(sorted(said)),
    )


def _find_sentence(text: str, start: int, end: int) -> str:
    """Roughly the sentence around some words, as an extracted act has it for evidence."""
    stop = text.find(".", end)
    return text[text.rfind(".", 0, start) + 1 : stop if stop >= 0 else len(text)].strip()
