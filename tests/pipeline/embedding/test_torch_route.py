"""The reference route takes any directory that sentence-transformers can load."""

import shutil

import numpy as np

from models import verified_path
from pipeline.embedding.encoder import find_route, load_encoder
from pipeline.settings import Settings


def test_a_trusted_directory_gives_its_own_route_and_the_same_vectors(published, tmp_path):
    copy = tmp_path / "my-model"
    shutil.copytree(verified_path("all-MiniLM-L6-v2"), copy)
    settings = Settings(embedding_model=str(copy), trust_unpinned_models=True)
    copied = load_encoder(settings)
    assert copied.route == find_route(settings) != published.route
    assert copied.route.startswith("my-model:torch-fp32:")
    np.testing.assert_array_equal(copied.encode(["NATO allies"]), published.encode(["NATO allies"]))
