"""Whole-number products: numbers and scales of weights, steps that cut nothing off, and the product itself."""

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

import models
from pipeline.embedding.quantise import choose_step, quantise, quantise_matrix


def test_each_output_has_a_scale_of_its_own():
    numbers, scales = quantise_matrix(np.array([[1.27, 0.0], [-0.5, 0.0], [0.3, 0.0]], dtype=np.float32))
    assert (numbers.shape, numbers.dtype, scales.dtype) == ((3, 2), np.int8, np.float32)
    np.testing.assert_allclose(scales, [0.01, 1e-12], rtol=1e-6)
    assert numbers[:, 0].tolist() == [127, -50, 30]


@given(st.floats(1e-3, 1e3))
def test_a_step_is_a_power_of_two_that_reaches_the_bound(bound):
    step = choose_step(bound)
    assert np.log2(step) == round(np.log2(step))
    assert bound / 63 <= step < bound / 63 * 2.0000001


def make_layer(size=16, seed=0):
    """A norm and a product with its bias, named as the exporter names them."""
    generator = np.random.default_rng(seed)
    names = ["gain", "shift", "weights", "bias"]
    shapes = [(size,), (size,), (size, 8), (8,)]
    kept = [
        numpy_helper.from_array(generator.normal(size=shape).astype(np.float32), name)
        for name, shape in zip(names, shapes, strict=True)
    ]
    nodes = [
        helper.make_node("LayerNormalization", ["in", "gain", "shift"], ["normed"], "norm", axis=-1, epsilon=1e-12),
        helper.make_node("MatMul", ["normed", "weights"], ["product"], "layer.0/attention/self/query/MatMul"),
        helper.make_node("Add", ["bias", "product"], ["out"], "add"),
    ]
    graph = helper.make_graph(
        nodes,
        "layer",
        [helper.make_tensor_value_info("in", TensorProto.FLOAT, ["texts", "pieces", size])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, None)],
        kept,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def run(model, values):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"in": values})[0]


@given(st.integers(0, 10_000), st.sampled_from([1.0, 100.0]))
@settings(max_examples=20, deadline=None)
def test_a_product_of_whole_numbers_is_near_the_one_it_stands_for(seed, spread):
    model = make_layer(seed=seed)
    values = np.random.default_rng(seed).standard_cauchy((2, 3, 16)).astype(np.float32) * spread
    expected = run(model, values)
    quantise(model)
    found = run(model, values)
    assert np.abs(found - expected).max() <= 0.03 * np.abs(expected).max()


def test_what_is_beside_a_text_changes_no_number_of_it():
    model = make_layer()
    quantise(model)
    values = np.random.default_rng(1).normal(size=(4, 3, 16)).astype(np.float32)
    values[1] *= 1000
    np.testing.assert_array_equal(run(model, values)[:1], run(model, values[:1]))


@pytest.fixture(scope="module")
def graph():
    return onnx.load(models.ROOT / "encoder" / "encoder.onnx").graph


def test_all_products_with_weights_are_of_whole_numbers(graph):
    kept = {each.name for each in graph.initializer}
    products = [node for node in graph.node if node.op_type == "MatMulIntegerToFloat"]
    assert len(products) == 72  # six a layer, each twice
    assert not [node.name for node in graph.node if node.op_type == "MatMul" and node.input[1] in kept]


def test_numbers_stay_within_what_every_processor_adds_up(graph):
    weights = [numpy_helper.to_array(each) for each in graph.initializer if each.name.endswith(".numbers")]
    assert all(each.dtype == np.int8 for each in weights)
    assert max(int(np.abs(each.astype(int)).max()) for each in weights) * 2 * 127 < 2**15
