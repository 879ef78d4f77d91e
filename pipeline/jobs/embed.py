"""Embedding: passages, claims and agreements that have no vector yet get one, after their article's own transaction."""

from collections.abc import Sequence

from pipeline.embedding.encoder import find_route, load_encoder
from pipeline.jobs.counts import EmbedCounts
from pipeline.settings import Settings
from pipeline.store.search_entries import load_newest_number
from pipeline.store.store import Store
from pipeline.store.vector_index import index_vectors
from pipeline.store.vectors import load_unembedded, note_embedded, save_vectors

# Some 30 seconds of work on one core: what a killed run loses at most, and large enough to sort by length within.
_BATCH = 512


def embed_new(store: Store, *, settings: Settings) -> EmbedCounts:
    """Embed every content that has no vector of the current route; equal contents are embedded once.

    The encoder is loaded only if there is something to embed.

    Raises:
        ModelError: the embedding model is missing or is not the pinned one.
    """
    route = find_route(settings)
    with store.begin() as connection:
        newest = load_newest_number(connection)  # before: what comes in meanwhile is for the next time
    unseen = load_unembedded(store, route)
    embedded = _embed(store, unseen, settings=settings) if unseen else 0
    note_embedded(store, route, newest)
    if unseen:
        index_vectors(store, route)
    return EmbedCounts(embedded=embedded)


def _embed(store: Store, unseen: Sequence[tuple[str, str]], *, settings: Settings) -> int:
    encoder = load_encoder(settings, texts=len(unseen))
    embedded = 0
    for start in range(0, len(unseen), _BATCH):
        digests, texts = zip(*unseen[start : start + _BATCH], strict=True)
        embedded += save_vectors(store, encoder.route, dict(zip(digests, encoder.encode(texts), strict=True)))
    return embedded
