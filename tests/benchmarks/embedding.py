"""The exported graph against the published model: CPU seconds, cosines, neighbours of the same label, a query from a cold start.

    python tests/benchmarks/embedding.py corpus/gold [--labelled FOLDER] [--claims 500] [--documents 500] [--rounds 3]

Claims are those that are marked in the corpus. FOLDER has one folder of text files a label, as dataset/data_files of
suraj-deshmukh/BBC-Dataset-News-Classification has; it is measured on and nothing else. The two models take turns in one process,
since times on a shared machine mean little but beside each other.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from pipeline.embedding.encoder import Encoder, Vectors, load_encoder
from pipeline.gold.read import find_gold, load_gold
from pipeline.settings import Settings

PUBLISHED, GRAPH = "all-MiniLM-L6-v2", "all-MiniLM-L6-v2-int8"
NEIGHBOURS = 10
QUERY = (
    "from pipeline.embedding.query import embed_query; from pipeline.settings import Settings; import sys;"
    "embed_query(Settings(), 'nuclear deterrence in the north'); assert 'torch' not in sys.modules"
)


def read_claims(folder: Path, wanted: int) -> list[str]:
    """Contents of marked claims, from all over the corpus."""
    claims = {
        " ".join(span.text for span in claim.content) for each in load_gold(find_gold(folder)) for claim in each.claims
    }
    return random.Random(0).sample(sorted(claims), min(wanted, len(claims)))


def read_labelled(folder: Path, wanted: int) -> tuple[list[str], list[str]]:
    """Texts and their labels, from all over the set."""
    files = sorted(folder.glob("*/*.txt"))
    chosen = random.Random(0).sample(files, min(wanted, len(files)))
    return [file.read_text("utf-8", errors="replace") for file in chosen], [file.parent.name for file in chosen]


def time_encoding(encoder: Encoder, texts: list[str]) -> tuple[float, Vectors]:
    """CPU seconds (of all threads) and the vectors."""
    began = time.process_time()
    vectors = encoder.encode(texts)
    return time.process_time() - began, vectors


def find_purity(vectors: Vectors, labels: list[str]) -> float:
    """Share of nearest neighbours that have the label of their text."""
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    nearest = np.argsort(-likeness, axis=1)[:, :NEIGHBOURS]
    names = np.array(labels)
    return float((names[nearest] == names[:, None]).mean())


def time_query() -> tuple[float, float]:
    """Seconds and CPU seconds of a process that embeds one query and ends."""
    began, used = time.perf_counter(), _used_by_children()
    subprocess.run([sys.executable, "-c", QUERY], check=True)
    return time.perf_counter() - began, _used_by_children() - used


def _used_by_children() -> float:
    times = os.times()
    return float(times.children_user + times.children_system)


def compare(name: str, texts: list[str], encoders: dict[str, Encoder], rounds: int) -> dict[str, Vectors]:
    """Print the ratio of each round, the ratio over all, and the cosines."""
    spent = dict.fromkeys(encoders, 0.0)
    vectors: dict[str, Vectors] = {}
    for number in range(rounds):
        taken = {}
        for key in list(encoders)[:: 1 if number % 2 else -1]:
            taken[key], vectors[key] = time_encoding(encoders[key], texts)
            spent[key] += taken[key]
        print(
            f"{name}, round {number + 1}: {taken[PUBLISHED]:.2f} / {taken[GRAPH]:.2f} CPU s, "
            f"{taken[PUBLISHED] / taken[GRAPH]:.2f} x",
            flush=True,
        )
    cosines = (vectors[PUBLISHED] * vectors[GRAPH]).sum(axis=1)
    print(
        f"{name}: {len(texts)} texts, {spent[PUBLISHED] / spent[GRAPH]:.2f} x; "
        f"cosine mean {cosines.mean():.4f}, least {cosines.min():.4f}"
    )
    return vectors


def main() -> None:
    """All figures, by the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--labelled", type=Path)
    parser.add_argument("--claims", type=int, default=500)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for _ in range(given.rounds):
        wall, cpu = time_query()
        print(f"query, cold: {wall:.2f} s, {cpu:.2f} CPU s")
    encoders = {name: load_encoder(Settings(embedding_model=name)) for name in (PUBLISHED, GRAPH)}
    for encoder in encoders.values():
        encoder.encode(["loads and warms up"])
    compare("claims", read_claims(given.gold, given.claims), encoders, given.rounds)
    if given.labelled:
        texts, labels = read_labelled(given.labelled, given.documents)
        for name, vectors in compare("documents", texts, encoders, 1).items():
            print(f"{name}: {find_purity(vectors, labels):.4f} of {NEIGHBOURS} neighbours have the same label")


if __name__ == "__main__":
    main()
