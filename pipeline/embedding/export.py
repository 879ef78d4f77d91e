"""The recipe of ``models/encoder``: the published model as an 8-bit graph for ONNX Runtime.

    python -m pipeline.embedding.export models/encoder

Ten seconds, from the pinned weights, the same bytes each time (tested); needs the extra ``train``. Pooling over the mean and
length 1 are in the graph, the table of word pieces is not: it is read from the published model, in full precision.

Weights have 8 bits with a scale for every 32 (``MatMulNBits``), and the runtime gives each row of activations scales of its
own. So a text's vector does not depend on the texts beside it, as it does with ONNX Runtime's usual dynamic quantisation, which
scales a batch as a whole; and on 60 claims the cosine to the published model is .9996 (.9983 at worst) instead of .992 (.978).
"""

import hashlib
import json
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from torch import Tensor, nn
from transformers import AutoModel

import models
from pipeline.embedding.graph_route import CONFIG, GRAPH

PUBLISHED = "all-MiniLM-L6-v2"
_OPSET = 17
_BLOCK = 32  # weights that share a scale; with 128 the cosine is .9989 (.9959 at worst), and no faster
_LEVEL = 4  # activations in 8 bits too: ONNX Runtime's name for it
_MODULE = "pipeline.embedding.graph_module.GraphModule"


class _Graph(nn.Module):
    """What is exported: vectors of word pieces and a mask in, one vector of length 1 a text out."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        tokens = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(tokens.dtype)
        mean = (tokens * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
        return mean / mean.norm(dim=1, keepdim=True).clamp(min=1e-12)


def export_encoder(folder: Path) -> dict[str, str]:
    """Write the directory that both routes load; returns the SHA-256 of each file for ``models/manifest.toml``.

    Raises:
        ModelError: the published model is missing or is not the pinned one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    published = models.verified_path(PUBLISHED)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        _write_graph(published, full)
        graph = onnx.load(full)
    _quantise(graph)
    onnx.save(graph, folder / GRAPH)
    longest = json.loads((published / "sentence_bert_config.json").read_text("utf-8"))["max_seq_length"]
    digest = models.load_manifest()[PUBLISHED].digest
    _write_json(folder / CONFIG, {"published": PUBLISHED, "digest": digest, "max_pieces": longest})
    _write_json(folder / "modules.json", [{"idx": 0, "name": "0", "path": "", "type": _MODULE}])
    files = (GRAPH, CONFIG, "modules.json")
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files}


def _write_graph(published: Path, file: Path) -> None:
    # Attention as separate products, since what the exporter fuses cannot be quantised.
    encoder = AutoModel.from_pretrained(published, attn_implementation="eager", local_files_only=True).eval()
    width = encoder.config.hidden_size
    sizes = {0: "texts", 1: "pieces"}
    with warnings.catch_warnings():
        # It advises the newer exporter, which needs a package more, and warns of sizes that become constants: the tests compare
        # the graph with the model on other sizes than these.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Graph(encoder).eval(),
            (torch.zeros(2, 8, width), torch.ones(2, 8, dtype=torch.long)),
            str(file),
            input_names=["words", "mask"],
            output_names=["vectors"],
            dynamic_axes={"words": sizes, "mask": sizes, "vectors": {0: "texts"}},
            opset_version=_OPSET,
            dynamo=False,
        )


def _quantise(model: onnx.ModelProto) -> None:
    """Put 8-bit products in place of those with constant weights; sums, softmax and what attention multiplies stay."""
    weights = {each.name: each for each in model.graph.initializer}
    for at, node in enumerate(list(model.graph.node)):
        if node.op_type != "MatMul" or node.input[1] not in weights:
            continue
        kept = weights[node.input[1]]
        matrix = numpy_helper.to_array(kept)
        numbers, scales = quantise_matrix(matrix)
        names = [f"{kept.name}.numbers", f"{kept.name}.scales"]
        model.graph.initializer.append(numpy_helper.from_array(numbers, names[0]))
        model.graph.initializer.append(numpy_helper.from_array(scales, names[1]))
        model.graph.initializer.remove(kept)
        sizes = {"K": matrix.shape[0], "N": matrix.shape[1], "bits": 8, "block_size": _BLOCK, "accuracy_level": _LEVEL}
        inputs = [node.input[0], *names]
        product = helper.make_node("MatMulNBits", inputs, node.output, node.name, domain="com.microsoft", **sizes)
        model.graph.node[at].CopyFrom(product)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def quantise_matrix(matrix: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A matrix (inputs, outputs) in 8 bits, 128 for 0: numbers (outputs, blocks, 32), and a scale a block."""
    blocks = matrix.T.reshape(matrix.shape[1], -1, _BLOCK)
    scales = np.maximum(np.abs(blocks).max(axis=2, keepdims=True) / 127, 1e-12).astype(np.float32)
    numbers = (np.rint(blocks / scales) + 128).clip(0, 255).astype(np.uint8)
    return numbers, scales.reshape(-1)


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.writelines(f'"{name}" = "{digest}"\n' for name, digest in export_encoder(Path(sys.argv[1])).items())
