"""What people rejected as regression cases; pure."""

from collections.abc import Iterable, Iterator

from pipeline.enumerations import Review
from pipeline.gold.regressions import Case, Rejected
from pipeline.records import Agreement, Claim
from pipeline.store.streams import Annotated


def make_cases(articles: Iterable[Annotated]) -> Iterator[Case]:
    """A case for each article in which an agreement or claim was rejected (:func:`pipeline.store.reviewed.stream_rejected`)."""
    for annotated in articles:
        records: list[Agreement | Claim] = [*annotated.extraction.agreements, *annotated.extraction.claims]
        rejected = tuple(found for record in records if (found := _make_rejected(annotated, record)))
        article = annotated.article
        if rejected:
            yield Case(
                article=article.id,
                title=article.title,
                publisher=article.publisher,
                published=article.published,
                text=annotated.text,
                rejected=rejected,
            )


def _make_rejected(annotated: Annotated, record: Agreement | Claim) -> Rejected | None:
    held = annotated.standing.get(record.id)
    if held is None or held.review is not Review.REJECT or held.is_reopened:
        return None
    is_claim = isinstance(record, Claim)
    spans = record.content if isinstance(record, Claim) else record.mentions
    return Rejected(
        id=record.id,
        kind="claim" if is_claim else "agreement",
        label=" … ".join(each.text for each in spans) if isinstance(record, Claim) else record.label,
        spans=spans,
        rule=record.rule,
        decision=held.decision,
    )
