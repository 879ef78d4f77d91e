"""The exported graph, run directly: as good as the model it was made from, and without torch."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

import models
from pipeline.embedding.graph_route import load_graph_encoder, make_batches
from pipeline.errors import ModelError

TEXTS = [
    "Germany and the United Kingdom signed the Kensington Treaty in July.",
    "Sanctions on shipping will be lifted once inspectors return.",
    "Norland will not join the alliance, its foreign minister said on Tuesday, whatever others decide.",
    "deterrence",
    "The corridor stays open. " * 90,  # more than the model reads
]


def test_a_vector_is_nearly_that_of_the_published_model(encoder, published):
    cosines = (encoder.encode(TEXTS) * published.encode(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.99


@pytest.mark.parametrize("processors", [1, 3])
def test_how_many_calls_are_made_at_once_changes_no_vector(encoder, monkeypatch, processors):
    one_by_one = np.concatenate([encoder.encode([text]) for text in TEXTS])
    monkeypatch.setattr("pipeline.embedding.graph_route._count_processors", lambda: processors)
    np.testing.assert_allclose(encoder.encode(TEXTS), one_by_one, atol=1e-5)


def test_what_lies_beyond_256_pieces_is_not_read(encoder):
    assert [len(pieces) for pieces in encoder.cut(["", *TEXTS])] == [2, 14, 12, 21, 4, 256]
    np.testing.assert_allclose(encoder.encode([TEXTS[-1], TEXTS[-1] + "More."]).std(axis=0), 0, atol=1e-6)


def test_a_query_needs_no_torch():
    code = (
        "import sys; from pipeline.embedding.query import embed_query; from pipeline.settings import Settings;"
        "route, vector = embed_query(Settings(), 'nuclear deterrence');"
        "print(len(vector), [m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.split(maxsplit=1) == ["384", "[]\n"]


@pytest.mark.parametrize(
    ("lengths", "batches"),
    [
        ([], []),
        ([5], [[0]]),
        ([3, 9, 3, 4], [[1, 3, 0, 2]]),
        ([256, 1, 256], [[0], [2], [1]]),
        ([125, 125, 125, 40], [[0, 1], [2, 3]]),
        ([5000], [[0]]),
    ],
)
def test_batches_are_sorted_by_length_and_have_256_pieces_at_most(lengths, batches):
    assert list(make_batches(lengths)) == batches


def test_a_graph_of_another_model_is_refused(tmp_path):
    shutil.copytree(models.verified_path("all-MiniLM-L6-v2-int8"), tmp_path / "encoder")
    config = tmp_path / "encoder" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"digest": "0" * 64}))
    with pytest.raises(ModelError, match="made from other files than those of 'all-MiniLM-L6-v2'"):
        load_graph_encoder(tmp_path / "encoder", route="r")


@pytest.mark.parametrize("table", ["{}", '{"embeddings.word_embeddings.weight": {"dtype": "F16"}}'])
def test_weights_without_the_table_are_refused(tmp_path, table, monkeypatch):
    monkeypatch.setattr(models, "verified_path", lambda name: tmp_path)
    (tmp_path / "model.safetensors").write_bytes(len(table).to_bytes(8, "little") + table.encode())
    with pytest.raises(ModelError, match=r"no table embeddings\.word_embeddings\.weight of 32-bit numbers"):
        load_graph_encoder(models.ROOT / "encoder", route="r")
