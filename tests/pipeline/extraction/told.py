"""What a tagger would say, said by hand: each test decides what the heads see where, and what belongs together.

    told = tell(monkeypatch, read_by_rules(nlp, text))
    told.say("agreement", 4, "treaty")
    told.bond("party", 4, 0, "host")
    settle_agreements(told.write())

The vector of a token is simply the answers of all heads and its ties to others, and the weights read them off.
"""

import numpy as np

import models
from pipeline.enumerations import ActType, AgreementKind, ClaimType, PartyRole, Polarity, Status
from pipeline.extraction.agreements import find_agreements
from pipeline.extraction.claims import find_claims
from pipeline.extraction.relations import FEATURES
from pipeline.language.hints import HINTS, read_hints
from pipeline.language.model import annotate

MOST = 6  #: tokens that may have ties, for each relation
ROLES = tuple(PartyRole)
ANSWERS = {
    "entity": ["", *(f"{i}" for i in range(18))],
    "agreement": ["", *AgreementKind],
    "act": ["", *ActType],
    "polarity": [*Polarity],
    "claim": ["", *(f"{place}:{each}" for each in ClaimType for place in "BI")],
    "voice": ["", "attributed", "author"],
    "cue": ["", "cue"],
    "speaker": ["", "B", "I"],
    "hedged": ["", "hedged"],
    "negated": ["", "negated"],
}
STATUSES = tuple(Status)
RELATIONS = {"party": 1 + len(ROLES), "status": 1 + len(STATUSES), "act": 1, "figure": 1, "same": 1, "voice": 1}
_ANSWERS = max(len(ROLES), len(STATUSES))
_START = dict(zip(ANSWERS, np.cumsum([0, *map(len, ANSWERS.values())]).tolist(), strict=False))
_SPACE = MOST * _ANSWERS
_TIES = sum(map(len, ANSWERS.values()))
WIDTH = _TIES + len(RELATIONS) * (MOST + _SPACE)
_SURE = 10.0


class Told:
    """The words of a tagger about one Doc."""

    def __init__(self, doc):
        self.doc = doc
        self.vectors = np.zeros((len(doc), WIDTH), dtype=np.float32)
        self._known = {name: [] for name in RELATIONS}

    def say(self, head, tokens, answer, *, sure=2.0):
        """That a head sees an answer at a token, or at several; surely, or (``sure=1.0``) as likely as nothing."""
        self.vectors[tokens, _START[head] + ANSWERS[head].index(answer)] = sure

    def bond(self, name, first, second, role=PartyRole.PARTY):
        """That two tokens belong together; for "status", how a row stands by a mention and the verb above it."""
        answer = STATUSES.index(Status(role)) if name == "status" else ROLES.index(PartyRole(role))
        known = self._known[name]
        if first not in known:
            known.append(first)
        place, start = known.index(first), _TIES + list(RELATIONS).index(name) * (MOST + _SPACE)
        self.vectors[first, start + place] = 1.0
        self.vectors[second, start + MOST + place * _ANSWERS + answer] = 1.0

    def write(self):
        """The Doc with these words on it."""
        self.doc.tensor = np.concatenate([self.vectors, read_hints(self.doc)], axis=1)
        return self.doc


def tell(monkeypatch, doc):
    """The words to be said of a Doc, none so far; the weights that read them off are in place."""
    weights = make_heads()
    monkeypatch.setattr(models, "load_heads", lambda: weights)
    monkeypatch.setattr(models, "load_paths", dict)
    monkeypatch.setattr(models, "load_calibration", make_even)
    return Told(doc)


def make_even():
    """A calibration that says one half of everything."""
    return {"row": {"weights": [0.0] * 10, "bias": 0.0}, "claim": {"weights": [0.0] * 7, "bias": 0.0}}


def make_heads():
    """Weights that read off the vectors what was said."""
    weights = {}
    for head, answers in ANSWERS.items():
        weight = np.zeros((len(answers), WIDTH), dtype=np.float32)
        weight[range(len(answers)), range(_START[head], _START[head] + len(answers))] = _SURE
        weights[f"head.{head}.weight"] = weight
        bias = np.zeros(len(answers), dtype=np.float32)
        bias[0] = _SURE  # nothing, where nothing is said
        weights[f"head.{head}.bias"] = bias
        weights[f"hint.{head}.weight"] = np.zeros((len(answers), len(HINTS)), dtype=np.float32)
    for number, (name, answers) in enumerate(RELATIONS.items()):
        weights |= {f"{name}.{key}": value for key, value in _make_relation(number, answers).items()}
    return weights


def _make_relation(number, answers):
    start = _TIES + number * (MOST + _SPACE)
    a, b = np.zeros((_SPACE, WIDTH), dtype=np.float32), np.zeros((_SPACE, WIDTH), dtype=np.float32)
    for place in range(MOST):
        own = slice(place * _ANSWERS, (place + 1) * _ANSWERS)
        a[own, start + place] = 1.0
    b[range(_SPACE), range(start + MOST, start + MOST + _SPACE)] = 1.0
    mix = np.zeros((_ANSWERS, 3 * _SPACE + len(FEATURES)), dtype=np.float32)
    for column in range(_SPACE):
        mix[column % _ANSWERS, column] = 1.0
    out = np.zeros((answers, _ANSWERS), dtype=np.float32)
    out[1:, :] = 2 * _SURE * np.eye(_ANSWERS)[: answers - 1] if answers > 1 else 0.0
    if answers == 1:
        out[0, :] = 2 * _SURE
    bias = np.full(answers, -_SURE, dtype=np.float32)
    bias[0] = 0.0 if answers > 1 else -_SURE
    sizes = {name: 3 if values is None else values for name, (values, _) in FEATURES.items()}
    return {
        "a.weight": a,
        "a.bias": np.zeros(_SPACE, dtype=np.float32),
        "b.weight": b,
        "b.bias": np.zeros(_SPACE, dtype=np.float32),
        "mix.weight": mix,
        "mix.bias": np.zeros(_ANSWERS, dtype=np.float32),
        "out.weight": out,
        "out.bias": bias,
        **{f"tables.{name}.weight": np.zeros((size, 1), dtype=np.float32) for name, size in sizes.items()},
    }


def at(doc, word, *, again=0):
    """The place of a word in a Doc."""
    return [token.i for token in doc if token.text == word][again]


def read_by_rules(nlp, text):
    """What the rules make of a text, on a Doc, with a pipeline that finds entities."""
    doc = find_agreements(annotate(nlp, text))
    find_claims(doc)
    return doc
