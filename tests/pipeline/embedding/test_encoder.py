"""The encoder: which model it takes, what it refuses, and that it asks nobody."""

import json
import socket
import subprocess
import sys

import numpy as np
import pytest

from pipeline.embedding.encoder import FEW, find_route, load_encoder
from pipeline.errors import ModelError
from pipeline.settings import Settings

TEXTS = [
    "Germany and the United Kingdom signed the Kensington Treaty in July.",
    "London and Berlin concluded a treaty of friendship in summer.",
    "The orchestra plays Mahler's third symphony tonight.",
]


@pytest.fixture(params=["encoder", "published"])
def either(request):
    return request.getfixturevalue(request.param)


def test_vectors_have_length_one_and_mean_something(either):
    vectors = either.encode(TEXTS)
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.5
    assert vectors[0] @ vectors[2] < 0.2


def test_same_input_same_vectors_in_any_company(either):
    vectors = either.encode(TEXTS)
    np.testing.assert_array_equal(vectors, either.encode(TEXTS))
    np.testing.assert_allclose(either.encode(TEXTS[::-1] * 20)[:3][::-1], vectors, atol=1e-5)


def test_nothing_in_nothing_out(either):
    assert either.encode([]).shape == (0, 384)


@pytest.mark.parametrize(("texts", "kind"), [(1, "GraphEncoder"), (FEW, "GraphEncoder"), (FEW + 1, "TorchEncoder")])
def test_few_texts_go_to_the_graph_directly_and_many_through_the_library(texts, kind):
    assert type(load_encoder(Settings(), texts=texts)).__name__ == kind


def test_the_two_models_have_two_routes(encoder, published):
    assert encoder.route.startswith("all-MiniLM-L6-v2-int8:onnx-int8:")
    assert published.route.startswith("all-MiniLM-L6-v2:torch-fp32:")


def test_route_is_known_without_loading_the_model(encoder):
    code = (
        "import sys; from pipeline.embedding.encoder import find_route; from pipeline.settings import Settings;"
        "print(find_route(Settings())); print([m for m in ('torch', 'sentence_transformers') if m in sys.modules])"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    route, loaded = output.splitlines()
    assert route == encoder.route
    assert loaded == "[]"


@pytest.mark.parametrize("model", ["all-MiniLM-L6-v2", "all-MiniLM-L6-v2-int8"])
def test_loading_asks_nobody_and_prints_nothing(monkeypatch, capfd, model):
    def refuse(*args, **kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    load_encoder(Settings(embedding_model=model)).encode(TEXTS)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("model", "trust", "message"),
    [
        ("all-mpnet-base-v2", False, "is not pinned"),
        ("/no/such/model", False, "is not pinned"),
        ("all-mpnet-base-v2", True, "hf download sentence-transformers/all-mpnet-base-v2"),
        ("/no/such/model", True, "neither a directory"),
    ],
)
@pytest.mark.parametrize("function", [load_encoder, find_route])
def test_refused(model, trust, message, function, monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelError, match=message):
        function(Settings(embedding_model=model, trust_unpinned_models=trust))


def test_directory_without_a_model_is_refused(tmp_path):
    (tmp_path / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": "no.such.Type"}]))
    with pytest.raises(ModelError, match="no embedding model"):
        load_encoder(Settings(embedding_model=str(tmp_path), trust_unpinned_models=True))
