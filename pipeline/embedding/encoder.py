"""Which encoder turns texts into vectors: found and verified here, loaded by the route it takes.

Vectors of two models, or of one model computed in two ways, must never be compared. So each encoder bears a *route*,
such as ``all-MiniLM-L6-v2-int8:onnx-int8:1f0c2a9b7d34``: the model, the way it is computed, the digest of its files. The
store keeps the route beside each vector and hands out those of one route only.

A directory of sentence-transformers is loaded by ``SentenceTransformer(path)``, the exported graph as well. The graph can also
be run directly, without torch: so are queries and ordinary mornings (:data:`FEW`); the vectors are the same, so is the route.
"""

import hashlib
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models import load_manifest, verified_path
from pipeline.errors import ModelError
from pipeline.settings import Settings

Vectors = NDArray[np.float32]  #: one row a text, each of length 1: a dot product is a cosine

#: up to so many texts a graph is run directly. Importing sentence-transformers takes six CPU seconds, 60 claims .27 by the graph:
#: below this number the import would be more than a quarter of the work.
FEW = 5_000

_TORCH, _GRAPH = "torch-fp32", "onnx-int8"
_GRAPH_FILE = "encoder.onnx"  # a pinned model that has it is an exported graph


class Encoder(Protocol):
    """What turns texts into vectors; made by :func:`load_encoder`."""

    @property
    def route(self) -> str:
        """Fingerprint of the model and of how it is computed; vectors of two routes are not comparable."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 for each text, in their order: float32, shape ``(len(texts), dimensions)``."""


def load_encoder(settings: Settings, *, texts: int = 1) -> Encoder:
    """The encoder that the settings name, its files verified; reads files of this machine only and calls nobody.

    Forms of ``settings.embedding_model``: a pinned name ("all-MiniLM-L6-v2-int8", the exported graph; "all-MiniLM-L6-v2",
    the model as published); with ``trust_unpinned_models`` also a directory, or a name of the Hugging Face hub that has been
    downloaded before ("BAAI/bge-small-en-v1.5").

    Args:
        settings: name the model.
        texts: how many will be embedded, about: few by a graph directly, more through sentence-transformers.

    Raises:
        ModelError: not pinned and not trusted, not on this machine, not the pinned files, or not loadable.
    """
    path, route = _find_path(settings), find_route(settings)
    # Each way of computing lives in a module that is loaded only when it is taken: a query must not wait for torch.
    if _is_graph(settings.embedding_model) and texts <= FEW:
        direct = importlib.import_module("pipeline.embedding.graph_route")
        encoder: Encoder = direct.load_graph_encoder(path, route=route)
    else:
        library = importlib.import_module("pipeline.embedding.torch_route")
        encoder = library.load_torch_encoder(path, route=route)
    return encoder


def find_route(settings: Settings) -> str:
    """The route that :func:`load_encoder` would take, without loading a model: what asks the store for missing vectors.

    Raises:
        ModelError: the model is neither pinned nor trusted, or not on this machine.
    """
    pinned = load_manifest().get(settings.embedding_model)
    digest = pinned.digest if pinned else _digest_directory(_find_path(settings))
    way = _GRAPH if _is_graph(settings.embedding_model) else _TORCH
    return f"{Path(settings.embedding_model).name}:{way}:{digest[:12]}"


def _is_graph(name: str) -> bool:
    pinned = load_manifest().get(name)
    return pinned is not None and _GRAPH_FILE in pinned.files


def _find_path(settings: Settings) -> Path:
    name = settings.embedding_model
    if name in load_manifest():
        return verified_path(name)
    if not settings.trust_unpinned_models:
        pinned = ", ".join(sorted(load_manifest()))
        raise ModelError(
            f"embedding model {name!r} is not pinned in models/manifest.toml (pinned: {pinned}), so its files cannot "
            "be verified; name a pinned one, or set ENTENTE_TRUST_UNPINNED_MODELS=true to load it all the same"
        )
    return Path(name) if Path(name).is_dir() else _find_download(name)


def _find_download(name: str) -> Path:
    hub = importlib.import_module(
        "huggingface_hub"
    )  # takes half a second, and only who trusts unpinned models needs it
    errors = importlib.import_module("huggingface_hub.errors")
    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(hub.snapshot_download(repository, local_files_only=True))
    except (errors.LocalEntryNotFoundError, errors.HFValidationError) as error:
        raise ModelError(
            f"embedding model {name!r} is neither a directory nor downloaded to this machine; Entente fetches no "
            f"models by itself: run `hf download {repository}` once, or give the path of a directory"
        ) from error


def _digest_directory(path: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(file for file in path.rglob("*") if file.is_file()):
        digest.update(file.relative_to(path).as_posix().encode())
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()
