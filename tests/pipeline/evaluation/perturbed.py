"""Predictions that are wrong in every way a pipeline can be: made from the gold with seeded chance."""

from random import Random

from pipeline.enumerations import AgreementKind, ClaimType, EntityType, PartyRole, Status
from pipeline.evaluation.perfect import to_extraction
from pipeline.records import AUTHOR, Mention, Span, Speaker


def perturb(gold, *, seed, rate=0.3):
    """A perfect extraction in which each field of each record is wrong with probability ``rate``."""
    return _Perturbation(gold, Random(seed), rate).make()


class _Perturbation:
    def __init__(self, gold, random, rate):
        self.gold, self.random, self.rate = gold, random, rate
        self.names = [entity.name for entity in gold.entities]

    def make(self):
        found = to_extraction(self.gold)
        return found.model_copy(
            update={
                "entities": tuple(self.entity(e) for e in self.keep(found.entities)),
                "agreements": tuple(self.agreement(a) for a in self.keep(found.agreements)),
                "claims": tuple(self.claim(c) for c in self.keep(found.claims)),
            }
        )

    def chance(self):
        return self.random.random() < self.rate

    def keep(self, records):
        """Some records left out, some twice."""
        return [each for record in records for each in [record] * self.random.choice([0, 1, 1, 1, 1, 2])]

    def pick(self, value, others):
        return self.random.choice(list(others)) if self.chance() else value

    def span(self, span, kind=Span):
        if not self.chance():
            return span
        start = max(0, span.start + self.random.randint(-30, 10))
        end = min(len(self.gold.text), max(start + 1, span.end + self.random.randint(-20, 200)))
        return kind(start=start, end=end, text=self.gold.text[start:end])

    def name(self, name):
        if name is None or not self.chance():
            return self.pick(name, [*self.names, "UK", "EU", "Łódź 2"]) if name else name
        words = name.split()
        return self.random.choice([" ".join(words[:-1]) or name, name + " of Paris", "The " + name.upper(), None])

    def entity(self, entity):
        return entity.model_copy(
            update={
                "type": self.pick(entity.type, EntityType),
                "canonical": self.name(entity.canonical) or "Nobody",
                "iso": self.pick(entity.iso, ["FR", None]),
                "mentions": tuple(self.span(m, Mention) for m in self.keep(entity.mentions)),
            }
        )

    def agreement(self, row):
        parties = [
            p.model_copy(update={"entity": self.name(p.entity) or "x", "role": self.pick(p.role, PartyRole)})
            for p in self.keep(row.parties)
        ]
        return row.model_copy(
            update={
                "name": self.name(row.name),
                "kind": self.pick(row.kind, AgreementKind),
                "status": self.pick(row.status, [*Status, None]),
                "date": self.pick(row.date, ["2025", "2025-03", None, (row.date or "2010")[:4]]),
                "mentions": tuple(self.span(m) for m in row.mentions),
                "parties": tuple(parties),
                "confidence": self.random.random(),
            }
        )

    def claim(self, claim):
        return claim.model_copy(
            update={
                "type": self.pick(claim.type, ClaimType),
                "content": tuple(self.span(part) for part in claim.content),
                "speaker": self.speaker(claim.speaker),
                "hedged": self.pick(claim.hedged, [True, False]),
                "confidence": self.random.random(),
            }
        )

    def speaker(self, speaker):
        start = self.random.randrange(len(self.gold.text) - 20)
        span = {"start": start, "end": start + 20, "text": self.gold.text[start : start + 20]}
        others = [None, Speaker(name=AUTHOR), Speaker(name=None, **span), Speaker(name="a German official", **span)]
        if speaker is not None and speaker.start is not None:
            others += [speaker.model_copy(update={"name": None}), speaker.model_copy(update={"name": speaker.text})]
        return self.pick(speaker, others)
