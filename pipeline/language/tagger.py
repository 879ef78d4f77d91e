"""The trained encoder as a spaCy component: it writes one vector a token to ``doc.tensor``, for the heads to judge.

``entente_tagger`` runs a MiniLM that was fine-tuned on our own corpus (:mod:`pipeline.training`), as an int8 graph in ONNX
Runtime: no torch is loaded. It stands behind the rules, whose finds it takes as hints (:mod:`pipeline.language.hints`); the
encoder knows lower case only, so the shapes of the words reach it that way too. ``doc.tensor`` is tokens x (width + hints).
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from tokenizers import Tokenizer

import models
from pipeline.language.hints import read_hints
from pipeline.language.wordpieces import Window, cut_windows

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
_INPUTS = ("pieces", "hints")  #: of the graph; the mask is for training, where windows are padded


@Language.factory("entente_tagger", assigns=["doc.tensor"], requires=["doc.spans"])
def make_tagger(nlp: Language, name: str) -> "Tagger":  # noqa: ARG001 -- spaCy's factories are called with it
    """The component ``entente_tagger``.

    Raises:
        ModelError: the weights are missing or are not those of the manifest.
    """
    return Tagger(models.tagger_path(), Path(models.verified_path("all-MiniLM-L6-v2")))


class Tagger:
    """A spaCy component (their contract asks for a class where there is state): two paths, so it can be pickled."""

    def __init__(self, weights: Path, tokens: Path) -> None:
        self._graph = weights / "encoder.onnx"
        self._tokenizer = tokens / "tokenizer.json"

    def __call__(self, doc: Doc) -> Doc:
        """Write the vectors of one Doc."""
        session = _open_graph(self._graph)
        width = session.get_outputs()[0].shape[-1]
        sums = np.zeros((len(doc), width), dtype=np.float32)
        counts = np.zeros((len(doc), 1), dtype=np.float32)
        hints = read_hints(doc)
        # One by one: a window is long enough to keep the processor busy, and what stands beside it costs no padding, needs no
        # mask and does not change its scale of eight bits.
        for window in cut_windows(doc, _open_tokenizer(self._tokenizer)):
            inputs, tokens = make_inputs([window], hints)
            vectors = session.run(None, {name: inputs[name] for name in _INPUTS})[0]
            inside = tokens >= 0
            np.add.at(sums, tokens[inside], vectors[inside])
            np.add.at(counts, tokens[inside], 1.0)
        doc.tensor = np.concatenate([sums / np.maximum(counts, 1.0), hints], axis=1)
        return doc


def make_inputs(batch: list[Window], hints: Floats) -> tuple[dict[str, Any], Integers]:
    """The arrays that the network asks for (windows x pieces), and the token of each piece, -1 where there is none."""
    size = (len(batch), max(len(window.pieces) for window in batch))
    pieces, mask = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    tokens = np.full(size, -1, dtype=np.int64)
    for row, window in enumerate(batch):
        length = len(window.pieces)
        pieces[row, :length], mask[row, :length], tokens[row, :length] = window.pieces, 1, window.tokens
    told = hints[tokens] * (tokens >= 0)[..., None]
    return {"pieces": pieces, "mask": mask, "hints": told.astype(np.float32)}, tokens


@lru_cache(maxsize=2)
def _open_graph(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One thread: articles are read side by side in processes, and a pool of threads does not survive a fork.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=2)
def _open_tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
