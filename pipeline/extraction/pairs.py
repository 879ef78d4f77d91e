"""Which pairs of places are asked about: for training and for use the same, so that what is learned is what is met.

An agreement's row is asked about every entity within :data:`REACH` tokens of one of its mentions, by the two mentions of the
entity that stand nearest to each; about how it stands by each mention and the verb above it; an act and a figure about the
nearest mention of every row around; a mention about those before it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from spacy.tokens import Doc, Span, Token

from pipeline.enumerations import ActType, AgreementKind, Basis, EntityType, PartyRole, Polarity, Status
from pipeline.extraction.relations import Pair
from pipeline.records import Act
from pipeline.status import status_of

REACH = 200  #: tokens: 485 of the 494 parties marked in the dev split were asked about so
_NEAREST = 2
_ACT_REACH = 120
_FIGURE_REACH = 80
MAX_BACK = 25  #: mentions looked back at for the same agreement
T = TypeVar("T")
TYPES = tuple(EntityType)
KINDS = tuple(AgreementKind)
ROLES = tuple(PartyRole)
STATUSES = tuple(Status)
#: What may be party to something. A document or a weapon is none, but an accession is to a pact and a fund to a programme.
_PARTY_TYPES = {each.value for each in EntityType} - {"WEAPON_PROGRAMME", "FACILITY"}
#: The rules' say on a party: 0 they have no such row, 1 to 10 the role, 11 they have the row and not the party, 12 only its
#: sentence names it: right in 66 of 100 cases of the train split, where phrases and verbs are right in 93 and 85.
_NOT_BY_RULE = len(ROLES) + 1
BY_SENTENCE = len(ROLES) + 2
_AROUND = {"sentence", "group"}  #: what find_parties_around calls its finds


class Row(NamedTuple):
    """Where one agreement is spoken of: the tokens that head its mentions, and its kind's number."""

    roots: tuple[int, ...]
    kind: int  #: index in :data:`KINDS`


@dataclass(frozen=True)
class RuleRows:
    """What the rules made of a Doc: which row each mention is in, and who is what to each row."""

    key_of: dict[int, str]  #: token of a mention (its head first of all) -> key
    roles: dict[str, dict[str, int]]  #: key -> canonical name -> number of the role, from 1, or BY_SENTENCE
    statuses: dict[str, int] = field(default_factory=dict)  #: key -> number of the status, from 1; 0 where none is said

    def say_party(self, roots: Sequence[int], name: str) -> int:
        """What they say of an actor and the row of these mentions."""
        keys = {self.key_of[root] for root in roots if root in self.key_of}
        if not keys:
            return 0
        return next((self.roles[key][name] for key in sorted(keys) if name in self.roles[key]), _NOT_BY_RULE)

    def say_status(self, roots: Sequence[int]) -> int:
        """How they say that the row of these mentions stands: 0 they have no such row, 1 they do not say, then as enumerated."""
        keys = {self.key_of[root] for root in roots if root in self.key_of}
        return max((1 + self.statuses.get(key, 0) for key in keys), default=0)

    def say_same(self, first: int, second: int) -> int:
        """What they say of two mentions: 0 nothing, 1 other rows, 2 the same."""
        keys = (self.key_of.get(first), self.key_of.get(second))
        return 0 if None in keys else 1 + (keys[0] == keys[1])


class Entities(NamedTuple):
    """The entities of a Doc that may be party to something: their heads, type's number and name."""

    heads: dict[str, tuple[int, ...]]
    types: dict[str, int]
    names: dict[str, str]
    ordered: tuple[tuple[int, str], ...]  #: every head with its entity's key, in order of the text


def read_entities(doc: Doc) -> Entities:
    """From ``doc.spans["entities"]``."""
    group = doc.spans["entities"]
    facts = group.attrs["entities"]
    heads: dict[str, list[int]] = {}
    types: dict[str, int] = {}
    for span in group:
        if span.label_ in _PARTY_TYPES:
            heads.setdefault(span.id_, []).append(span.root.i)
            types.setdefault(span.id_, 1 + [each.value for each in TYPES].index(span.label_))
    ordered = sorted((head, key) for key, found in heads.items() for head in found)
    names = {key: facts[key]["canonical"] for key in heads}
    return Entities({key: tuple(sorted(found)) for key, found in heads.items()}, types, names, tuple(ordered))


def read_rule_rows(doc: Doc) -> RuleRows:
    """From ``doc.spans["agreements"]``."""
    group = doc.spans.get("agreements")
    if group is None:
        return RuleRows({}, {})
    spans: list[Span] = list(group)
    key_of: dict[int, str] = {}
    for span in spans:
        for i in range(span.start, span.end):
            key_of.setdefault(i, span.id_)
    key_of.update({span.root.i: span.id_ for span in spans})
    facts: dict[str, Any] = group.attrs["agreements"]
    roles = [role.value for role in ROLES]
    return RuleRows(
        key_of,
        {
            key: {p[0]: BY_SENTENCE if p[4] in _AROUND else 1 + roles.index(p[1]) for p in fact["parties"]}
            for key, fact in facts.items()
        },
        {key: number_of(find_status(doc, fact["acts"])) for key, fact in facts.items()},
    )


def number_of(status: Status | None) -> int:
    """The number of a status, from 1; 0 for none."""
    return 0 if status is None else 1 + STATUSES.index(status)


def find_status(doc: Doc, acts: Iterable[Sequence[Any]]) -> Status | None:
    """How a row stands by its acts as they stand on the Doc, before their dates are known."""
    return status_of([_undated(doc[verb], act, polarity, basis) for act, polarity, basis, verb, *_ in acts])


def _undated(verb: Token, act: str, polarity: str, basis: str) -> Act:
    end = verb.idx + len(verb)
    return Act(
        act=ActType(act), polarity=Polarity(polarity), basis=Basis(basis), start=verb.idx, end=end, text=verb.text
    )


def pair_status(doc: Doc, row: Row, rules: RuleRows) -> list[Pair]:
    """The pairs by which a row is asked how it stands: each mention with the verb above it."""
    said = rules.say_status(row.roots)
    return [Pair(root, verb_above(doc[root]).i, 0, 1 + row.kind, said) for root in row.roots]


def verb_above(token: Token) -> Token:
    """The verb of the clause a word stands in: "signed" for the treaty in "signed a treaty"; the word itself without one."""
    return next((each for each in token.ancestors if each.pos_ in {"VERB", "AUX"}), token)


def pair_with_parties(row: Row, entities: Entities, rules: RuleRows) -> dict[str, list[Pair]]:
    """For each entity around a row the pairs that are asked about."""
    around = {key for root in row.roots for _, key in _within(entities.ordered, root, REACH)}
    found = {}
    for key in (each for each in entities.heads if each in around):
        said = rules.say_party(row.roots, entities.names[key])
        near = {(root, head) for root in row.roots for head in _nearest(entities.heads[key], root)}
        found[key] = [Pair(root, head, entities.types[key], 1 + row.kind, said) for root, head in sorted(near)]
    return found


def pair_acts(acts: Iterable[int], rows: Sequence[Row]) -> dict[int, dict[int, Pair]]:
    """For each token that says an act, the rows it may be of (by number), with the nearest mention of each."""
    ordered = _order(rows)
    return {act: _pair_with_rows(act, rows, _within(ordered, act, _ACT_REACH)) for act in acts}


def pair_figures(numbers: Iterable[int], rows: Sequence[Row]) -> dict[int, dict[int, Pair]]:
    """For each number, the rows it may be said of (by number), with the nearest mention of each."""
    ordered = _order(rows)
    return {number: _pair_with_rows(number, rows, _within(ordered, number, _FIGURE_REACH)) for number in numbers}


def _order(rows: Sequence[Row]) -> list[tuple[int, int]]:
    return sorted((root, number) for number, row in enumerate(rows) for root in row.roots)


def _within(ordered: Sequence[tuple[int, T]], token: int, reach: int) -> Sequence[tuple[int, T]]:
    """The part of an ordered list that stands within reach of a token: an article's length costs nothing."""
    first = bisect_left(ordered, token - reach, key=lambda each: each[0])
    return ordered[first : bisect_right(ordered, token + reach, key=lambda each: each[0])]


def _nearest(heads: Sequence[int], token: int) -> list[int]:
    """The mentions of an entity that stand nearest, of equals the earlier."""
    at = bisect_left(heads, token)
    return sorted(heads[max(0, at - _NEAREST) : at + _NEAREST], key=lambda head: (abs(head - token), head))[:_NEAREST]


def _pair_with_rows(token: int, rows: Sequence[Row], around: Iterable[tuple[int, int]]) -> dict[int, Pair]:
    nearest: dict[int, int] = {}
    for root, number in around:
        if number not in nearest or abs(root - token) < abs(nearest[number] - token):
            nearest[number] = root
    return {number: Pair(token, root, 0, 1 + rows[number].kind) for number, root in sorted(nearest.items())}


def pair_mentions(mentions: Sequence[tuple[int, int]], rules: RuleRows) -> list[tuple[int, int, Pair]]:
    """Each mention (its head, the number of its kind) with those before it: their places in the list, and the pair."""
    found = []
    for later, (root, _) in enumerate(mentions):
        for earlier in range(max(0, later - MAX_BACK), later):
            other, kind = mentions[earlier]
            found.append((later, earlier, Pair(root, other, 0, 1 + kind, rules.say_same(root, other))))
    return found


def find_numbers(doc: Doc) -> list[int]:
    """Tokens that may be a figure: "26", "twenty", "5%", "€6bn"; years and days are sorted out by what is learned."""
    return [token.i for token in doc if token.like_num or any(character.isdigit() for character in token.text[:2])]
