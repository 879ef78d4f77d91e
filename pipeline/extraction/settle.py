"""Agreements, settled: what the rules found, judged and completed by what was learned from marked articles.

``entente_settle`` rewrites the span groups "agreements", "parties" and "acts", and those of claims. Rows whose mentions the
tagger does not believe go, mentions that only it sees come in (to the row they mean, or as a new one), and the parties of each
row are weighed one by one. Without a tagger in the pipeline nothing changes.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.enumerations import EntityType
from pipeline.extraction.actors import Actors, find_actors
from pipeline.extraction.agreements import GROUP, write_agreements
from pipeline.extraction.confidence import describe_row
from pipeline.extraction.nouns import make_noun_mention
from pipeline.extraction.pairs import (
    KINDS,
    Entities,
    Row,
    RuleRows,
    pair_mentions,
    pair_with_parties,
    read_entities,
    read_rule_rows,
)
from pipeline.extraction.phrases import phrase_of
from pipeline.extraction.relations import Floats
from pipeline.extraction.settled_acts import settle_acts
from pipeline.extraction.settled_claims import settle_claims
from pipeline.extraction.settled_figures import settle_figures
from pipeline.extraction.signals import ANSWERS, Signals, read_signals


@dataclass(frozen=True)
class Thresholds:
    """From which probability on something is believed; chosen on the dev split, one after the other, by F1."""

    keep: float = 0.25  #: a row of the rules
    new: float = 0.5  #: a mention that only the tagger sees
    again: float = 0.2  #: one that repeats an earlier row
    same: float = 0.5  #: that a mention is of an earlier row
    party: float = 0.45


DEFAULTS = Thresholds()
_NAMED_TYPES = {EntityType.DOCUMENT, EntityType.MILITARY_UNIT_OP, EntityType.ALLIANCE_BLOC, EntityType.WEAPON_PROGRAMME}


@Language.component("entente_settle")
def settle_agreements(doc: Doc) -> Doc:
    """Rewrite the agreements of one Doc by its signals; a Doc without any is left as it is."""
    signals = read_signals(doc)
    if signals is not None:
        settle_by(doc, signals, DEFAULTS)
        settle_claims(doc, signals)
    return doc


def settle_by(doc: Doc, signals: Signals, thresholds: Thresholds) -> None:
    """:func:`settle_agreements` with given signals and thresholds."""
    actors = find_actors(doc)
    believed = signals.judge("agreement")
    rows = _rows_of_rules(doc)
    _add_mentions(doc, rows, (signals, believed, actors), thresholds)
    kept = []
    for row in rows:
        roots = [doc[start:end].root.i if root < 0 else root for start, end, root in row["spans"]]
        sure = 1.0 - believed[roots, 0]
        if sure.max() < thresholds.keep:
            continue
        kind = believed[roots, 1:].sum(axis=0).argmax()
        kept.append(row | {"kind": KINDS[int(kind)].value, "roots": roots, "sure": float(sure.max())})
    entities, rules = read_entities(doc), read_rule_rows(doc)
    asked = [_settle_parties(doc, row, (signals, entities, rules), thresholds) for row in kept]
    said = settle_acts(doc, kept, signals, actors)
    settle_figures(doc, kept, signals)
    for row, parties, act in zip(kept, asked, said, strict=True):
        row["evidence"] = describe_row(row, mention=row.pop("sure"), parties=parties, act=act)
        del row["roots"], row["spans"]
    kept = sorted(kept, key=lambda row: min(start for start, _ in row["mentions"]))
    write_agreements(doc, {f"a{number}": row for number, row in enumerate(kept)})


def _rows_of_rules(doc: Doc) -> list[dict[str, Any]]:
    facts = doc.spans[GROUP].attrs["agreements"]
    return [fact | {"spans": [[start, end, -1] for start, end in fact["mentions"]]} for fact in facts.values()]


def _add_mentions(
    doc: Doc, rows: list[dict[str, Any]], seen: tuple[Signals, Floats, Actors], thresholds: Thresholds
) -> None:
    """Add the mentions that only the tagger sees: to the row they mean, or as a row of their own."""
    signals, believed, actors = seen
    taken = {i for row in rows for start, end in row["mentions"] for i in range(start, end)}
    heads = [(doc[s:e].root.i, number) for number, row in enumerate(rows) for s, e in row["mentions"]]
    by_entity = {row["entity"]: number for number, row in enumerate(rows) if row["entity"] is not None}
    fresh = [i for i in np.flatnonzero(1.0 - believed[:, 0] >= thresholds.again).tolist() if i not in taken]
    for root in fresh:
        key = _entity_at(doc, root)
        number = by_entity.get(key) if key in by_entity else _find_row(heads, root, signals, (believed, thresholds))
        if number is None:
            if 1.0 - believed[root, 0] < thresholds.new:
                continue
            number = len(rows)
            rows.append(_new_row(doc, root, believed))
            if key is not None:
                by_entity[key] = number
        mention = _make_mention(doc, root, believed, actors)
        rows[number]["mentions"] = [*rows[number]["mentions"], mention[:2]]
        rows[number]["spans"].append(mention)
        heads = sorted([*heads, (root, number)])


def _entity_at(doc: Doc, root: int) -> str | None:
    """The key of the entity that a mention is a name of, if it may be an agreement's: every later mention of it is of the row."""
    for span in doc.spans["entities"]:
        if span.start <= root < span.end and span.label_ in _NAMED_TYPES:
            key: str = span.id_
            return key
    return None


def _find_row(heads: list[tuple[int, int]], root: int, signals: Signals, by: tuple[Floats, Thresholds]) -> int | None:
    """The row of the earlier mention that a new one most probably repeats."""
    believed, thresholds = by
    before = [(head, number) for head, number in heads if head < root]
    listed = [(head, int(believed[head, 1:].argmax())) for head, _ in before] + [(root, 0)]
    pairs = [
        (earlier, pair) for later, earlier, pair in pair_mentions(listed, RuleRows({}, {})) if later == len(before)
    ]
    if not pairs:
        return None
    likely = signals.relate("same", [pair for _, pair in pairs])
    best = int(likely.argmax())
    return before[pairs[best][0]][1] if likely[best] >= thresholds.same else None


def _make_mention(doc: Doc, root: int, believed: Floats, actors: Actors) -> list[int]:
    """The tokens shown for a mention: its entity's where it is headed in one, else its noun's phrase."""
    for span in doc.spans["entities"]:
        if span.start <= root < span.end:
            return [span.start, span.end, root]
    token = doc[root]
    if token.pos_ in {"NOUN", "PROPN"}:
        kind = KINDS[int(believed[root, 1:].argmax())]
        found = make_noun_mention(token, phrase_of(token), kind, actors)
        return [found.start, found.end, root]
    return [root, root + 1, root]


def _new_row(doc: Doc, root: int, believed: Floats) -> dict[str, Any]:
    entity = _entity_at(doc, root)
    name = None if entity is None else doc.spans["entities"].attrs["entities"][entity]["canonical"]
    return {
        "name": name,
        "entity": entity,
        "kind": KINDS[int(believed[root, 1:].argmax())].value,
        "rule": "tagger",
        "mentions": [],
        "spans": [],
        "parties": [],
        "acts": [],
        "figures": [],
        "acceding": [],
    }


def _settle_parties(
    doc: Doc, row: dict[str, Any], seen: tuple[Signals, Entities, RuleRows], thresholds: Thresholds
) -> list[float]:
    """Set the parties of a row; how likely each entity around is one."""
    signals, entities, rules = seen
    kinds = [kind.value for kind in KINDS]
    asked = pair_with_parties(Row(tuple(row["roots"]), kinds.index(row["kind"])), entities, rules)
    asked.pop(row["entity"], None)  # a coalition is no party to itself
    found, sure = [], []
    for key, likely in signals.find_roles(asked).items():
        sure.append(float(1.0 - likely[0]))
        if 1.0 - likely[0] >= thresholds.party:
            start, end = _nearest_mention(doc, key, row["roots"][0])
            found.append([entities.names[key], ANSWERS[int(likely[1:].argmax())], start, end])
    row["parties"] = sorted(found, key=lambda party: party[2])
    return sure


def _nearest_mention(doc: Doc, key: str, root: int) -> tuple[int, int]:
    spans = [span for span in doc.spans["entities"] if span.id_ == key]
    nearest = min(spans, key=lambda span: abs(span.root.i - root))
    return nearest.start, nearest.end
