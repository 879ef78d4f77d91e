"""The vector of what somebody searches for: the one place where a query meets the embedding model."""

from pipeline.embedding.encoder import load_encoder
from pipeline.settings import Settings


def embed_query(settings: Settings, text: str) -> tuple[str, tuple[float, ...]]:
    """The route and the vector (of length 1) of some words.

    Raises:
        ModelError: the embedding model is missing or is not the pinned one.
    """
    encoder = load_encoder(settings)
    (vector,) = encoder.encode([text])
    return encoder.route, tuple(float(value) for value in vector)
