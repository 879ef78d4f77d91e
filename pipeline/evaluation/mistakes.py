"""Every difference between what was marked and what was found, with its sentence: what a report shows."""

from collections.abc import Iterator
from typing import Literal

from pipeline.evaluation.claim_scores import judge_claim, pair_claims
from pipeline.evaluation.entity_scores import Named, is_same_entity, list_found, list_marked, pair_overlapping
from pipeline.evaluation.row_scores import judge_row, pair_rows
from pipeline.evaluation.scores import Scored
from pipeline.gold.records import GoldAgreement, GoldClaim
from pipeline.gold.sentences import find_sentence
from pipeline.records import Agreement, Claim, Record, Span

Layer = Literal["agreements", "claims", "entities"]
Sort = Literal["missed", "spurious", "wrong"]


class Mistake(Record):
    """One difference: what was marked, what was found, and the words in their sentence."""

    layer: Layer
    sort: Sort
    field: str = ""  #: what is wrong; empty for what is missed or spurious
    marked: str = ""
    found: str = ""
    before: str  #: the sentence: what stands before the words, the words, what stands behind
    words: str
    after: str
    start: int


def find_mistakes(scored: Scored) -> list[Mistake]:
    """All differences in one article: agreements, claims, entities, each in the order of the text."""
    layers = (_compare_rows(scored), _compare_claims(scored), _compare_entities(scored))
    return [mistake for layer in layers for mistake in sorted(layer, key=lambda each: each.start)]


class _Teller:
    """Makes the mistakes of one layer of one article."""

    def __init__(self, text: str, layer: Layer) -> None:
        self.text, self.layer = text, layer

    def tell(self, sort: Sort, span: Span, **said: str) -> Mistake:
        sentence = find_sentence(self.text, span)
        return Mistake(
            layer=self.layer,
            sort=sort,
            before=self.text[sentence.start : max(span.start, sentence.start)],
            words=span.text,
            after=self.text[span.end : max(span.end, sentence.end)],
            start=span.start,
            **said,
        )


def _compare_rows(scored: Scored) -> Iterator[Mistake]:
    teller = _Teller(scored.gold.text, "agreements")
    pairing = pair_rows(scored.gold.agreements, scored.found.agreements)
    for row in pairing.missed:
        yield teller.tell("missed", row.mentions[0], marked=_say_marked_row(row))
    for found in pairing.spurious:
        yield teller.tell("spurious", found.mentions[0], found=_say_found_row(found))
    for marked, found in pairing.pairs:
        verdict = judge_row(marked, found)
        told = {
            "name": (marked.name or "none", found.name or "none", verdict.name),
            "parties": (_say_marked_parties(marked), _say_found_parties(found), verdict.roles),
            "kind": (marked.kind, found.kind, verdict.kind),
            "status": (marked.status or "none", found.status or "none", verdict.status),
            "date": (marked.date or "none", found.date or "none", found.date in {marked.date, *marked.date_alt}),
            "acts": (_say_acts(marked), _say_acts(found), _say_acts(marked) == _say_acts(found)),
        }
        for field, (ours, theirs, is_right) in told.items():
            if not is_right:
                yield teller.tell("wrong", marked.mentions[0], field=field, marked=ours, found=theirs)


def _say_marked_row(row: GoldAgreement) -> str:
    return f"{row.name or row.label} ({row.kind}, {row.status}; {_say_marked_parties(row)})"


def _say_found_row(row: Agreement) -> str:
    return f"{row.label} ({row.kind}, {row.status}; {_say_found_parties(row)}) by {row.rule}, {row.confidence:.2f}"


def _say_marked_parties(row: GoldAgreement) -> str:
    return ", ".join(sorted(f"{party.actor} {party.role}" for party in row.actors)) or "no parties"


def _say_found_parties(row: Agreement) -> str:
    return ", ".join(sorted(f"{party.entity} {party.role}" for party in row.parties)) or "no parties"


def _say_acts(row: GoldAgreement | Agreement) -> str:
    told = sorted(" ".join(filter(None, [act.polarity, act.act, act.date])) for act in row.acts)
    return ", ".join(told) or "none"


def _compare_claims(scored: Scored) -> Iterator[Mistake]:
    teller = _Teller(scored.gold.text, "claims")
    pairing = pair_claims(scored.gold.claims, scored.found.claims)
    for claim in pairing.missed:
        yield teller.tell("missed", claim.content[0], marked=f"{claim.type} of {claim.speaker_name or 'nobody'}")
    for found in pairing.spurious:
        said = f"{found.type} of {_say_speaker(found)} by {found.rule}, {found.confidence:.2f}"
        yield teller.tell("spurious", found.content[0], found=said)
    for marked, found in pairing.pairs:
        verdict = judge_claim(marked, found)._asdict()
        told = {
            "speaker": (marked.speaker_name or "nobody", _say_speaker(found)),
            "type": (marked.type, found.type),
            **{field: _say_pair(field, marked, found) for field in ("hedged", "negated", "direct")},
        }
        for field, (ours, theirs) in told.items():
            if not verdict[field]:
                yield teller.tell("wrong", marked.content[0], field=field, marked=ours, found=theirs)


def _say_pair(field: str, marked: GoldClaim, found: Claim) -> tuple[str, str]:
    ours, theirs = ("yes" if getattr(each, field) else "no" for each in (marked, found))
    return ours, theirs


def _say_speaker(claim: Claim) -> str:
    return (claim.speaker.name or claim.speaker.text or "nobody") if claim.speaker else "nobody"


def _compare_entities(scored: Scored) -> Iterator[Mistake]:
    teller = _Teller(scored.gold.text, "entities")
    pairing = pair_overlapping(list_marked(scored.gold.entities), list_found(scored.found.entities))
    for mention in pairing.missed:
        yield teller.tell("missed", mention.span, marked=_say_entity(mention))
    for mention in pairing.spurious:
        yield teller.tell("spurious", mention.span, found=_say_entity(mention))
    for marked, found in pairing.pairs:
        told = {
            "words": (marked.span.text, found.span.text, marked.span.start == found.span.start),
            "type": (marked.type, found.type, marked.type == found.type),
            "name": (marked.name or "none", found.name or "none", is_same_entity(marked, found)),
        }
        for field, (ours, theirs, is_right) in told.items():
            if not is_right or (field == "words" and ours != theirs):
                yield teller.tell("wrong", marked.span, field=field, marked=ours, found=theirs)


def _say_entity(mention: Named) -> str:
    return f"{mention.name} ({mention.type})"
