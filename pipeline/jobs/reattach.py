"""Decisions of articles that were saved anew: each finds its record again, or waits for a person."""

from pipeline.linking.attachments import Anchor, find_attachments, has_to_be_reviewed
from pipeline.records import Record
from pipeline.store.attachments import (
    DecidedArticle,
    load_decided,
    load_open,
    load_stale,
    save_attachments,
    save_reopened,
    settle,
)
from pipeline.store.standing import load_now_ids
from pipeline.store.store import Store

_BATCH = 100  # articles asked for at once; each is a transaction of its own


class ReattachCounts(Record):
    """What became of decisions."""

    articles: int = 0
    moved: int = 0  #: records found again by their words
    orphaned: int = 0
    reopened: int = 0  #: decisions to be looked at again


def reattach_decisions(store: Store) -> ReattachCounts:
    """Bring the decisions of all articles up to date that were saved anew since the last time.

    To be run before linking, after a new revision or extraction was saved. Whatever breaks it off, the next run goes on:
    an article stays on the list until its decisions are settled.
    """
    counts = ReattachCounts()
    while stale := load_stale(store, limit=_BATCH):
        for article_id in stale:
            found = _reattach(store, article_id)
            names = ReattachCounts.model_fields
            counts = ReattachCounts(**{name: getattr(counts, name) + getattr(found, name) for name in names})
    return counts


def _reattach(store: Store, article_id: str) -> ReattachCounts:
    with store.begin() as connection:
        article = load_decided(connection, article_id)
        attachments = _attach(article)
        save_attachments(connection, article, attachments)
        subjects = {each.record_id: each for each in article.present}
        decisions = load_open(connection, list(subjects))
        now_ids = load_now_ids(connection, [each.record_id for each in decisions])
        states = {}
        for each in decisions:
            subject = subjects.get(now_ids[each.record_id])
            if each.number is not None and subject is not None:
                digest, values = subject.text_sha256, subject.values
                states[each.number] = has_to_be_reviewed(each, text_sha256=digest, values=values)
        save_reopened(connection, states)
        settle(connection, article)
    moved = sum(each is not None for each in attachments.values())
    return ReattachCounts(articles=1, moved=moved, orphaned=len(attachments) - moved, reopened=sum(states.values()))


def _attach(article: DecidedArticle) -> dict[str, str | None]:
    gone = [Anchor(**each.model_dump()) for each in article.gone]
    present = [Anchor(record_id=each.record_id, kind=each.kind, quotes=each.quotes) for each in article.present]
    return find_attachments(gone, present)
