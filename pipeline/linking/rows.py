"""Observations of one agreement in many articles become one row of the register: by exact name or alias only.

Pure: observations in, links out, each with its reason and score, whatever their order. A link can always be undone:
it is made anew from the observations at every run, and nothing of what was extracted is touched.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from pipeline.records import Confidence, Record, make_record_id, normalise

# An exact name is certain of the words. An alias is one step of naming away from them, and a rule found that step, so
# it stands below an exact name; it is an order for review, not a probability.
_SCORES: dict[str, float] = {"unnamed": 1.0, "name": 1.0, "alias": 0.9}


class Observation(Record):
    """What linking needs of an agreement that one article tells of."""

    agreement_id: str
    name: str | None
    aliases: tuple[str, ...] = ()


class Link(Record):
    """An observation's place in the register."""

    row_id: str
    agreement_id: str
    reason: Literal["unnamed", "name", "alias"]
    score: Confidence = Field(description="1 for the row's own name, below 1 for an alias of it")


def link_by_name(observations: Iterable[Observation]) -> list[Link]:
    """The register row of every observation, sorted by the observation's id.

    Names are compared as :func:`pipeline.records.normalise` leaves them: "The Kensington Treaty" and "Kensington
    treaty's" are one row. A name that exactly one other name has as an alias joins it ("NSS" and "National Security
    Strategy (NSS)"); where two names claim it, it stays a row of its own, because a wrong merge is harder to see than
    a missing one. Two observations that only share an alias ("the coalition") are not joined. An unnamed one is a row
    of its own.
    """
    pending = sorted(observations, key=lambda observation: observation.agreement_id)
    full_names = _find_full_names(pending)
    return [_link(observation, full_names) for observation in pending]


def _link(observation: Observation, full_names: Mapping[str, str]) -> Link:
    key = normalise(observation.name or "")
    if not key:
        row_id = make_record_id("rw", observation.agreement_id, "")
        return Link(row_id=row_id, agreement_id=observation.agreement_id, reason="unnamed", score=_SCORES["unnamed"])
    row_name = _follow(key, full_names)
    reason: Literal["name", "alias"] = "name" if row_name == key else "alias"
    row_id = make_record_id("rw", "", row_name)
    return Link(row_id=row_id, agreement_id=observation.agreement_id, reason=reason, score=_SCORES[reason])


def _find_full_names(observations: Iterable[Observation]) -> dict[str, str]:
    """For each alias that belongs to exactly one other name: that name (both normalised)."""
    claimants: dict[str, set[str]] = {}
    for observation in observations:
        name = normalise(observation.name or "")
        for alias in {normalise(alias) for alias in observation.aliases} - {name, ""}:
            if name:
                claimants.setdefault(alias, set()).add(name)
    return {alias: next(iter(names)) for alias, names in claimants.items() if len(names) == 1}


def _follow(name: str, full_names: Mapping[str, str]) -> str:
    """The name at the end of the chain of aliases; of names that are each other's alias, the longest."""
    path = [name]
    while (following := full_names.get(path[-1])) is not None:
        if following in path:
            circle = path[path.index(following) :]
            return max(circle, key=lambda each: (len(each), each))
        path.append(following)
    return path[-1]
