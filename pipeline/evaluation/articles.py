"""The bare articles that belong to the gold: written from it, or compared with it where they were there first."""

import json
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from pipeline.errors import ArticleError, InputError
from pipeline.gold.records import GoldArticle
from pipeline.reading.article import read_article
from pipeline.records import Article, make_article_id
from pipeline.settings import Settings
from pipeline.sources.given import SIDECAR
from pipeline.sources.inputs import fetch_article

# Articles 001 to 021 were written before there was gold, some of them as web pages: they are compared, never written.
FIRST_WRITTEN = 22

_ENDINGS = (".txt", ".md", ".html")


def to_article(gold: GoldArticle) -> Article:
    """What the road is given: the plain text with the facts of the head, and nothing of the answers."""
    address = f"gold:{gold.slug}"
    head = gold.header
    return Article(
        id=make_article_id(address),
        address=address,
        url=head.url,
        title=head.title,
        authors=head.authors,
        published=head.published,
        publisher=head.publisher,
        text=gold.text,
    )


def write_article(gold: GoldArticle, folder: Path, *, settings: Settings) -> Literal["written", "same"]:
    """Write NNN-slug.txt and NNN-slug.meta.json from gold; articles that were there first are only compared.

    Raises:
        InputError: an article that was there first says something else than its gold; the place is named.
    """
    if is_first(gold):
        if difference := find_difference(gold, folder, settings=settings):
            raise InputError(difference)
        return "same"
    files = {
        folder / f"{gold.slug}.txt": gold.text,
        folder / f"{gold.slug}{SIDECAR}": json.dumps(_make_sidecar(gold), ensure_ascii=False, indent=2) + "\n",
    }
    stale = [path for path, content in files.items() if not path.exists() or path.read_bytes() != content.encode()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_bytes(files[path].encode())
    return "written" if stale else "same"


def is_first(gold: GoldArticle) -> bool:
    """Whether an article was there before its gold."""
    return int(gold.slug.partition("-")[0]) < FIRST_WRITTEN


def find_difference(gold: GoldArticle, folder: Path, *, settings: Settings) -> str | None:
    """What the article of a folder says otherwise than its gold, in one sentence; None where they agree."""
    paths = [path for ending in _ENDINGS if (path := folder / f"{gold.slug}{ending}").exists()]
    if len(paths) != 1:
        return f"{folder}/{gold.slug}: {'no article is' if not paths else 'two articles are'} there; run entente corpus build"
    try:
        article = read_article(
            fetch_article(str(paths[0].resolve()), settings=settings), max_text_bytes=settings.max_text_bytes
        )
    except ArticleError as error:
        return str(error)
    return _compare_texts(gold, article, paths[0]) or _compare_facts(gold, article, paths[0])


def _compare_texts(gold: GoldArticle, article: Article, path: Path) -> str | None:
    # The last line end is the file's, not the article's: what is read of a web page has none.
    ours, theirs = gold.text.rstrip("\n").split("\n"), article.text.rstrip("\n").split("\n")
    for number, (gold_line, line) in enumerate(zip_longest(ours, theirs), 1):
        if gold_line != line:
            return (
                f"{gold.slug}: line {number} of the text differs from {path.name} as it is read: the gold has "
                f"{_show(gold_line, line)}, the article has {_show(line, gold_line)}; mend the gold"
            )
    return None


def _show(line: str | None, other: str | None) -> str:
    """The part of a line where it differs from another one."""
    if line is None:
        return "no such line"
    same = next((n for n, (a, b) in enumerate(zip(line, other or "", strict=False)) if a != b), len(other or ""))
    start = max(same - 20, 0)
    return repr(("…" if start else "") + line[start : start + 60])


def _compare_facts(gold: GoldArticle, article: Article, path: Path) -> str | None:
    for name in ("title", "published", "publisher", "authors", "url"):
        ours, theirs = getattr(gold.header, name), getattr(article, name)
        if ours != theirs:
            return f"{gold.slug}: {name} is {ours!r} in the gold and {theirs!r} in {path.name}; mend the gold"
    return None


def _make_sidecar(gold: GoldArticle) -> dict[str, object]:
    head = gold.header
    facts = {
        "title": head.title,
        "published": head.published,
        "publisher": head.publisher,
        "authors": list(head.authors),
        "url": head.url,
        "language": "en",
    }
    return {name: value for name, value in facts.items() if value}
