"""How much there is in the corpus: counts for each split, as the data card shows them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from pipeline.enumerations import Basis, Polarity
from pipeline.gold.records import GoldAgreement, GoldArticle, GoldClaim
from pipeline.gold.tables import SPLITS, STYLES
from pipeline.records import AUTHOR, Record

TOLD_OFTEN = 3  #: an agreement that so many articles of one split tell of shows how a feed goes on


class Counts(Record):
    """One line of the table: what is counted, and how many in each split and in all."""

    what: str
    splits: dict[str, int]

    @property
    def total(self) -> int:
        """Over all splits."""
        return sum(self.splits.values())


def count_corpus(articles: Sequence[GoldArticle]) -> list[Counts]:
    """Every count of a corpus, in the order they are shown."""
    lines = [_count(what, articles, measure) for what, measure in _MEASURES.items()]
    lines.append(Counts(what=f"agreements told in {TOLD_OFTEN} articles or more", splits=_count_told(articles)))
    return [*lines, *(_count(f"style {style}", articles, _has_style(style)) for style in STYLES)]


def render_counts(lines: Iterable[Counts]) -> str:
    """The counts as a Markdown table."""
    head = ["| | " + " | ".join((*SPLITS, "all")) + " |", "|---" * (len(SPLITS) + 2) + "|"]
    body = [
        f"| {line.what} | " + " | ".join(f"{n:,}" for n in (*line.splits.values(), line.total)) + " |" for line in lines
    ]
    return "\n".join([*head, *body]) + "\n"


def _count(what: str, articles: Iterable[GoldArticle], measure: Callable[[GoldArticle], int]) -> Counts:
    found = Counter[str]()
    for article in articles:
        found[article.header.split] += measure(article)
    return Counts(what=what, splits={split: found[split] for split in SPLITS})


def _count_told(articles: Iterable[GoldArticle]) -> dict[str, int]:
    told = Counter((a.header.split, row.shared) for a in articles for row in a.agreements if row.shared)
    often = Counter(split for (split, _), times in told.items() if times >= TOLD_OFTEN)
    return {split: often[split] for split in SPLITS}


def _has_style(style: str) -> Callable[[GoldArticle], int]:
    return lambda article: article.header.style == style


def _rows(test: Callable[[GoldAgreement], bool]) -> Callable[[GoldArticle], int]:
    return lambda article: sum(test(row) for row in article.agreements)


def _acts(**wanted: str) -> Callable[[GoldArticle], int]:
    return lambda article: sum(
        all(getattr(act, name) == value for name, value in wanted.items())
        for row in article.agreements
        for act in row.acts
    )


def _claims(test: Callable[[GoldClaim], bool]) -> Callable[[GoldArticle], int]:
    return lambda article: sum(test(claim) for claim in article.claims)


_MEASURES: dict[str, Callable[[GoldArticle], int]] = {
    "articles": lambda _: 1,
    "words": lambda article: len(article.text.split()),
    "entities": lambda article: len(article.entities),
    "entity mentions": lambda article: sum(len(entity.mentions) for entity in article.entities),
    "agreements": _rows(lambda _: True),
    "agreements without a name": _rows(lambda row: row.name is None),
    "agreement mentions": lambda article: sum(len(row.mentions) for row in article.agreements),
    "parties": lambda article: sum(len(row.actors) for row in article.agreements),
    "acts": _acts(),
    "acts planned": _acts(polarity=Polarity.PLANNED),
    "acts denied": _acts(polarity=Polarity.DENIED),
    "acts presupposed": _acts(basis=Basis.PRESUPPOSED),
    "figures": lambda article: sum(len(row.figures) for row in article.agreements),
    "due dates": lambda article: sum(len(row.due) for row in article.agreements),
    "claims": _claims(lambda _: True),
    "claims direct": _claims(lambda claim: claim.direct),
    "claims indirect": _claims(lambda claim: not claim.direct and claim.speaker != AUTHOR),
    "claims of the author": _claims(lambda claim: claim.speaker == AUTHOR),
    "claims without a speaker": _claims(lambda claim: claim.speaker == ""),
    "claims in several parts": _claims(lambda claim: len(claim.content) > 1),
    "claims hedged": _claims(lambda claim: claim.hedged),
    "claims negated": _claims(lambda claim: claim.negated),
}
