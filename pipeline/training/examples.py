"""Marked articles as arrays: what the tagger is to say of each token, and which pairs of tokens belong together.

Everything is made on the Doc that the pipeline itself makes of the text, with the rules' finds on it, so that what is met in
training is what is met in use. Gold is aligned by characters; a mark that begins or ends inside a token takes all of it.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from tokenizers import Tokenizer

from pipeline.enumerations import ActType, ClaimType, EntityType, MentionFlag, Polarity
from pipeline.extraction.layout import Layout, list_paths, read_layout
from pipeline.extraction.pairs import (
    KINDS,
    ROLES,
    STATUSES,
    Row,
    find_numbers,
    number_of,
    pair_acts,
    pair_figures,
    pair_mentions,
    pair_status,
    pair_with_parties,
    read_entities,
    read_rule_rows,
)
from pipeline.extraction.relations import FIRST_PATH, Pair, describe_pairs
from pipeline.extraction.voices import find_speaking, pair_speakers, read_rule_voices
from pipeline.gold.records import GoldAgreement, GoldArticle, GoldClaim
from pipeline.language.hints import Floats, read_hints
from pipeline.language.model import annotate
from pipeline.language.wordpieces import Window, cut_windows
from pipeline.records import AUTHOR, Span, normalise

IGNORED = -100  #: the label that torch's losses leave out
#: Heads that judge each token, and how many answers each has.
HEADS = {
    "entity": 1 + 2 * len(EntityType),
    "agreement": 1 + len(KINDS),
    "act": 1 + len(ActType),
    "polarity": len(Polarity),
    "claim": 1 + 2 * len(ClaimType),
    "voice": 3,
    "cue": 2,
    "speaker": 3,
    "hedged": 2,
    "negated": 2,
}
#: Relations, and how many answers each has.
RELATIONS = {"party": 1 + len(ROLES), "status": 1 + len(STATUSES), "act": 1, "figure": 1, "same": 1, "voice": 1}
_MIN_PATH = 4  #: a path met less often says nothing that its neighbours do not
Integers = NDArray[np.int64]


@dataclass
class Asked:
    """The pairs of one relation; those of one group (a row and an entity) answer together."""

    pairs: list[Pair] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def add(self, pairs: Iterable[Pair], answer: int) -> None:
        """One question: its pairs, and the right answer."""
        for pair in pairs:
            self.pairs.append(pair)
            self.groups.append(len(self.answers))
        self.answers.append(answer)


@dataclass
class Example:
    """One marked article as the network learns from it."""

    slug: str
    windows: list[Window]
    hints: Floats
    spoken: NDArray[np.bool_]  #: tokens that are no blanks: the others have no piece to be judged by
    targets: dict[str, Integers]
    asked: dict[str, Asked]
    layout: Layout

    def features(self, name: str, paths: dict[str, int]) -> Integers:
        """The features of a relation's pairs."""
        return describe_pairs(self.layout, self.asked[name].pairs, paths)


def make_example(nlp: Language, tokenizer: Tokenizer, gold: GoldArticle) -> Example:
    """Run the pipeline's rules over a marked article and align its marks to the tokens."""
    doc = annotate(nlp, gold.text)
    tokens = _Tokens(doc)
    targets = {name: np.zeros(len(doc), dtype=np.int64) for name in HEADS}
    for name in ("polarity", "hedged", "negated"):
        targets[name][:] = IGNORED
    _mark_entities(gold, tokens, targets)
    for row in gold.agreements:
        _mark_row(doc, row, tokens, targets)
    # The longest first: a claim inside another is marked over it.
    for claim in sorted(gold.claims, key=lambda c: -sum(part.end - part.start for part in c.content)):
        _mark_claim(doc, claim, tokens, targets)
    spoken = np.array([not token.is_space for token in doc])
    asked = _ask(doc, gold, tokens, targets)
    return Example(gold.slug, cut_windows(doc, tokenizer), read_hints(doc), spoken, targets, asked, read_layout(doc))


def count_paths(examples: Sequence[Example]) -> dict[str, int]:
    """Each dependency path that is met often enough in some examples, with its index."""
    counts: Counter[str] = Counter()
    for example in examples:
        for asked in example.asked.values():
            for pair in asked.pairs:
                if example.layout.sentences[pair.first] == example.layout.sentences[pair.second]:
                    counts.update(set(list_paths(example.layout, pair.first, pair.second) or ()))
    kept = sorted(path for path, count in counts.items() if count >= _MIN_PATH)
    return {path: FIRST_PATH + index for index, path in enumerate(kept)}


class _Tokens:
    """The tokens of a Doc by character."""

    def __init__(self, doc: Doc) -> None:
        self._starts = [token.idx for token in doc]
        self._ends = [token.idx + len(token) for token in doc]

    def find(self, span: Span | None) -> tuple[int, int] | None:
        """The tokens that a span touches, as a range; None for no span."""
        if span is None:
            return None
        start = max(bisect_right(self._starts, span.start) - 1, 0)
        while start < len(self._ends) and self._ends[start] <= span.start:
            start += 1
        end = bisect_right(self._starts, span.end - 1)
        return (start, end) if end > start else None


def _mark_entities(gold: GoldArticle, tokens: _Tokens, targets: dict[str, Integers]) -> None:
    types = list(EntityType)
    for entity in gold.entities:
        for mention in entity.mentions:
            found = tokens.find(mention)
            if found is not None and MentionFlag.PRONOUN not in mention.flags:
                _begin(targets["entity"], found, types.index(entity.type))


def _begin(target: Integers, found: tuple[int, int], number: int) -> None:
    target[found[0] : found[1]] = 2 + 2 * number
    target[found[0]] = 1 + 2 * number


def _roots(doc: Doc, spans: Iterable[Span | None], tokens: _Tokens) -> list[int]:
    ranges = [found for span in spans if (found := tokens.find(span)) is not None]
    return sorted({doc[start:end].root.i for start, end in ranges})


def _mark_row(doc: Doc, row: GoldAgreement, tokens: _Tokens, targets: dict[str, Integers]) -> None:
    targets["agreement"][_roots(doc, row.mentions, tokens)] = 1 + KINDS.index(row.kind)
    for act in row.acts:
        for root in _roots(doc, [act.span], tokens):
            targets["act"][root] = 1 + list(ActType).index(act.act)
            targets["polarity"][root] = list(Polarity).index(act.polarity)


def _mark_claim(doc: Doc, claim: GoldClaim, tokens: _Tokens, targets: dict[str, Integers]) -> None:
    for part in claim.content:
        found = tokens.find(part)
        if found is not None:
            inside = slice(*found)
            _begin(targets["claim"], found, list(ClaimType).index(claim.type))
            targets["voice"][inside] = 2 if claim.speaker_name == AUTHOR else 1
            targets["hedged"][inside], targets["negated"][inside] = int(claim.hedged), int(claim.negated)
    targets["cue"][_roots(doc, [claim.cue_span], tokens)] = 1
    speaker = tokens.find(claim.speaker_span) if claim.speaker_name != AUTHOR else None
    if speaker is not None:
        targets["speaker"][speaker[0] : speaker[1]] = 2
        targets["speaker"][speaker[0]] = 1


def _ask(doc: Doc, gold: GoldArticle, tokens: _Tokens, targets: dict[str, Integers]) -> dict[str, Asked]:
    marked = [(row, _roots(doc, row.mentions, tokens)) for row in gold.agreements]
    marked = [(row, roots) for row, roots in marked if roots]
    rows = [Row(tuple(roots), KINDS.index(row.kind)) for row, roots in marked]
    asked = {name: Asked() for name in RELATIONS}
    _ask_parties(doc, gold, [row for row, _ in marked], rows, asked["party"])
    rules = read_rule_rows(doc)
    for (row, _), place in zip(marked, rows, strict=True):
        asked["status"].add(pair_status(doc, place, rules), number_of(row.status))
    _ask_voices(doc, gold, tokens, asked["voice"])
    owners = [_roots(doc, [act.span for act in row.acts], tokens) for row, _ in marked]
    for token, pairs in pair_acts(np.flatnonzero(targets["act"]).tolist(), rows).items():
        for number, pair in pairs.items():
            asked["act"].add([pair], int(token in owners[number]))
    figures = [[tokens.find(figure.span) or (0, 0) for figure in row.figures] for row, _ in marked]
    for token, pairs in pair_figures(find_numbers(doc), rows).items():
        for number, pair in pairs.items():
            asked["figure"].add([pair], int(any(start <= token < end for start, end in figures[number])))
    mentions = sorted((root, row.kind, number) for number, row in enumerate(rows) for root in row.roots)
    for later, earlier, pair in pair_mentions([(root, kind) for root, kind, _ in mentions], rules):
        asked["same"].add([pair], int(mentions[later][2] == mentions[earlier][2]))
    return asked


def _ask_parties(
    doc: Doc, gold: GoldArticle, marked: Sequence[GoldAgreement], rows: Sequence[Row], asked: Asked
) -> None:
    entities, rules, keys = read_entities(doc), read_rule_rows(doc), _match_entities(doc, gold)
    for row, place in zip(marked, rows, strict=True):
        roles: dict[str, int] = {}
        for party in row.actors:
            if party.actor in keys:
                roles.setdefault(keys[party.actor], 1 + ROLES.index(party.role))
        # Once by all its mentions, and once by each alone: in use some are missed.
        alone = [Row((root,), place.kind) for root in place.roots] if len(place.roots) > 1 else []
        for asked_by in (place, *alone):
            for key, pairs in pair_with_parties(asked_by, entities, rules).items():
                asked.add(pairs, roles.get(key, 0))


def _ask_voices(doc: Doc, gold: GoldArticle, tokens: _Tokens, asked: Asked) -> None:
    layout, words, rules = read_layout(doc), find_speaking(doc), read_rule_voices(doc)
    for claim in gold.claims:
        content = {i for part in claim.content for i in range(*(tokens.find(part) or (0, 0)))}
        if not content or claim.speaker_name == AUTHOR:
            continue
        speaker = _roots(doc, [claim.speaker_span], tokens)
        for pair in pair_speakers(layout, words, content, rules):
            asked.add([pair], int(pair.second in speaker))


def _match_entities(doc: Doc, gold: GoldArticle) -> dict[str, str]:
    """For each marked entity the key of the found one that it is: by its name, else by the words they share."""
    group = doc.spans["entities"]
    facts = group.attrs["entities"]
    found = {}
    for entity in gold.entities:
        shared: Counter[str] = Counter()
        for span in group:
            bonus = 100 if normalise(facts[span.id_]["canonical"]) == normalise(entity.name) else 0
            for mention in entity.mentions:
                common = min(span.end_char, mention.end) - max(span.start_char, mention.start)
                if common > 0:
                    shared[span.id_] += common + bonus
        if shared:
            found[entity.name] = shared.most_common(1)[0][0]
    return found
