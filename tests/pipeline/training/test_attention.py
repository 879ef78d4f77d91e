"""One operator for attention: the same vectors as the graph that torch wrote."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from pipeline.language.hints import HINTS
from pipeline.training.attention import fuse_attention
from pipeline.training.export import _write_graph
from tests.pipeline.tiny import PATHS


@pytest.fixture(scope="module")
def network(tiny_encoder):
    import torch

    from pipeline.training.network import Network

    torch.manual_seed(7)
    return Network(tiny_encoder, len(PATHS)).eval()


@pytest.fixture(scope="module")
def written(network, tmp_path_factory):
    path = tmp_path_factory.mktemp("graph") / "full.onnx"
    _write_graph(network, path)
    return onnx.load(path)


def run(model, inputs):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {each.name: inputs[each.name] for each in session.get_inputs()})[0]


def test_vectors_are_the_same_and_no_mask_is_asked_for(network, written):
    heads = network.encoder.config.num_attention_heads
    fused = fuse_attention(onnx.ModelProto.FromString(written.SerializeToString()), heads=heads)
    pieces = np.arange(40, dtype=np.int64)[None] % 20
    hints = np.random.default_rng(1).random((1, 40, len(HINTS)), dtype=np.float32)
    given = {"pieces": pieces, "mask": np.ones_like(pieces), "hints": hints}

    assert run(fused, given) == pytest.approx(run(written, given), abs=1e-5)
    assert [each.name for each in fused.graph.input] == ["pieces", "hints"]
    kinds = [node.op_type for node in fused.graph.node]
    assert kinds.count("MultiHeadAttention") == network.encoder.config.num_hidden_layers
    assert not {"Softmax", "IsNaN", "Transpose"} & set(kinds)


def test_a_graph_of_another_form_is_refused():
    softmax = helper.make_node("Softmax", ["scores"], ["weights"])
    scores, weights = (helper.make_tensor_value_info(name, TensorProto.FLOAT, [2]) for name in ("scores", "weights"))
    model = helper.make_model(helper.make_graph([softmax], "other", [scores], [weights]))
    with pytest.raises(ValueError, match="There is no MatMul above scores"):
        fuse_attention(model, heads=2)
