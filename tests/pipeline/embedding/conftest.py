"""One encoder for all tests here: importing sentence-transformers takes seconds."""

import pytest

from pipeline.embedding.encoder import Encoder, load_encoder
from pipeline.settings import Settings


@pytest.fixture(scope="session")
def encoder(tmp_path_factory) -> Encoder:
    return load_encoder(Settings(home=tmp_path_factory.mktemp("home")))
