"""The reference route: any model of sentence-transformers, on the CPU. Importing it costs six CPU seconds."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

import models
from pipeline.embedding.encoder import Vectors
from pipeline.errors import ModelError


class TorchEncoder:
    """A model that stays in memory; see :class:`pipeline.embedding.encoder.Encoder`."""

    def __init__(self, model: SentenceTransformer, *, route: str) -> None:
        self._model = model
        self._route = route

    @property
    def route(self) -> str:
        """Fingerprint of the model and of how it is computed."""
        return self._route

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 for each text, in their order: float32, shape ``(len(texts), dimensions)``.

        Equal input gives equal output. In other company a text's vector may differ by about 1e-7, since what is padded
        to one length is computed together; the library sorts by length, so that little is padded.
        """
        if not texts:
            return np.empty((0, self._model.get_embedding_dimension()), dtype=np.float32)
        vectors = self._model.encode(
            list(texts), show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True
        )
        return np.asarray(vectors, dtype=np.float32)


def load_torch_encoder(path: Path, *, route: str) -> TorchEncoder:
    """The model in a directory.

    Raises:
        ModelError: the directory holds no model that sentence-transformers can load.
    """
    try:
        with _quiet():
            # The CPU even where there is a GPU: its sums differ, and the route stands for one way of computing.
            is_ours = path.is_relative_to(models.ROOT)  # a module of our own is run, one of others never
            model = SentenceTransformer(str(path), device="cpu", local_files_only=True, trust_remote_code=is_ours)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, AttributeError, TypeError) as error:
        # What the library raises for a bad directory depends on which file is bad; all of it means the same here.
        raise ModelError(f"{path} holds no embedding model that can be loaded: {error}") from error
    return TorchEncoder(model, route=route)


@contextmanager
def _quiet() -> Iterator[None]:
    # A bar for reading 103 tensors and notes on formats are the library's business, not the user's.
    has_bar, verbosity = transformers_logging.is_progress_bar_enabled(), transformers_logging.get_verbosity()
    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    try:
        yield
    finally:
        transformers_logging.set_verbosity(verbosity)
        if has_bar:
            transformers_logging.enable_progress_bar()
