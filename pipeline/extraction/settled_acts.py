"""The acts of settled rows: which words say that something happened, and to which row.

Where the rules read an act off the syntax they are right more often (status right in 92 of the dev split's 123 found rows that
are the rules', by the tagger's acts in 82), so theirs stand; the tagger's acts are for rows of which the rules can say nothing,
and beside the rules' where it is very sure of another one ("{the plan}, offered in March, was thrown out").
"""

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from pipeline.enumerations import ActType, AgreementKind, Basis, Polarity
from pipeline.extraction.actors import Actors, subject_of, with_conjuncts
from pipeline.extraction.acts import RUNNING_KINDS, find_acts, presupposed_act
from pipeline.extraction.mention import AgreementMention
from pipeline.extraction.pairs import KINDS, Row, pair_acts
from pipeline.extraction.relations import Floats
from pipeline.extraction.signals import Signals
from pipeline.status import CHANGES, STATUS_OF_ACT

_ACTS = tuple(ActType)
_POLARITIES = tuple(Polarity)


@dataclass(frozen=True)
class ActThresholds:
    """From which probability on is believed; between what is best on the dev split (.4, .25) and on real prose (.7)."""

    act: float = 0.5  #: that a word says an act
    only: float = 0.5  #: the same, where nothing else is said of a row
    own: float = 0.5  #: that it says it of the row
    #: Both, for an act beside those of the rules. Acts of dev .517 for .508 without, of 292 articles read by taggers that had
    #: not learned from them .510 for .504; with .7 .512 and .508.
    beside: float = 0.85


DEFAULTS = ActThresholds()


def settle_acts(
    doc: Doc, rows: list[dict[str, Any]], signals: Signals, actors: Actors, thresholds: ActThresholds = DEFAULTS
) -> list[float]:
    """Give each row (changed in place) the acts that are said of it, and one taken for granted where none says how it stands.

    Returns:
        For each row how surely something is said of it.
    """
    acts = signals.judge("act")
    said = 1.0 - acts[:, 0]
    kinds = [kind.value for kind in KINDS]
    places = [Row(tuple(row["roots"]), kinds.index(row["kind"])) for row in rows]
    owned: list[list[tuple[float, int]]] = [[] for _ in rows]
    certain: list[list[int]] = [[] for _ in rows]
    surest = [0.0] * len(rows)
    pairs = pair_acts(signals.pick(said, thresholds.only), places)
    answers = signals.relate_groups("act", [list(asked.values()) for asked in pairs.values()])
    for (token, asked), answer in zip(pairs.items(), answers, strict=True):
        for number, sure in zip(asked, answer, strict=True):
            surest[number] = max(surest[number], float(sure * said[token]))
            if sure >= thresholds.own:
                owned[number].append((float(said[token]), token))
            if min(sure, said[token]) >= thresholds.beside:
                certain[number].append(token)
    polarities, by_rule = signals.judge("polarity"), _mentions_of_rules(doc)
    for row, own, beside in zip(rows, owned, certain, strict=True):
        stated = [act for act in row["acts"] if act[2] == Basis.STATED.value]
        stated += _read_by_rule(doc, row, by_rule, actors)
        tokens = sorted(token for sure, token in own if sure >= thresholds.act) or [
            token for _, token in sorted(own)[-1:]
        ]
        read = [_read_act(doc, row, token, (acts, polarities, actors)) for token in (beside if stated else tokens)]
        found = _with_others(stated, read) if stated else read
        row["acts"] = found if any(_stands(row, act) for act in found) else [*found, _taken_for_granted(row)]
    return surest


def _with_others(stated: list[list[Any]], read: list[list[Any]]) -> list[list[Any]]:
    """The acts of the rules, and of the others what says something else, in another word."""
    found = list(stated)
    for act in read:
        if all(act[:2] != known[:2] and act[3] != known[3] for known in found):
            found.append(act)
    return found


def _mentions_of_rules(doc: Doc) -> set[tuple[int, int]]:
    return {(span.start, span.end) for span in doc.spans.get("agreements", ())}


def _read_by_rule(doc: Doc, row: dict[str, Any], seen: set[tuple[int, int]], actors: Actors) -> list[list[Any]]:
    """The acts that the rules read off the mentions which only the tagger saw: "{The mission}, set up in May, is to close"."""
    known = {(act[0], act[3]) for act in row["acts"]}
    found = []
    for (start, end), root in zip(row["mentions"], row["roots"], strict=True):
        if (start, end) in seen or doc[root].pos_ not in {"NOUN", "PROPN", "PRON"}:
            continue
        kind = AgreementKind(row["kind"])
        mention = AgreementMention(
            start, end, root, kind, row["entity"], row["name"], "tagger", definite=True, rich=False
        )
        for act in find_acts(doc, mention, actors):
            if (act.act.value, act.verb) not in known:
                known.add((act.act.value, act.verb))
                found.append([act.act.value, act.polarity.value, act.basis.value, act.verb, list(act.actors), act.rule])
    return found


def _read_act(doc: Doc, row: dict[str, Any], token: int, seen: tuple[Floats, Floats, Actors]) -> list[Any]:
    acts, polarities, actors = seen
    act = _ACTS[int(acts[token, 1:].argmax())]
    if act is ActType.OPERATING and row["kind"] not in RUNNING_KINDS:
        act = ActType.ENTERED_INTO_FORCE  # a treaty does not run, it is in force
    polarity = _POLARITIES[int(polarities[token].argmax())]
    subject = subject_of(doc[token]) if doc[token].pos_ in {"VERB", "AUX"} else None
    named = with_conjuncts(subject, actors) if subject is not None else []
    return [act.value, polarity.value, Basis.STATED.value, token, list(dict.fromkeys(a.canonical for a in named))]


def _stands(row: dict[str, Any], act: list[Any]) -> bool:
    """Whether an act says how an agreement stands; "may withdraw from it" takes for granted that it is."""
    kind, polarity = ActType(act[0]), Polarity(act[1])
    if polarity is Polarity.DONE:
        return STATUS_OF_ACT[kind] is not None
    return kind not in CHANGES or row["kind"] == AgreementKind.ACCESSION.value


def _taken_for_granted(row: dict[str, Any]) -> list[Any]:
    by_rule = next((act for act in row["acts"] if act[2] == Basis.PRESUPPOSED.value), None)
    if by_rule is not None:
        return list(by_rule)
    act = presupposed_act(AgreementKind(row["kind"]), row["roots"][0], hoped_for=False)
    return [act.act.value, act.polarity.value, act.basis.value, act.verb, [], "presupposed"]
