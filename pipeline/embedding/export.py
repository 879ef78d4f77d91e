"""The recipe of ``models/encoder``: the published model as an 8-bit graph for ONNX Runtime.

    python -m pipeline.embedding.export models/encoder

Ten seconds, from the pinned weights, the same bytes each time (tested); needs the extra ``train``. Pooling over the mean and
length 1 are in the graph, the table of word pieces is not: it is read from the published model, in full precision.

Products with weights are of whole numbers (:mod:`pipeline.embedding.quantise`). No value's scale is taken from others, so a
text's vector does not depend on the texts beside it, as it does with ONNX Runtime's usual dynamic quantisation, which scales a
batch as a whole; and on 300 claims the cosine to the published model is .9995 (.9979 at worst) instead of .992 (.978).
"""

import hashlib
import json
import sys
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn
from transformers import AutoModel

import models
from pipeline.embedding.graph_route import CONFIG, GRAPH
from pipeline.embedding.quantise import quantise

PUBLISHED = "all-MiniLM-L6-v2"
_OPSET = 17
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
    quantise(graph)
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


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.writelines(f'"{name}" = "{digest}"\n' for name, digest in export_encoder(Path(sys.argv[1])).items())
