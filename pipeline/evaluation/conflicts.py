"""What must hold between the files of the corpus: one split for a topic, one id for a name, one slug for an agreement."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.gold.records import GoldArticle
from pipeline.records import normalise


class Conflict(NamedTuple):
    """Something two files say differently; the second of them is named."""

    slug: str
    text: str
    is_note: bool = False


def find_conflicts(articles: Sequence[GoldArticle]) -> list[Conflict]:
    """Every disagreement between the articles of a corpus."""
    return [
        *_find_doubles(articles, "number", lambda article: article.slug.partition("-")[0]),
        *_find_doubles(articles, "title", lambda article: normalise(article.header.title)),
        *_find_doubles(articles, "url", lambda article: article.header.url),
        *_find_splits(articles),
        *_find_ids(articles),
        *_find_slugs(articles),
    ]


def _find_doubles(
    articles: Iterable[GoldArticle], name: str, key: Callable[[GoldArticle], str | None]
) -> Iterator[Conflict]:
    seen: dict[str, str] = {}
    for article in articles:
        value = key(article)
        other = seen.setdefault(value, article.slug) if value else article.slug
        if other != article.slug:
            yield Conflict(article.slug, f"has the same {name} as {other}; give it another")


def _find_splits(articles: Iterable[GoldArticle]) -> Iterator[Conflict]:
    seen: dict[str, GoldArticle] = {}
    for article in articles:
        other = seen.setdefault(article.header.topic, article)
        if other.header.split != article.header.split:
            yield Conflict(
                article.slug,
                f'split = "{article.header.split}", but {other.slug} of the same topic "{article.header.topic}" stands in '
                f'"{other.header.split}"; a topic stands in one split',
            )


def _find_ids(articles: Iterable[GoldArticle]) -> Iterator[Conflict]:
    """One name of one type has one Wikidata id everywhere."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for article in articles:
        for entity in article.entities:
            if entity.qid is None:
                continue
            qid, other = seen.setdefault((entity.type, normalise(entity.name)), (entity.qid, article.slug))
            if qid != entity.qid:
                yield Conflict(
                    article.slug,
                    f'{entity.key} "{entity.name}" has qid = "{entity.qid}", in {other} "{qid}"; mend the wrong one',
                )


def _find_slugs(articles: Iterable[GoldArticle]) -> Iterator[Conflict]:
    """Agreements of one name in several articles should have one slug; the same name may also be two agreements."""
    by_name: defaultdict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
    for article in articles:
        for row in article.agreements:
            if row.name:
                by_name[normalise(row.name)].append((article.slug, row.key, row.shared))
    for name, places in by_name.items():
        slugs = {shared for _, _, shared in places}
        if len(places) > 1 and (len(slugs) > 1 or None in slugs):
            told = ", ".join(f"{slug} {key} {shared or 'none'}" for slug, key, shared in places)
            yield Conflict(
                places[-1][0], f'"{name}" has differing shared slugs ({told}); one agreement, one slug', is_note=True
            )
