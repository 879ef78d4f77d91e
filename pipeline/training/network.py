"""The network: a MiniLM whose token vectors are judged by small heads, all learned together.

What the rules found goes in twice: added to the word pieces' embeddings, so the encoder can read around it, and straight into the
heads, so that what the rules do well need not be learned again.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from pipeline.extraction.relations import FEATURES, FIRST_PATH
from pipeline.language.hints import HINTS
from pipeline.training.examples import HEADS, RELATIONS

_SPACE = 96  #: width in which two tokens are compared
_HIDDEN = 96
_DROPOUT = 0.2
#: Hints are withheld from this share of the word pieces in training, so that what the rules miss is found too.
_WITHHELD = 0.15


class PairScorer(nn.Module):
    """Whether and how two tokens belong together, from their vectors and the features of the pair."""

    def __init__(self, width: int, answers: int, paths: int) -> None:
        super().__init__()
        self.a = nn.Linear(width, _SPACE)
        self.b = nn.Linear(width, _SPACE)
        sizes = {name: FIRST_PATH + paths if values is None else values for name, (values, _) in FEATURES.items()}
        self.tables = nn.ModuleDict({name: nn.Embedding(sizes[name], FEATURES[name][1]) for name in FEATURES})
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.3)
        self.mix = nn.Linear(3 * _SPACE + sum(wide for _, wide in FEATURES.values()), _HIDDEN)
        self.out = nn.Linear(_HIDDEN, answers)
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, first: Tensor, second: Tensor, features: Tensor) -> Tensor:
        """Logits (pairs x answers) of pairs of vectors (pairs x width) with their features (pairs x features)."""
        a, b = self.a(first), self.b(second)
        known = [table(features[:, column]) for column, table in enumerate(self.tables.values())]
        mixed = torch.cat([a * b, a, b, *known], dim=-1)
        scores: Tensor = self.out(functional.relu(self.mix(self.dropout(mixed))))
        return scores


class Network(nn.Module):
    """Encoder, heads and relations."""

    def __init__(self, encoder: Path, paths: int) -> None:
        super().__init__()
        # Dropping attention at random forbids the fast way of computing it, and epochs took several times as long.
        self.encoder = AutoModel.from_pretrained(encoder, attention_probs_dropout_prob=0.0)
        width = self.encoder.config.hidden_size
        self.told = nn.Linear(len(HINTS), width, bias=False)
        nn.init.normal_(self.told.weight, std=0.01)
        self.heads = nn.ModuleDict({name: nn.Linear(width, answers) for name, answers in HEADS.items()})
        self.shortcuts = nn.ModuleDict({name: nn.Linear(len(HINTS), n, bias=False) for name, n in HEADS.items()})
        for shortcut in self.shortcuts.values():
            nn.init.zeros_(shortcut.weight)
        self.relations = nn.ModuleDict({name: PairScorer(width, n, paths) for name, n in RELATIONS.items()})
        self.dropout = nn.Dropout(0.1)

    def encode(self, pieces: Tensor, mask: Tensor, hints: Tensor) -> Tensor:
        """Vectors (windows x pieces x width) of word pieces with their hints (windows x pieces x hints)."""
        embedded = self.encoder.embeddings.word_embeddings(pieces)
        told = self.told(hints)
        if self.training:
            told = told * (torch.rand(*pieces.shape, 1) > _WITHHELD)
        vectors: Tensor = self.encoder(inputs_embeds=embedded + told, attention_mask=mask).last_hidden_state
        return vectors

    def judge(self, name: str, vectors: Tensor, hints: Tensor) -> Tensor:
        """Logits (tokens x answers) of one head."""
        logits: Tensor = self.heads[name](vectors) + self.shortcuts[name](hints)
        return logits
