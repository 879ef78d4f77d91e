"""Inputs become articles and records in the store: fetch, read, extract, save, one article at a time.

Each raw article is stored before anything is made of it, so a run that dies can be run again: what was saved is known,
what was not is done. One article that fails stops no other; it stands in quarantine with its stage and reason.

Embedding and themes are not part of it: the encoder alone costs more CPU time than ten articles, and themes need a
corpus to be worth reading. :func:`pipeline.jobs.cluster.update_themes` does both, for flows and on request.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from pipeline.embedding.passages import find_passages
from pipeline.errors import ArticleError, EntenteError, InputError, ModelError
from pipeline.jobs.aliases import add_aliases
from pipeline.jobs.counts import Failure, FetchCounts, IngestCounts
from pipeline.jobs.extractor import extract, is_extracted, mark_language
from pipeline.jobs.fetch import fetch_found
from pipeline.jobs.link import link_register
from pipeline.jobs.notes import Notes
from pipeline.jobs.runs import Run
from pipeline.jobs.schedule import find_delays
from pipeline.jobs.sources import poll_sources
from pipeline.logs import get_logger, log_about
from pipeline.reading.article import read_article
from pipeline.records import Article, Extraction, RawArticle
from pipeline.settings import Settings
from pipeline.sources.catalog import find_source, find_sources, load_catalog, source_given
from pipeline.sources.inputs import find_addresses
from pipeline.store.articles import Outcome, find_article_id, find_known, save_alias, save_article
from pipeline.store.quarantine import NewFailure, save_failure
from pipeline.store.raws import load_raw
from pipeline.store.sources import save_authority
from pipeline.store.store import Store

T = TypeVar("T")

_LOGGER = get_logger(__name__)


def ingest_all(  # noqa: PLR0913 -- what to read, what is said of it, and a progress bar
    store: Store,
    inputs: Sequence[str],
    *,
    settings: Settings,
    given: Mapping[str, Any],
    source: str | None = None,
    on_article: Callable[[str], None] | None = None,
) -> IngestCounts:
    """Fetch, ingest and link in this process, recorded as one run: what a direct ``entente ingest`` does.

    Args:
        store: where to.
        inputs: files, folders, URLs, "-" for standard input.
        settings: the settings.
        given: metadata that overrides what the inputs carry (``published``, ``publisher``, ...).
        source: as for :func:`fetch_inputs`.
        on_article: called with an article's raw id when it is done, for a progress bar.

    Returns:
        What became of all inputs, those that could not be fetched included.
    """
    noted = {"inputs": list(inputs), "source": source, "given": dict(given)}
    with Run(store, "ingest", settings=settings, given=noted) as run:
        with run.time("fetch"):
            fetched = fetch_inputs(store, inputs, settings=settings, given=given, source=source)
        ingested = ingest_raws(store, fetched.raw_ids, settings=settings, run_id=run.id, on_article=on_article)
        counts = IngestCounts.total([IngestCounts.of_fetch(fetched), ingested])
        run.note(counts)
        with run.time("link"):
            run.note(link_register(store))
    return counts


def fetch_inputs(
    store: Store, inputs: Sequence[str], *, settings: Settings, given: Mapping[str, Any], source: str | None = None
) -> FetchCounts:
    """Find what the inputs stand for, fetch each and store it at once as a raw article.

    What cannot be fetched (a missing file, an unknown extension, a dead URL) goes into quarantine and stops nothing.

    Args:
        store: where to.
        inputs: files, folders, URLs, "-" for standard input; none, where the place of a source is read.
        settings: the settings.
        given: metadata that overrides what the inputs carry.
        source: the name of a source in the catalogue: the inputs are its articles and bear its publisher and language.
            "*" stands for all that are enabled.

    Returns:
        The ids of raw articles that are still to be read (also those that an earlier run left unread), each once.

    Raises:
        InputError: ``given`` or ``source`` is wrong, or there is neither an input nor a source.
    """
    if source is None:
        if not inputs:
            raise InputError("nothing to ingest: give files, folders or web addresses, or a source of the catalogue")
        return fetch_found(store, find_addresses(inputs), settings=settings, given=given)
    catalog = load_catalog(settings.sources)
    if not inputs:
        return poll_sources(store, find_sources(catalog, source), settings=settings, given=given)
    found = find_source(catalog, source)
    save_authority(store, found.name, found.authority)
    given = {**source_given(found), **given}
    return fetch_found(store, find_addresses(inputs), settings=settings, given=given, source=found.name)


def ingest_raws(
    store: Store,
    raw_ids: Iterable[str],
    *,
    settings: Settings,
    run_id: str | None = None,
    on_article: Callable[[str], None] | None = None,
) -> IngestCounts:
    """Read, extract and save stored raw articles; the spaCy model is loaded when the first of them needs it.

    What that took, by stage, and the version that extracted are noted of the run ``run_id``.

    Raises:
        StoreError: the database is gone; what is not saved yet stays pending for the next run.
        ModelError: the model is missing or not the pinned one; likewise.
    """
    # Added up as they come: a run over a year's articles keeps no more than one over ten.
    counts, notes = IngestCounts(), Notes(store, run_id)
    ids = {"run": run_id} if run_id else {}
    for raw_id in raw_ids:
        with log_about(raw=raw_id, **ids):
            counts = IngestCounts.total([counts, _ingest_one(store, raw_id, settings, notes)])
        if on_article is not None:
            on_article(raw_id)
    notes.flush()
    return counts


def guard(step: Callable[[], T], *, address: str, notes: Notes) -> T | Failure:
    """What a step on one article gives, or its failure: one article must not cost the others.

    Args:
        step: reads, extracts or saves.
        address: of the article, for the failure and the log.
        notes: which stage it is in.

    Raises:
        ModelError: not this article's fault: the next one would fail in the same way.
    """
    try:
        return step()
    except ModelError:
        raise
    except EntenteError as error:
        failure = Failure.of(error, address=address, stage=notes.stage)
        _LOGGER.info("article failed", address=address, stage=failure.stage, reason=str(error))
    except Exception as error:
        # One of the two broad excepts of the house, with the one in jobs/fetch.py: a fault of ours in one article must not
        # cost the others.
        reason = f"{type(error).__name__}: {error}"
        failure = Failure(address=address, stage=notes.stage, reason=reason, exit_code=ArticleError.exit_code)
        _LOGGER.exception("article failed unexpectedly", address=address, stage=notes.stage)
    return failure


def _ingest_one(store: Store, raw_id: str, settings: Settings, notes: Notes) -> IngestCounts:
    """One raw article down the whole road, or into quarantine."""
    notes.stage = "read"
    raw = guard(partial(load_raw, store, raw_id), address=raw_id, notes=notes)
    if isinstance(raw, Failure):
        return _keep_failure(store, raw_id, raw)
    counts = guard(partial(_read_and_save, store, raw_id, raw, settings, notes), address=raw.address, notes=notes)
    return _keep_failure(store, raw_id, counts) if isinstance(counts, Failure) else counts


def _keep_failure(store: Store, raw_id: str, failure: Failure) -> IngestCounts:
    # Where the database itself is gone this raises, and the run ends; what is not saved stays pending.
    facts = failure.model_dump(include={"address", "stage", "reason"})
    save_failure(store, NewFailure(raw_id=raw_id, delays=find_delays(failure), **facts))
    return IngestCounts(failures=(failure,))


def _read_and_save(store: Store, raw_id: str, raw: RawArticle, settings: Settings, notes: Notes) -> IngestCounts:
    with notes.time("read"):
        article = mark_language(add_aliases(read_article(raw, max_text_bytes=settings.max_text_bytes), raw))
    with notes.time("save"):
        if find_known(store, article) is not None:
            save_alias(store, raw_id, article)
            return IngestCounts(known=1)
        article = article.model_copy(update={"id": find_article_id(store, article)})
    with notes.time("extract"):
        extraction = extract(article, settings)
    if is_extracted(article):
        notes.note_fingerprint(extraction.fingerprint)
    with notes.time("save"):
        return _save(store, raw_id, article, extraction, notes.run_id)


def _save(store: Store, raw_id: str, article: Article, extraction: Extraction, run_id: str | None) -> IngestCounts:
    # The encoder knows no other language either.
    passages = find_passages(article) if is_extracted(article) else ()
    outcome = save_article(
        store, raw_id=raw_id, article=article, extraction=extraction, passages=passages, run_id=run_id
    )
    _LOGGER.info("article saved", article=article.id, outcome=outcome.value)
    if outcome not in (Outcome.NEW, Outcome.REVISION):
        return IngestCounts(known=1)  # another process was faster
    return IngestCounts(
        new=int(outcome is Outcome.NEW),
        revisions=int(outcome is Outcome.REVISION),
        foreign=int(not is_extracted(article)),
        entities=len(extraction.entities),
        agreements=len(extraction.agreements),
        claims=len(extraction.claims),
    )
