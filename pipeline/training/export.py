"""The weights as they are shipped: the encoder as an int8 graph for ONNX Runtime, everything else as one table of arrays.

``models/tagger`` gets ``encoder.onnx`` (pieces and hints of a whole window in, vectors out), ``heads.npz`` (float16) and
``paths.json``, a ``calibration.json`` that says "even" until it is fitted, and the digests of all, without which nothing loads.
"""

import hashlib
import json
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from pipeline.extraction.confidence import CLAIM_EVIDENCE, ROW_EVIDENCE
from pipeline.training.attention import fuse_attention
from pipeline.training.network import Network
from pipeline.training.smoothing import smooth

_OPSET = 17
FILES = ("encoder.onnx", "heads.npz", "paths.json", "calibration.json")


class _Graph(nn.Module):
    """What is exported of a network: the encoder with its hints."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, mask: Tensor, hints: Tensor) -> Tensor:
        return self.network.encode(pieces, mask, hints)


def export_network(network: Network, paths: dict[str, int], folder: Path, samples: Sequence[Mapping[str, Any]]) -> None:
    """Write the files of a trained network; what was there is replaced.

    Args:
        network: trained.
        paths: the dependency paths it knows, with their indices.
        folder: that gets the files.
        samples: the inputs of some windows (:func:`pipeline.language.tagger.make_inputs`), to choose the scales of eight bits by.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        _write_graph(network, full)
        shrink(full, folder / "encoder.onnx", heads=network.encoder.config.num_attention_heads, samples=samples)
    arrays = {name: array.numpy().astype(np.float16) for name, array in network.state_dict().items() if _is_kept(name)}
    np.savez_compressed(folder / "heads.npz", **{_short(name): array for name, array in arrays.items()})
    (folder / "paths.json").write_text(json.dumps(paths, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    even = {"row": _even(ROW_EVIDENCE), "claim": _even(CLAIM_EVIDENCE)}
    (folder / "calibration.json").write_text(json.dumps(even) + "\n", encoding="utf-8")
    write_digests(folder)


def shrink(full: Path, small: Path, *, heads: int, samples: Sequence[Mapping[str, Any]]) -> None:
    """Write the graph in eight bits and with attention as one operator, from the one that torch wrote."""
    with tempfile.TemporaryDirectory() as scratch:
        even = Path(scratch) / "even.onnx"
        onnx.save(smooth(onnx.load(full), samples), even)
        quantize_dynamic(even, small, weight_type=QuantType.QInt8, per_channel=True)
    # Behind the quantisation, which cannot tell the type of what the fused nodes give.
    onnx.save(fuse_attention(onnx.load(small), heads=heads), small)


def write_digests(folder: Path) -> dict[str, str]:
    """Write ``digests.toml``: the SHA-256 of every trained file by its name; also what is returned."""
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    lines = "".join(f'"{name}" = "{digest}"\n' for name, digest in digests.items())
    (folder / "digests.toml").write_text(
        f"# SHA-256 of the trained files; entente train writes them.\n{lines}", "utf-8"
    )
    return digests


def _even(evidence: tuple[str, ...]) -> dict[str, Any]:
    return {"weights": [0.0] * len(evidence), "bias": 0.0, "records": 0}


def _write_graph(network: Network, path: Path) -> None:
    width = network.told.in_features
    inputs = (torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8, dtype=torch.long), torch.zeros(2, 8, width))
    sizes = {0: "windows", 1: "pieces"}
    names = ["pieces", "mask", "hints"]
    with warnings.catch_warnings():
        # It advises the newer exporter, which needs a package more and keeps no dynamic sizes of this encoder, and warns of
        # sizes that become constants: the tests compare the graph with the network, on other sizes than these.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Graph(network).eval(),
            inputs,
            str(path),
            input_names=names,
            output_names=["vectors"],
            dynamic_axes=dict.fromkeys([*names, "vectors"], sizes),
            opset_version=_OPSET,
            dynamo=False,
        )


def _is_kept(name: str) -> bool:
    return name.startswith(("heads.", "shortcuts.", "relations."))


def _short(name: str) -> str:
    """As the pipeline asks for it: "head.claim.weight", "hint.claim.weight", "party.mix.bias"."""
    part, rest = name.split(".", maxsplit=1)
    return {"heads": "head.", "shortcuts": "hint.", "relations": ""}[part] + rest
