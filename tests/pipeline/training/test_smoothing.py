"""Loud channels moved into the weights: nothing changes in full precision, and eight bits keep more."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from pipeline.training.smoothing import smooth


@pytest.fixture
def given():
    """Sixty rows of sixteen channels, of which one is forty times as loud."""
    rows = np.random.default_rng(3).normal(size=(1, 60, 16)).astype(np.float32)
    rows[..., 5] *= 40.0
    return {"given": rows}


@pytest.fixture
def model():
    """Something is done to what is given, and two products are made of it."""
    chance = np.random.default_rng(4)
    arrays = {name: chance.normal(size=(16, 8)).astype(np.float32) for name in ("one", "other")}
    nodes = [
        helper.make_node("Relu", ["given"], ["seen"]),
        helper.make_node("MatMul", ["seen", "one"], ["first"]),
        helper.make_node("MatMul", ["seen", "other"], ["second"]),
        helper.make_node("Add", ["first", "second"], ["sum"]),
    ]
    told = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "rows", n])
        for name, n in (("given", 16), ("sum", 8))
    ]
    kept = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    graph = helper.make_graph(nodes, "small", told[:1], told[1:], kept)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def run(model, given, tmp_path, *, quantised=False):
    path = tmp_path / "model.onnx"
    onnx.save(model, path)
    if quantised:
        quantize_dynamic(path, tmp_path / "small.onnx", weight_type=QuantType.QInt8, per_channel=True)
        path = tmp_path / "small.onnx"
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]).run(None, given)[0]


def test_nothing_changes_but_what_eight_bits_keep(model, given, tmp_path):
    exact = run(model, given, tmp_path)
    before = np.abs(run(model, given, tmp_path, quantised=True) - exact).mean()
    smooth(model, [given])
    assert run(model, given, tmp_path) == pytest.approx(exact, abs=1e-3)
    assert np.abs(run(model, given, tmp_path, quantised=True) - exact).mean() < 0.5 * before


def test_products_of_one_value_are_divided_once(model, given):
    smooth(model, [given])
    assert [node.op_type for node in model.graph.node] == ["Relu", "Mul", "MatMul", "MatMul", "Add"]
