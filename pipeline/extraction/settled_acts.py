"""The acts of settled rows: which words say that something happened, and to which row."""

from typing import Any

import numpy as np
from spacy.tokens import Doc

from pipeline.enumerations import ActType, AgreementKind, Basis, Polarity
from pipeline.extraction.actors import Actors, subject_of, with_conjuncts
from pipeline.extraction.acts import presupposed_act
from pipeline.extraction.pairs import KINDS, Row, pair_acts
from pipeline.extraction.signals import Signals

_ACT = 0.5  #: from which probability on a word says an act
_OWN = 0.5  #: that it says it of a row
_ACTS = tuple(ActType)
_POLARITIES = tuple(Polarity)


def settle_acts(doc: Doc, rows: list[dict[str, Any]], signals: Signals, actors: Actors) -> list[float]:
    """Give each row (changed in place) the acts that are said of it; one that is taken for granted where none is.

    Returns:
        For each row how surely something is said of it.
    """
    acts, polarities = signals.judge("act"), signals.judge("polarity")
    tokens = np.flatnonzero(1.0 - acts[:, 0] >= _ACT).tolist()
    kinds = [kind.value for kind in KINDS]
    places = [Row(tuple(row["roots"]), kinds.index(row["kind"])) for row in rows]
    found: list[list[list[Any]]] = [[] for _ in rows]
    surest = [0.0] * len(rows)
    for token, asked in pair_acts(tokens, places).items():
        for number, sure in zip(asked, signals.relate("act", list(asked.values())), strict=True):
            surest[number] = max(surest[number], float(sure) * float(1.0 - acts[token, 0]))
            if sure >= _OWN:
                act = _ACTS[int(acts[token, 1:].argmax())]
                polarity = _POLARITIES[int(polarities[token].argmax())]
                names = _actors_of(doc, token, actors)
                found[number].append([act.value, polarity.value, Basis.STATED.value, token, names])
    for row, own in zip(rows, found, strict=True):
        row["acts"] = own or list(row["acts"]) or [_taken_for_granted(row)]
    return surest


def _actors_of(doc: Doc, token: int, actors: Actors) -> list[str]:
    subject = subject_of(doc[token]) if doc[token].pos_ in {"VERB", "AUX"} else None
    return list(dict.fromkeys(actor.canonical for actor in (with_conjuncts(subject, actors) if subject else [])))


def _taken_for_granted(row: dict[str, Any]) -> list[Any]:
    act = presupposed_act(AgreementKind(row["kind"]), row["roots"][0], hoped_for=False)
    return [act.act.value, act.polarity.value, act.basis.value, act.verb, []]
