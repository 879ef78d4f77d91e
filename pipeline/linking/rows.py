"""Observations of one agreement in many articles become one row of the register: each new one joins a row or founds one.

Pure: an article's observations and the candidates that share a key with them in, links with their reasons out. An article
says of an agreement once, so of its observations at most one joins a row; the surest go first. A link that stands stays,
unless what was compared, or what a person says of it, has changed.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from pydantic import Field

from pipeline.linking.observations import Features
from pipeline.linking.score import Reason, compare, explain, find_likelihood
from pipeline.linking.vetoes import find_veto, is_certain_name
from pipeline.records import Confidence, Record, make_record_id

# Logit: as likely as not by the weights, which see a hundred pairs that are not one for ten that are. Train split: precision
# .95, recall .80; at .5 the recall is .06 less for .01 of precision.
THRESHOLD = 0.0
# Of a row's candidates the nearest counts this much, all together the rest: one likeness may be chance. Against .5 it costs
# nothing on the train split, and in no order of the articles do wrong rows grow by it.
_NEAREST = 0.3
# A name that only one agreement bears decides, whatever else differs: articles name a coalition's other members, and see
# a body in what others see an operation in.
_NAMED = 3.0
# What stands in a row stays there unless another is clearly nearer: ids in briefs and notes should not wander.
_STAYING = 1.0
# Two rows become one only by name and far beyond the threshold (99 %): nobody looks for what is gone.
_MERGING = 4.0
_MOST_REASONS = 8
_MOST_FOUNDED = 8  # how often one observation may found a row that others then keep


class Candidate(NamedTuple):
    """An observation that stands in a row already."""

    row_id: str
    features: Features


class Link(Record):
    """An observation's place in the register."""

    row_id: str
    agreement_id: str
    reason: str  #: the heaviest of its reasons in a word: "first", "name", "alias", "likeness", "person"
    score: Confidence = Field(description="1 for the first of a row and what a person said, else how likely it is")
    reasons: tuple[Reason, ...] = ()


class Merge(Record):
    """Two rows that an article shows to be one."""

    from_id: str
    to_id: str
    reason: str


class Said(NamedTuple):
    """What people said of one observation: the rows it belongs in and may not stand in, by other observations there."""

    wanted: tuple[str, ...] = ()  #: row ids, the one with most of the observations it is one with first
    barred: frozenset[str] = frozenset()


class Now(NamedTuple):
    """How the register stands, as far as an article's observations are concerned."""

    standing: Mapping[str, str] = {}  #: the row that an observation stands in already, by its id
    taken: Collection[str] = ()  #: rows that other observations of the article stand in, and stay in
    unfree: Collection[str] = ()  #: rows that none may found, since others stand in them or they were merged away


class Plan(NamedTuple):
    """What is to be saved for one article."""

    links: tuple[Link, ...]
    merges: tuple[Merge, ...] = ()


class _Choice(NamedTuple):
    logit: float
    row_id: str
    one: Features
    nearest: Features


_UNSAID = Said()
_EMPTY = Now()


def link_article(
    observations: Sequence[Features],
    candidates: Mapping[str, Collection[Candidate]],
    *,
    now: Now | None = None,
    said: Mapping[str, Said] | None = None,
) -> Plan:
    """The links of an article's observations, and the rows that they show to be one.

    Args:
        observations: those to be linked, all of one article.
        candidates: what shares a key with each of them (by its id), of other articles.
        now: how the register stands.
        said: what people said, by the observation's id.
    """
    (standing, taken, unfree), said = now or _EMPTY, said or {}
    choices = {
        each.agreement_id: _find_choices(each, candidates.get(each.agreement_id, ()), standing.get(each.agreement_id))
        for each in observations
    }
    links = {each: link for each, held in said.items() if each in choices and (link := _obey(each, held))}
    used = {*taken, *(link.row_id for link in links.values())}
    ordered = [(choice, each) for each, found in choices.items() if each not in links for choice in found]
    for choice, each in sorted(ordered, key=lambda pair: (-pair[0].logit, pair[1], pair[0].row_id)):
        is_barred = choice.row_id in used or choice.row_id in said.get(each, _UNSAID).barred
        if each not in links and not is_barred and choice.logit >= THRESHOLD:
            links[each] = _join(each, choice)
            used.add(choice.row_id)
    for each in sorted(set(choices) - set(links)):
        links[each] = _found(each, standing.get(each), {*used, *unfree, *said.get(each, _UNSAID).barred})
        used.add(links[each].row_id)
    merges = [merge for each in observations for merge in _find_merges(links[each.agreement_id], each, choices, used)]
    return Plan(tuple(links[each] for each in sorted(links)), tuple(merges))


def _find_choices(one: Features, candidates: Iterable[Candidate], now: str | None) -> list[_Choice]:
    """The rows that an observation may join, each with how likely that is; none that a rule forbids."""
    rows: dict[str, list[Features]] = defaultdict(list)
    for row_id, features in candidates:
        rows[row_id].append(features)
    found = [_weigh(one, row_id, members) for row_id, members in rows.items()]
    return [
        choice._replace(logit=choice.logit + _STAYING) if choice.row_id == now else choice
        for choice in found
        if choice is not None
    ]


def _weigh(one: Features, row_id: str, members: Sequence[Features]) -> _Choice | None:
    # Where one of a row's observations bears its name, or has it for an alias, those under another name say nothing.
    members = [other for other in members if is_certain_name(one, other)] or members
    if any(find_veto(one, other) for other in members):
        return None
    logits = [(max(compare(one, other), _find_least(one, other)), other) for other in members]
    best, nearest = max(logits, key=lambda pair: (pair[0], pair[1].agreement_id))
    mean = math.fsum(logit for logit, _ in logits) / len(logits)
    return _Choice(_NEAREST * best + (1 - _NEAREST) * mean, row_id, one, nearest)


def _find_least(one: Features, other: Features) -> float:
    return _NAMED if is_certain_name(one, other) else -math.inf


def _obey(agreement_id: str, held: Said) -> Link | None:
    """The link that a person wants, if any; a row from which a person keeps it is none."""
    row_id = next((each for each in held.wanted if each not in held.barred), None)
    if row_id is None:
        return None
    reason = Reason(sort="person", words="a person said that they are one", weight=0.0)
    return Link(row_id=row_id, agreement_id=agreement_id, reason="person", score=1.0, reasons=(reason,))


def _join(agreement_id: str, choice: _Choice) -> Link:
    reasons = explain(choice.one, choice.nearest)
    sorts = {reason.sort for reason in reasons if reason.weight > 0}
    reason = "name" if "name" in sorts else "alias" if sorts & {"alias", "short form"} else "likeness"
    return Link(
        row_id=choice.row_id,
        agreement_id=agreement_id,
        reason=reason,
        score=find_likelihood(choice.logit),
        reasons=reasons[:_MOST_REASONS],
    )


def _found(agreement_id: str, now: str | None, used: Collection[str]) -> Link:
    """A row of its own: the one it stands in alone, else one that bears its id."""
    ids = ([now] if now else []) + list_row_ids(agreement_id)
    row_id = next((each for each in ids if each not in used), ids[-1])
    return Link(row_id=row_id, agreement_id=agreement_id, reason="first", score=1.0)


def _find_merges(
    link: Link, one: Features, choices: Mapping[str, Sequence[_Choice]], used: Collection[str]
) -> list[Merge]:
    """The other rows whose name this observation bears too: its article says that both names are one."""
    if link.reason in ("first", "person"):
        return []
    return [
        Merge(from_id=choice.row_id, to_id=link.row_id, reason=f"{one.shown}: {choice.nearest.shown}")
        for choice in choices[one.agreement_id]
        if choice.row_id not in used and choice.logit >= _MERGING and is_certain_name(one, choice.nearest)
    ]


def list_row_ids(agreement_id: str) -> list[str]:
    """The ids that a row founded by this observation may get, in this order."""
    return [make_record_id("rw", agreement_id, "", occurrence) for occurrence in range(_MOST_FOUNDED)]
