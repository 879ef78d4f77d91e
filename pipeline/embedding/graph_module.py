"""The exported graph as a module of sentence-transformers, so that ``SentenceTransformer(path)`` loads it as any other model.

``models/encoder/modules.json`` names this class. As the library runs modules of its own only, it must be told:
``SentenceTransformer("models/encoder", device="cpu", trust_remote_code=True)``; nothing but this file is run then.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule
from torch import Tensor

from pipeline.embedding.graph_route import GraphEncoder
from pipeline.errors import ModelError


class GraphModule(InputModule):
    """The whole encoder as one module (the library's contract asks for a class): pieces in, vectors of length 1 out."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = GraphEncoder(folder, route=folder.name)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **_: object) -> "GraphModule":
        """As the library calls it; of its arguments only the directory says anything here."""
        return cls(Path(model_name_or_path) / subfolder)

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: object) -> dict[str, Tensor]:
        """The word pieces of texts, padded to one length, and the mask that says which are real."""
        pieces = [torch.tensor(each) for each in self.encoder.cut([(prompt or "") + text for text in inputs])]
        masks = [torch.ones_like(each) for each in pieces]
        pad = torch.nn.utils.rnn.pad_sequence
        return {
            "input_ids": pad(pieces, batch_first=True),
            "attention_mask": pad(masks, batch_first=True),
        }

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add ``sentence_embedding``: one vector a text."""
        masks = features["attention_mask"].bool()
        pieces = [row[mask].tolist() for row, mask in zip(features["input_ids"], masks, strict=True)]
        return features | {"sentence_embedding": torch.from_numpy(self.encoder.embed(pieces))}

    def get_embedding_dimension(self) -> int:
        """The length of a vector."""
        return self.encoder.dimensions

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Refused: what is loaded is what was made.

        Raises:
            ModelError: always; :mod:`pipeline.embedding.export` writes such a directory.
        """
        raise ModelError(
            f"{output_path}: a graph is not saved from here; python -m pipeline.embedding.export writes one"
        )
