"""Whether what people rejected comes back: the pipeline reads the same texts again, and what it trusts there is compared."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pipeline.evaluation.pairing import find_characters
from pipeline.gold.regressions import Case, Rejected
from pipeline.records import TRUSTED, Article, Extraction, Span
from pipeline.road import extract_article, load_extractor, pipeline_fingerprint
from pipeline.settings import Settings

# Of the characters of both: where half are the same, a person who rejected the one would reject the other.
_LEAST_SHARED = 0.5


class Return(NamedTuple):
    """A rejected record that is found again, and trusted."""

    case: Case
    rejected: Rejected
    confidence: float

    def describe(self) -> str:
        """One line for a person: ``ar-1f3c: agreement “Kestrel Treaty” is back (0.93); decision 12 rejected it``."""
        what = f"{self.rejected.kind} “{self.rejected.label[:80]}” is back ({self.confidence:.2f})"
        return f"{self.case.article}: {what}; decision {self.rejected.decision} rejected it"


def find_returns(cases: Sequence[Case], *, settings: Settings, step: Callable[[object], None]) -> list[Return]:
    """Run the road on each text and name what is back.

    Args:
        cases: what was rejected, with its texts.
        settings: which model.
        step: called after each article.

    Raises:
        ModelError: the model is missing or is not the pinned one.
        ExtractError: a text could not be analysed.
    """
    nlp, fingerprint = load_extractor(settings), pipeline_fingerprint(settings)
    found = []
    for case in cases:
        article = Article(
            id=case.article,
            address=case.article,
            title=case.title,
            publisher=case.publisher,
            published=case.published,
            text=case.text,
        )
        found += compare(case, extract_article(nlp, article, fingerprint=fingerprint))
        step(case.article)
    return found


def compare(case: Case, found: Extraction) -> list[Return]:
    """Which of a case's rejected records an extraction trusts again: of the same sort, and on the same words."""
    trusted: dict[str, list[tuple[float, frozenset[int]]]] = {
        "agreement": [(each.confidence, find_characters(each.mentions)) for each in found.agreements],
        "claim": [(each.confidence, find_characters(each.content)) for each in found.claims],
    }
    return [
        Return(case, rejected, confidence)
        for rejected in case.rejected
        if (confidence := _find_confidence(rejected.spans, trusted[rejected.kind])) >= TRUSTED
    ]


def _find_confidence(spans: Iterable[Span], found: Iterable[tuple[float, frozenset[int]]]) -> float:
    """How sure the pipeline is of the surest record on these words; 0 of none."""
    words = find_characters(spans)
    alike = (sure for sure, there in found if len(words & there) / len(words | there) >= _LEAST_SHARED)
    return max(alike, default=0.0)
