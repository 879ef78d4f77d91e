"""What the trained heads say of each token of a Doc, as probabilities; the vectors are the tagger's.

``doc.tensor`` has the vectors and, behind them, the hints that the tagger was given (:mod:`pipeline.language.tagger`). A Doc
without them, of a pipeline without a tagger, has no signals: what the rules found stands as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from spacy.tokens import Doc

import models
from pipeline.extraction.layout import Layout, read_layout
from pipeline.extraction.pairs import ROLES
from pipeline.extraction.relations import Floats, Pair, Scorer
from pipeline.language.hints import HINTS
from pipeline.language.wordpieces import is_word

_MOST = 12  #: tokens picked of a sentence
Key = TypeVar("Key")
NOTHING = 0  #: the answer of every head where there is nothing


@dataclass(frozen=True)
class Signals:
    """The vectors and hints of a Doc, asked by head."""

    layout: Layout
    vectors: Floats
    hints: Floats
    spoken: Floats  #: 1 for tokens that are no blanks
    scorers: dict[str, Scorer] = field(default_factory=dict)  #: of the relations that were asked about

    def judge(self, head: str) -> Floats:
        """The probabilities (tokens x answers) of one head; blanks are nothing, surely."""
        weights = models.load_heads()
        logits = self.vectors @ weights[f"head.{head}.weight"].T + weights[f"head.{head}.bias"]
        found = _softmax(logits + self.hints @ weights[f"hint.{head}.weight"].T)
        blank = np.zeros(found.shape[1], dtype=found.dtype)
        blank[NOTHING] = 1.0
        return np.where(self.spoken[:, None] > 0, found, blank)

    def pick(self, likely: Floats, least: float) -> list[int]:
        """The tokens that are likely enough, in order; of a sentence only the likeliest few.

        A sentence that tells of more than a dozen agreements, or of more acts, is a list or junk, and junk must cost little.
        """
        chosen: dict[int, list[int]] = {}
        for token in np.flatnonzero(likely >= least).tolist():
            chosen.setdefault(self.layout.sentences[token], []).append(token)
        best = (sorted(tokens, key=lambda token: -likely[token])[:_MOST] for tokens in chosen.values())
        return sorted(token for tokens in best for token in tokens)

    def relate(self, name: str, pairs: list[Pair]) -> Floats:
        """The probabilities of a relation that is or is not, one a pair."""
        if not pairs:
            return np.zeros(0, dtype=np.float32)
        scores = self._score(name, pairs)[:, 0]
        found: Floats = (1.0 / (1.0 + np.exp(-scores))).astype(np.float32)
        return found

    def relate_groups(self, name: str, groups: Sequence[list[Pair]]) -> list[Floats]:
        """The same for several groups of pairs at once, which costs much less than one after the other."""
        found = self.relate(name, [pair for pairs in groups for pair in pairs])
        return np.split(found, np.cumsum([len(pairs) for pairs in groups])[:-1]) if groups else []

    def find_roles(self, rows: Sequence[dict[str, list[Pair]]]) -> list[dict[str, Floats]]:
        """For each row, of each entity that is asked about, the probabilities of being nothing, or in each role, to it."""
        asked = {(number, key): pairs for number, row in enumerate(rows) for key, pairs in row.items()}
        found: list[dict[str, Floats]] = [{} for _ in rows]
        for (number, key), likely in self._answer("party", asked).items():
            found[number][key] = likely
        return found

    def find_statuses(self, asked: list[list[Pair]]) -> list[Floats]:
        """For each row that is asked about the probabilities of no status, and of each."""
        return list(self._answer("status", dict(enumerate(asked))).values())

    def _score(self, name: str, pairs: list[Pair]) -> Floats:
        if name not in self.scorers:
            self.scorers[name] = Scorer(name, self.vectors)
        return self.scorers[name].score(self.layout, pairs)

    def _answer(self, name: str, asked: Mapping[Key, list[Pair]]) -> dict[Key, Floats]:
        """The probabilities of each answer, where the pairs that are asked about together answer together."""
        pairs = [pair for each in asked.values() for pair in each]
        if not pairs:
            return {}
        scores = self._score(name, pairs)
        found, start = {}, 0
        for key, own in asked.items():
            part = scores[start : start + len(own)]
            start += len(own)
            joined = np.concatenate([[0.0], np.logaddexp.reduce(part[:, 1:] - part[:, :1], axis=0)])
            found[key] = _softmax(joined[None, :])[0]
        return found


def read_signals(doc: Doc) -> Signals | None:
    """The signals of a Doc, or None where no tagger ran."""
    tensor = np.asarray(doc.tensor)
    if tensor.ndim != 2 or tensor.shape != (
        len(doc),
        models.load_heads()["head.agreement.weight"].shape[1] + len(HINTS),
    ):
        return None
    width = tensor.shape[1] - len(HINTS)
    # Blanks, and what stands among signs and figures alone, were not read: they have no vector, and say nothing.
    is_read = np.abs(tensor[:, :width]).sum(axis=1) > 0
    spoken = np.array([not t.is_space and (is_word(t.text) or is_read[t.i]) for t in doc], dtype=np.float32)
    return Signals(read_layout(doc), tensor[:, :width], tensor[:, width:], spoken)


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    found: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return found


#: Roles by the number of the answer, less one.
ANSWERS = tuple(role.value for role in ROLES)
