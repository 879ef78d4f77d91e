"""The fast route: an exported encoder as a graph in ONNX Runtime, without torch: a query takes a second from the start.

The graph (:mod:`pipeline.embedding.export`) has everything of the model but its table of word pieces, half of its size: the
table is read where the published model has it, and only the rows of the pieces that occur. Pooling and length 1 are in the graph.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

import models
from pipeline.embedding.encoder import Vectors
from pipeline.errors import ModelError

GRAPH, CONFIG = "encoder.onnx", "config.json"
# Pieces in one call, padding counted. 400 claims took .42 CPU s in calls of 256, .50 of 512, .55 of 768: more leaves the
# processor's caches; one passage alone has up to 256. Vectors do not depend on it.
_BATCH = 256
_TABLE = "embeddings.word_embeddings.weight"  # as BERT's files call the table of word pieces

Pieces = Sequence[int]


class GraphEncoder:
    """A graph that stays in memory; see :class:`pipeline.embedding.encoder.Encoder`."""

    def __init__(self, folder: Path, *, route: str) -> None:
        config = json.loads((folder / CONFIG).read_text("utf-8"))
        published = _find_published(config)
        self._graph = folder / GRAPH
        self._table = _map_table(published / "model.safetensors")
        self._tokenizer = _open_tokenizer(published / "tokenizer.json", longest=config["max_pieces"])
        self._route = route

    @property
    def route(self) -> str:
        """Fingerprint of the model and of how it is computed."""
        return self._route

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._table.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 for each text, in their order: float32, shape ``(len(texts), dimensions)``."""
        return self.embed(self.cut(texts))

    def cut(self, texts: Sequence[str]) -> list[Pieces]:
        """The word pieces of each text as the model numbers them, the two special ones included; no more than it reads."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]

    def embed(self, pieces: Sequence[Pieces]) -> Vectors:
        """One vector for each sequence of pieces, in their order."""
        vectors = np.empty((len(pieces), self.dimensions), dtype=np.float32)
        batches = list(make_batches([len(each) for each in pieces]))
        session = self._session  # made once, before threads want it

        def run(rows: list[int]) -> None:
            vectors[rows] = self._run(session, [pieces[row] for row in rows])

        side_by_side = min(len(batches), _count_processors())
        if side_by_side <= 1:  # a query, or one processor: a thread would only be one more
            for batch in batches:
                run(batch)
        else:
            with ThreadPoolExecutor(side_by_side) as threads:
                list(threads.map(run, batches))
        return vectors

    def _run(self, session: onnxruntime.InferenceSession, batch: Sequence[Pieces]) -> Vectors:
        size = (len(batch), max(map(len, batch)))
        numbers, mask = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        for row, pieces in enumerate(batch):
            numbers[row, : len(pieces)], mask[row, : len(pieces)] = pieces, 1
        (vectors,) = session.run(None, {"words": self._table[numbers], "mask": mask})
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        # A call is too short to be shared out: on two threads it took 143 to 168 CPU microseconds a piece, on one 106 to 121.
        # Calls are made side by side instead.
        options.intra_op_num_threads = 1
        return onnxruntime.InferenceSession(self._graph, options, providers=["CPUExecutionProvider"])


def load_graph_encoder(path: Path, *, route: str) -> GraphEncoder:
    """The exported encoder in a directory whose files have been verified.

    Raises:
        ModelError: the published model that it was made from is missing or is not the pinned one.
    """
    return GraphEncoder(path, route=route)


def _count_processors() -> int:
    """How many this process may use; a scheduler may have given it fewer than the machine has (Linux tells)."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make_batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows for one call each, the longest texts first: rows of like length stand together, so that little is padded."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: (-lengths[row], row)):
        if batch and (len(batch) + 1) * lengths[batch[0]] > _BATCH:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _find_published(config: Mapping[str, str]) -> Path:
    path = models.verified_path(config["published"])
    if models.load_manifest()[config["published"]].digest != config["digest"]:
        raise ModelError(
            f"the graph was made from other files than those of {config['published']!r} in models/manifest.toml; make it "
            "again: python -m pipeline.embedding.export models/encoder"
        )
    return path


def _map_table(path: Path) -> NDArray[np.float32]:
    """The table of word pieces (pieces, dimensions), mapped: what is not asked for is not read into memory.

    safetensors: eight bytes with the length of the head, the head as JSON, then the numbers.
    """
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        facts = json.loads(file.read(size)).get(_TABLE)
    if facts is None or facts["dtype"] != "F32":
        raise ModelError(f"{path} has no table {_TABLE} of 32-bit numbers; the graph was made from another model")
    start = 8 + size + facts["data_offsets"][0]
    return np.memmap(path, dtype="<f4", mode="r", offset=start, shape=tuple(facts["shape"]))


def _open_tokenizer(path: Path, *, longest: int) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return tokenizer
