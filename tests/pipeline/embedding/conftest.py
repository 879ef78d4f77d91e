"""One encoder of each kind for all tests here: importing sentence-transformers takes seconds."""

import pytest

from pipeline.embedding.encoder import Encoder, load_encoder
from pipeline.settings import Settings


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The usual one: the exported graph, run directly."""
    return load_encoder(Settings())


@pytest.fixture(scope="session")
def published() -> Encoder:
    """The model as published, by sentence-transformers."""
    return load_encoder(Settings(embedding_model="all-MiniLM-L6-v2"))
