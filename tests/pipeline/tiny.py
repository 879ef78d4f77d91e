"""A tagger of a few kilobytes with weights by chance: everything about it is real but what it knows.

Making one needs torch, so it is imported where it is needed; tests of what a tagger says hand-make its words instead
(:mod:`tests.pipeline.extraction.told`).
"""

import shutil
from pathlib import Path
from typing import Any

import numpy as np

import models
from pipeline.language.hints import HINTS

CACHED = (models.tagger_path, models.load_heads, models.load_calibration, models.load_paths)
PATHS = {"nsubj/sign>dobj": 3, "/sign>dobj": 4}


def make_encoder(folder: Path) -> Path:
    """A BERT of one layer and width 32, with the pinned tokenizer."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=30522, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        shutil.copy(models.verified_path("all-MiniLM-L6-v2") / name, folder)
    return folder


def make_weights(encoder: Path, folder: Path) -> Path:
    """Such a network as it is shipped."""
    import torch

    from pipeline.training.export import export_network
    from pipeline.training.network import Network

    torch.manual_seed(7)
    export_network(Network(encoder, len(PATHS)), PATHS, folder, make_samples())
    return folder


def make_samples() -> list[dict[str, Any]]:
    """The inputs of two windows, of words and hints by chance."""
    chance = np.random.default_rng(7)
    return [
        {
            "pieces": chance.integers(1000, 20000, (1, size)),
            "mask": np.ones((1, size), dtype=np.int64),
            "hints": (chance.random((1, size, len(HINTS))) > 0.9).astype(np.float32),
        }
        for size in (40, 70)
    ]


def forget_weights() -> None:
    """What the loaders of the weights keep; needed before and after other weights are put in their place."""
    for load in CACHED:
        if hasattr(load, "cache_clear"):
            load.cache_clear()
