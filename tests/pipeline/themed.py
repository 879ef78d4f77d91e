"""Articles on invented subjects, with vectors that say which is which: themes without a model.

A subject is a direction; an article's passage lies near it. ``vectors`` are drawn from the article's number, so that the same
articles always have the same ones.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

import numpy as np

from pipeline.records import Article, Extraction, Passage, RawArticle, make_article_id, make_record_id
from pipeline.store.articles import save_article
from pipeline.store.raws import save_raw
from pipeline.store.search_entries import load_newest_number
from pipeline.store.store import Store
from pipeline.store.vectors import load_unembedded, note_embedded, save_vectors
from pipeline.themes.find import ThemeMember

SUBJECTS = ("Black Sea", "shadow fleet", "nuclear deterrence", "grain corridor", "Arctic patrol")
SIZE = 64


@cache
def directions():
    """A direction for each subject, at right angles."""
    return np.linalg.qr(np.random.default_rng(0).normal(size=(SIZE, SIZE)))[0]


def draw(subject: int, number: int, *, spread: float = 0.06):
    """The vector of the subject's article of this number."""
    noise = np.random.default_rng([subject, number]).normal(scale=spread, size=SIZE)
    return (directions()[subject] + noise).astype(np.float32)


def make_members(wanted: Iterable[tuple[int, int]]):
    """Members and their vectors, by (subject, number); each stands in an article of its own."""
    members, vectors = [], []
    for subject, number in wanted:
        text = f"{SUBJECTS[subject]}, as in {chr(65 + subject)}{number}"
        members.append(ThemeMember(f"pa-{subject}-{number}", text, f"ar-{subject}-{number}"))
        vectors.append(draw(subject, number))
    return members, np.array(vectors, dtype=np.float32)


def save_articles(store: Store, route: str, wanted: Iterable[tuple[int, int]], *, published="2025-07-18") -> list[str]:
    """Save articles by (subject, number), with vectors of the route; returns their ids. A day for each: ``published(number)``."""
    ids = []
    for subject, number in wanted:
        day = published(number) if callable(published) else published
        ids.append(_save(store, subject, number, day))
    note_vectors(store, route)
    return ids


def note_vectors(store: Store, route: str) -> None:
    """Give all that has no vector one: of the subject and number that its text names."""
    found = {}
    for digest, text in load_unembedded(store, route):
        subject, number = (int(word) for word in text.rsplit("#", 1)[1].split("."))
        found[digest] = draw(subject, number)
    save_vectors(store, route, found)
    with store.begin() as connection:
        newest = load_newest_number(connection)
    note_embedded(store, route, newest)


def _save(store: Store, subject: int, number: int, day: str) -> str:
    address = f"https://{SUBJECTS[subject].split()[0].lower()}.example/{number}"
    text = f"{SUBJECTS[subject]} in {chr(65 + subject)}{number} #{subject}.{number}"
    article = Article(
        id=make_article_id(address),
        address=address,
        text=text,
        published=day,
        publisher=f"Post {number % 2}",
        title=text,
    )
    passage = Passage(
        id=make_record_id("pa", article.id, text), article_id=article.id, start=0, end=len(text), text=text
    )
    raw = RawArticle(address=address, media_type="text/plain", body=text.encode(), fetched_at=datetime.now(UTC))
    raw_id = save_raw(store, raw).raw_id
    extraction = Extraction(article_id=article.id, fingerprint="f1")
    save_article(store, raw_id=raw_id, article=article, extraction=extraction, passages=[passage])
    return article.id
