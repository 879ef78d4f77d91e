"""Stored articles are read anew by the present version of the pipeline, each in a transaction of its own.

An article keeps what was extracted before until the new extraction is whole. So a run that dies goes on where it was: what
is done bears the new fingerprint and is not found outdated again.
"""

from collections.abc import Callable, Iterable
from functools import partial

from pydantic import Field

from pipeline.embedding.passages import find_passages
from pipeline.jobs.aliases import add_aliases
from pipeline.jobs.counts import Counts, Failure
from pipeline.jobs.extractor import NOT_ENGLISH, extract, find_fingerprint, is_extracted, mark_language
from pipeline.jobs.ingest import guard
from pipeline.jobs.link import link_register
from pipeline.jobs.notes import Notes
from pipeline.jobs.runs import Run
from pipeline.reading.article import read_article
from pipeline.records import Article, Extraction
from pipeline.settings import Settings
from pipeline.store.articles import Outcome, save_article
from pipeline.store.raws import load_raw
from pipeline.store.reextractions import (
    StoredArticle,
    StoredFilter,
    find_outdated,
    load_stored,
    save_reextraction,
)
from pipeline.store.store import Store

# As a flow's batch: a quarter of a minute's work between two times that the register is brought up to date.
BATCH = 32


class ReextractCounts(Counts):
    """What became of stored articles that were read anew."""

    reread: int = 0  #: articles that now stand by the present version
    revisions: int = 0  #: among them, those whose kept bytes give another text today
    overtaken: int = 0  #: another process saved something newer meanwhile
    entities: int = 0
    agreements: int = 0
    claims: int = 0
    failures: tuple[Failure, ...] = Field(default=(), description="what stands as it stood")

    def numbers(self) -> dict[str, int]:
        """The counts, with the number of failures."""
        return super().numbers() | {"failed": len(self.failures)}


def reextract_all(  # noqa: PLR0913 -- which articles, how they are read, and a progress bar
    store: Store,
    wanted: StoredFilter,
    *,
    settings: Settings,
    from_raw: bool = False,
    batch: int = BATCH,
    on_article: Callable[[str], None] = lambda _: None,
) -> ReextractCounts:
    """Read what is outdated anew and link it, recorded as one run: what ``entente reextract`` does.

    Args:
        store: where the articles are.
        wanted: which ones; only those that another version of the pipeline has read.
        settings: the settings.
        from_raw: read them from their kept bytes, not from their text.
        batch: how many articles come between two times that the register is linked.
        on_article: called with an article's id when it is done.
    """
    given = {"wanted": wanted.model_dump(mode="json", exclude_defaults=True), "from_raw": from_raw}
    parts = []
    with Run(store, "reextract", settings=settings, given=given) as run:
        Notes(store, run.id).note_fingerprint(find_fingerprint(settings))
        ids = find_stale(store, wanted, settings=settings)
        for start in range(0, len(ids) or 1, batch):  # once without any: what a killed run saved is still to be linked
            part = ids[start : start + batch]
            parts.append(reextract_articles(store, part, settings=settings, run_id=run.id, from_raw=from_raw))
            run.note(parts[-1])
            with run.time("link"):
                link_register(store)
            for article_id in part:
                on_article(article_id)
    return ReextractCounts.total(parts)


def find_stale(store: Store, wanted: StoredFilter, *, settings: Settings) -> list[str]:
    """Ids of the articles that another version of the pipeline has read; those not in English are read by none."""
    return find_outdated(store, wanted, up_to_date=(find_fingerprint(settings), NOT_ENGLISH))


def reextract_articles(
    store: Store, article_ids: Iterable[str], *, settings: Settings, run_id: str | None = None, from_raw: bool = False
) -> ReextractCounts:
    """Read these articles (whole ids) anew, each in its own transaction; one that fails keeps what it has.

    What people decided on their records finds the new ones when the register is linked.

    Raises:
        StoreError: the database is gone; what is done stays done.
        ModelError: the model is missing or not the pinned one.
    """
    parts, notes = [], Notes(store, run_id)
    reread = _reread_raw if from_raw else _reread_text
    for article_id in article_ids:
        found = guard(partial(reread, store, article_id, settings, notes), address=article_id, notes=notes)
        parts.append(ReextractCounts(failures=(found,)) if isinstance(found, Failure) else found)
    notes.flush()
    return ReextractCounts.total(parts)


def _reread_text(store: Store, article_id: str, settings: Settings, notes: Notes) -> ReextractCounts:
    with notes.time("read"):
        stored = load_stored(store, article_id)
    return ReextractCounts(overtaken=1) if stored is None else _replace(store, stored, settings, notes)


def _reread_raw(store: Store, article_id: str, settings: Settings, notes: Notes) -> ReextractCounts:
    """From the bytes that the article was last read from; another text than then is a new revision."""
    with notes.time("read"):
        stored = load_stored(store, article_id)
        if stored is None:
            return ReextractCounts(overtaken=1)
        raw = load_raw(store, stored.raw_id)
        read = mark_language(add_aliases(read_article(raw, max_text_bytes=settings.max_text_bytes), raw))
    article = read.model_copy(update={"id": article_id})
    if (article.text, article.published) == (stored.article.text, stored.article.published):
        return _replace(store, stored, settings, notes)
    extraction = _extract(article, settings, notes)
    with notes.time("save"):
        passages = find_passages(article) if is_extracted(article) else ()
        outcome = save_article(
            store,
            raw_id=stored.raw_id,
            article=article,
            extraction=extraction,
            passages=passages,
            run_id=notes.run_id,
        )
    return _count(extraction, revisions=1) if outcome is Outcome.REVISION else ReextractCounts(overtaken=1)


def _replace(store: Store, stored: StoredArticle, settings: Settings, notes: Notes) -> ReextractCounts:
    extraction = _extract(stored.article, settings, notes)
    with notes.time("save"):
        passages = find_passages(stored.article) if is_extracted(stored.article) else ()
        is_saved = save_reextraction(store, stored, extraction, passages, run_id=notes.run_id)
    return _count(extraction) if is_saved else ReextractCounts(overtaken=1)


def _extract(article: Article, settings: Settings, notes: Notes) -> Extraction:
    with notes.time("extract"):
        extraction = extract(article, settings)
    if is_extracted(article):
        notes.note_fingerprint(extraction.fingerprint)
    return extraction


def _count(extraction: Extraction, *, revisions: int = 0) -> ReextractCounts:
    return ReextractCounts(
        reread=1,
        revisions=revisions,
        entities=len(extraction.entities),
        agreements=len(extraction.agreements),
        claims=len(extraction.claims),
    )
