"""Products of an exported encoder in whole numbers: the same on every processor, whatever else is in the batch.

What is multiplied is written as two numbers of 7 bits, a coarse one and what it leaves, 14 bits together, so the range can be one
that nothing can leave, told from the weights alone: no text has to be looked at, neither here nor when it is run, and no value
depends on another. Weights have 8 bits with a scale for each output. Products of such numbers stay within the 16 bits that
processors without VNNI add up in; with unsigned weights ONNX Runtime was ten times slower (a Xeon with AMX).
"""

from collections.abc import Mapping

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

Floats = NDArray[np.float32]
Weights = Mapping[str, Floats]

_HALF = 63  # the largest of 7 bits, about a zero of 64: 127 * (64 + 63) * 2 < 2**15
_FINER = 128.0  # times finer is the second number: a power of two, so that scales are exact
_DOMAIN = "com.microsoft"


def quantise(model: onnx.ModelProto) -> None:
    """Put whole-number products in place of those with constant weights; sums, softmax and what attention multiplies stay.

    Args:
        model: an encoder of BERT's kind as :mod:`pipeline.embedding.export` writes it; changed in place.
    """
    graph = model.graph
    weights = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    products = {node.name: node for node in graph.node if node.op_type == "MatMul" and node.input[1] in weights}
    biases = {node.name: _find_bias(node, graph) for node in products.values()}
    made: dict[str, list[onnx.NodeProto]] = {}
    split: set[str] = set()
    _keep(graph, "zero", np.array(64, np.uint8))
    _keep(graph, "none", np.array(0, np.int8))
    for node in products.values():
        bound = _find_bound(node, graph, products, weights)
        made[node.name] = [] if node.input[0] in split else _split(graph, node.input[0], bound)
        split.add(node.input[0])
        made[node.name] += _multiply(graph, node, weights[node.input[1]], biases[node.name])
    added = {each.name for each in biases.values()}
    nodes = [each for node in graph.node if node.name not in added for each in made.get(node.name, [node])]
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    kept = [each for each in graph.initializer if each.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    model.opset_import.append(helper.make_opsetid(_DOMAIN, 1))


def quantise_matrix(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """A matrix (inputs, outputs) in 8 bits: numbers from -127 to 127 of the same shape, and a scale for each output."""
    scales = np.maximum(np.abs(matrix).max(axis=0) / 127, 1e-12).astype(np.float32)
    return np.rint(matrix / scales).clip(-127, 127).astype(np.int8), scales


def choose_step(bound: float) -> float:
    """The step of the coarse number: a power of two, so that nothing up to the bound is cut off."""
    return float(2.0 ** np.ceil(np.log2(bound / _HALF)))


def _split(graph: onnx.GraphProto, name: str, bound: float) -> list[onnx.NodeProto]:
    step = choose_step(bound)
    coarse = _keep(graph, f"{name}.step", np.array(step, np.float32))
    fine = _keep(graph, f"{name}.fine_step", np.array(step / _FINER, np.float32))
    return [
        helper.make_node("QuantizeLinear", [name, coarse, "zero"], [f"{name}.coarse"]),
        helper.make_node("DequantizeLinear", [f"{name}.coarse", coarse, "zero"], [f"{name}.near"]),
        helper.make_node("Sub", [name, f"{name}.near"], [f"{name}.rest"]),
        helper.make_node("QuantizeLinear", [f"{name}.rest", fine, "zero"], [f"{name}.fine"]),
    ]


def _multiply(
    graph: onnx.GraphProto, node: onnx.NodeProto, matrix: Floats, added: onnx.NodeProto
) -> list[onnx.NodeProto]:
    numbers, scales = quantise_matrix(matrix)
    name, weights = node.input[0], node.input[1]
    kept = [_keep(graph, f"{weights}.numbers", numbers), _keep(graph, f"{weights}.scales", scales)]
    bias = _name_bias(node, added)
    parts = []
    for part, step, more in (("coarse", "step", [bias]), ("fine", "fine_step", [])):
        inputs = [f"{name}.{part}", kept[0], f"{name}.{step}", kept[1], "zero", "none", *more]
        output = f"{node.output[0]}.{part}"
        parts.append(helper.make_node("MatMulIntegerToFloat", inputs, [output], f"{node.name}.{part}", domain=_DOMAIN))
    return [*parts, helper.make_node("Add", [each.output[0] for each in parts], added.output, node.name)]


def _find_bound(
    node: onnx.NodeProto, graph: onnx.GraphProto, products: Mapping[str, onnx.NodeProto], weights: Weights
) -> float:
    """What no value of the node's input can exceed.

    It is either what a layer's norm gives, whose bound is that of vectors of a known length; or made of another product's
    outputs by weights that sum up to one (attention) or by a function that enlarges nothing (GELU).
    """
    origin = next(each for each in graph.node if node.input[0] in each.output)
    if origin.op_type == "LayerNormalization":
        gain, shift = weights[origin.input[1]], weights[origin.input[2]]
        return float((np.abs(gain) * np.sqrt(len(gain)) + np.abs(shift)).max())
    source = node.name.replace("attention/output/dense", "attention/self/value")
    before = products[source if source != node.name else node.name.replace("/output/dense", "/intermediate/dense")]
    norm = next(each for each in graph.node if before.input[0] in each.output)
    gain, shift = weights[norm.input[1]], weights[norm.input[2]]
    matrix, bias = weights[before.input[1]], weights[_name_bias(before, _find_bias(before, graph))]
    reach = np.linalg.norm(matrix * gain[:, None], axis=0) * np.sqrt(len(gain))
    return float((reach + np.abs(shift @ matrix + bias)).max())


def _find_bias(node: onnx.NodeProto, graph: onnx.GraphProto) -> onnx.NodeProto:
    found: onnx.NodeProto = next(each for each in graph.node if each.op_type == "Add" and node.output[0] in each.input)
    return found


def _name_bias(node: onnx.NodeProto, added: onnx.NodeProto) -> str:
    return str(next(each for each in added.input if each != node.output[0]))


def _keep(graph: onnx.GraphProto, name: str, numbers: NDArray[np.generic]) -> str:
    graph.initializer.append(numpy_helper.from_array(numbers, name))
    return name
