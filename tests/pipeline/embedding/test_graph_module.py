"""The graph as a model of sentence-transformers: loaded by the same call as the published one, and equal to the direct way."""

import numpy as np
import pytest

import models
from pipeline.embedding.encoder import Encoder, load_encoder
from pipeline.errors import ModelError
from pipeline.settings import Settings

TEXTS = [f"Norland and Kestrel agreed on {n} {'more ' * (n % 40)}inspections a year." for n in range(150)]


@pytest.fixture(scope="module")
def library(request) -> Encoder:
    """The usual model, as it is loaded for a large job."""
    return load_encoder(Settings(), texts=1_000_000)


def test_the_two_ways_to_the_graph_are_equal(library, encoder):
    assert library.route == encoder.route
    np.testing.assert_allclose(library.encode(TEXTS), encoder.encode(TEXTS), atol=2e-6)
    assert library.encode([]).shape == encoder.encode([]).shape == (0, 384)


def test_the_same_call_loads_both():
    from sentence_transformers import SentenceTransformer

    paths = [models.verified_path(name) for name in ("all-MiniLM-L6-v2", "all-MiniLM-L6-v2-int8")]
    loaded = [SentenceTransformer(str(path), device="cpu", trust_remote_code=True) for path in paths]
    first, second = (model.encode(TEXTS[:3]) for model in loaded)
    assert (first * second).sum(axis=1).min() > 0.99
    assert {model.get_embedding_dimension() for model in loaded} == {384}
    prompted = loaded[1].encode(["a treaty"], prompt="query: ")
    np.testing.assert_allclose(prompted, loaded[1].encode(["query: a treaty"]), atol=2e-6)
    with pytest.raises(ModelError, match=r"not saved from here; python -m pipeline\.embedding\.export"):
        loaded[1][0].save("there")
