"""Agreements, settled: what the rules found, judged and completed by what was learned from marked articles.

``entente_settle`` rewrites the span groups "agreements", "parties" and "acts", and those of claims. Rows whose mentions the
tagger does not believe go, mentions that only it sees come in (to the row they mean, or as a new one), and the parties of each
row are weighed one by one. Without a tagger in the pipeline nothing changes.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.enumerations import EntityType
from pipeline.extraction.actors import Actors, find_actors
from pipeline.extraction.agreements import GROUP, write_agreements
from pipeline.extraction.confidence import describe_row
from pipeline.extraction.nouns import make_noun_mention
from pipeline.extraction.pairs import (
    BY_SENTENCE,
    KINDS,
    MAX_BACK,
    Entities,
    Row,
    RuleRows,
    pair_with_parties,
    read_entities,
    read_rule_rows,
)
from pipeline.extraction.phrases import phrase_of
from pipeline.extraction.relations import Floats, Pair
from pipeline.extraction.settled_acts import settle_acts
from pipeline.extraction.settled_claims import settle_claims
from pipeline.extraction.settled_figures import settle_figures
from pipeline.extraction.settled_status import settle_status
from pipeline.extraction.signals import ANSWERS, Signals, read_signals


@dataclass(frozen=True)
class Thresholds:
    """From which probability on something is believed: chosen by F1 of the dev split, where real prose agrees."""

    keep: float = 0.35  #: a row of the rules
    new: float = (
        0.45  #: a mention that only the tagger sees: rows found with F1 .709 on dev; .705 with .35 and .698 with .65
    )
    again: float = 0.2  #: one that repeats an earlier row
    same: float = 0.5  #: that a mention is of an earlier row
    party: float = (
        0.55  #: .35 makes fewer rows wholly right (.190 for .220 on dev), .65 finds fewer parties (.613 for .632)
    )
    by_rule: float = 0.05  #: a party that the rules found too
    by_sentence: float = (
        0.35  #: one of which they only say that its sentence names it: whole rows of real prose .233, with .2 .222
    )


DEFAULTS = Thresholds()
_LEADING = 2  #: steps up the tree from a name to what introduces it: "called", "programme"
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
    seen = _Seen(doc, signals, signals.judge("agreement"), find_actors(doc), _Names(doc))
    rows = _rows_of_rules(doc)
    _add_mentions(rows, seen, thresholds)
    kept = [row for row in (_judge_row(row, seen) for row in rows) if row["sure"] >= thresholds.keep]
    entities, rules = read_entities(doc), read_rule_rows(doc)
    asked = [_ask_parties(row, entities, rules) for row in kept]
    likely = [
        _settle_parties(*each, (entities, seen), thresholds)
        for each in zip(kept, asked, signals.find_roles(asked), strict=True)
    ]
    said = settle_acts(doc, kept, signals, seen.actors)
    stands = settle_status(doc, kept, signals, rules)
    settle_figures(doc, kept, signals)
    for row, parties, act, status in zip(kept, likely, said, stands, strict=True):
        row["evidence"] = describe_row(row, mention=row.pop("sure"), parties=parties, act=act, status=status)
        del row["roots"]
    kept = sorted(kept, key=lambda row: min(start for start, _ in row["mentions"]))
    write_agreements(doc, {f"a{number}": row for number, row in enumerate(kept)})


class _Names:
    """The entities of a Doc by token, and their facts."""

    def __init__(self, doc: Doc) -> None:
        self.at: dict[int, Span] = {}
        self.facts: dict[str, dict[str, Any]] = doc.spans["entities"].attrs["entities"]
        for span in doc.spans["entities"]:
            self.at.update(dict.fromkeys(range(span.start, span.end), span))

    def key_at(self, token: int) -> str | None:
        """The key of the entity that a mention is a name of, if it may be an agreement's."""
        span = self.at.get(token)
        return span.id_ if span is not None and span.label_ in _NAMED_TYPES else None


class _Seen(NamedTuple):
    """What rows are settled by."""

    doc: Doc
    signals: Signals
    believed: Floats  #: tokens x kinds: that an agreement's mention is headed there
    actors: Actors
    names: _Names


def _rows_of_rules(doc: Doc) -> list[dict[str, Any]]:
    facts = doc.spans[GROUP].attrs["agreements"]
    return [
        fact | {"mentions": list(fact["mentions"]), "roots": [doc[s:e].root.i for s, e in fact["mentions"]]}
        for fact in facts.values()
    ]


def _judge_row(row: dict[str, Any], seen: _Seen) -> dict[str, Any]:
    """How sure it is that a row is one, and what kind its mentions say on the whole."""
    sure = 1.0 - seen.believed[row["roots"], 0]
    kind = seen.believed[row["roots"], 1:].sum(axis=0).argmax()
    return row | {"kind": KINDS[int(kind)].value, "sure": float(sure.max())}


def _add_mentions(rows: list[dict[str, Any]], seen: _Seen, thresholds: Thresholds) -> None:
    """Add the mentions that only the tagger sees: to the row they mean, or as a row of their own."""
    likely = 1.0 - seen.believed[:, 0]
    taken = {i for row in rows for start, end in row["mentions"] for i in range(start, end)}
    heads = sorted((root, number) for number, row in enumerate(rows) for root in row["roots"])
    by_entity = {row["entity"]: number for number, row in enumerate(rows) if row["entity"] is not None}
    introduced = {i: number for root, number in heads for i in _introducing(seen.doc[root])}
    for root in (i for i in seen.signals.pick(likely, thresholds.again) if i not in taken):
        key = seen.names.key_at(root)
        number = by_entity.get(key, introduced.get(root)) if key is not None else introduced.get(root)
        number = _find_row(heads, root, seen, thresholds) if number is None else number
        if number is None and (likely[root] < thresholds.new or _only_refers(seen.doc[root])):
            continue
        if number is None:
            number = len(rows)
            rows.append(_new_row(root, key, seen))
        if key is not None:
            by_entity.setdefault(key, number)
        rows[number]["mentions"].append(_make_mention(root, seen))
        rows[number]["roots"].append(root)
        insort(heads, (root, number))


def _only_refers(token: Token) -> bool:
    """Words that can be a further mention and no row of their own: "it", "both", "the older one"; not "one treaty"."""
    return token.pos_ in {"PRON", "DET"} or token.lower_ in {"one", "ones"}


def _introducing(name: Token) -> Iterator[int]:
    """The nouns that only lead to a mention: "a joint programme called the Long-Range Approach", "a pact, the Arden Treaty"."""
    for _ in range(_LEADING):
        if name.dep_ not in {"appos", "oprd", "acl", "nmod", "attr"}:
            return
        name = name.head
        yield name.i


def _find_row(heads: list[tuple[int, int]], root: int, seen: _Seen, thresholds: Thresholds) -> int | None:
    """The row of the earlier mention that a new one most probably repeats; a few back, as in training."""
    at = bisect_left(heads, (root, -1))
    before = heads[max(0, at - MAX_BACK) : at]
    pairs = [Pair(root, head, 0, 1 + int(seen.believed[head, 1:].argmax())) for head, _ in before]
    likely = seen.signals.relate("same", pairs)
    if not len(likely) or likely.max() < thresholds.same:
        return None
    return before[int(likely.argmax())][1]


def _make_mention(root: int, seen: _Seen) -> list[int]:
    """The tokens shown for a mention: its entity's where it is headed in one, else its noun's phrase."""
    span, token = seen.names.at.get(root), seen.doc[root]
    if span is not None:
        return [span.start, span.end]
    if token.pos_ in {"NOUN", "PROPN"}:
        kind = KINDS[int(seen.believed[root, 1:].argmax())]
        found = make_noun_mention(token, phrase_of(token), kind, seen.actors)
        return [found.start, found.end]
    return [root, root + 1]


def _new_row(root: int, key: str | None, seen: _Seen) -> dict[str, Any]:
    return {
        "name": None if key is None else seen.names.facts[key]["canonical"],
        "entity": key,
        "kind": KINDS[int(seen.believed[root, 1:].argmax())].value,
        "rule": "tagger",
        "mentions": [],
        "roots": [],
        "parties": [],
        "acts": [],
        "figures": [],
        "acceding": [],
    }


def _ask_parties(row: dict[str, Any], entities: Entities, rules: RuleRows) -> dict[str, list[Pair]]:
    """The pairs by which each entity around a row is asked about."""
    kinds = [kind.value for kind in KINDS]
    asked = pair_with_parties(Row(tuple(row["roots"]), kinds.index(row["kind"])), entities, rules)
    asked.pop(row["entity"], None)  # a coalition is no party to itself
    return asked


def _settle_parties(
    row: dict[str, Any],
    asked: dict[str, list[Pair]],
    answers: dict[str, Floats],
    known: tuple[Entities, _Seen],
    thresholds: Thresholds,
) -> list[float]:
    """Set the parties of a row; how likely each entity around is one."""
    entities, seen = known
    found, sure = [], []
    for key, likely in answers.items():
        sure.append(float(1.0 - likely[0]))
        # The role that syntax gave is right more often: "has declined to join", "may join".
        said = next((pair.rule for pair in asked[key] if 0 < pair.rule <= len(ANSWERS)), 0)
        beside = any(pair.rule == BY_SENTENCE for pair in asked[key])
        least = thresholds.by_sentence if beside else thresholds.party
        if 1.0 - likely[0] >= (thresholds.by_rule if said else least):
            nearest = min((pair.second for pair in asked[key]), key=lambda head: abs(head - row["roots"][0]))
            span = seen.names.at[nearest]
            role = ANSWERS[said - 1 if said else int(likely[1:].argmax())]
            found.append([entities.names[key], role, span.start, span.end, "tagger", round(float(1.0 - likely[0]), 2)])
    row["parties"] = sorted(found, key=lambda party: party[2])
    return sure
