"""The parties of a row: who most articles say is one, who few do, and roles that contradict each other; pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from pipeline.enumerations import Authority, PartyRole
from pipeline.store.observations import Seen
from pipeline.store.originals import Originals

# An actor that fewer than one in ten articles name stands apart, once there are ten that name any. The extraction finds
# .6 of the parties of a row (test split), so a true one is hardly named by a tenth; what stands beside a famous treaty
# in one article is.
_FEW = 0.1
_ENOUGH = 10

# Roles of one line exclude those of the others; host, beneficiary and target go with any of them.
_CONTRADICTING = (
    frozenset({PartyRole.PARTY, PartyRole.MEMBER, PartyRole.LEAD}),
    frozenset({PartyRole.WITHDRAWN, PartyRole.EXCLUDED}),
    frozenset({PartyRole.CANDIDATE, PartyRole.PROSPECTIVE}),
)
_SHOWN_IDS = 5  # of the observations that name a party; the whole list can be thousands


class Joined(NamedTuple):
    """One actor in one role over all observations of a row."""

    normal: str
    role: PartyRole
    entity: str  #: as the first article has it
    first: Seen  #: the first that says so
    agreement_ids: tuple[str, ...]  #: the first few
    articles: int  #: independent ones that say so
    first_seen: datetime
    is_minor: bool  #: few of the articles that name parties name it, and no official one
    is_past: bool  #: a later article has it in a role that excludes this one


@dataclass
class _Said:
    entity: str
    first: Seen
    first_seen: datetime
    seen: list[Seen] = field(default_factory=list)


def join_parties(seen: Sequence[Seen], originals: Originals) -> list[Joined]:
    """The parties of a row, in the order in which they were named; observations as ``order_seen`` orders them."""
    said: dict[tuple[str, PartyRole], _Said] = {}
    for each in seen:
        for actor in each.parties:
            known = said.setdefault((actor.normal, actor.role), _Said(actor.entity, each, actor.first_seen))
            known.first_seen = min(known.first_seen, actor.first_seen)
            known.seen.append(each)
    naming = originals.count(each.article_id for each in seen if each.parties)
    past = _find_past(said)
    return [
        _join(key, each, articles=originals.count(one.article_id for one in each.seen), naming=naming, past=past)
        for key, each in said.items()
    ]


def _join(
    key: tuple[str, PartyRole], said: _Said, *, articles: int, naming: int, past: set[tuple[str, PartyRole]]
) -> Joined:
    is_official = any(each.authority == Authority.OFFICIAL for each in said.seen)
    ids = dict.fromkeys(each.agreement_id for each in said.seen)
    return Joined(
        normal=key[0],
        role=key[1],
        entity=said.entity,
        first=said.first,
        agreement_ids=tuple(ids)[:_SHOWN_IDS],
        articles=articles,
        first_seen=said.first_seen,
        is_minor=naming >= _ENOUGH and articles < _FEW * naming and not is_official,
        is_past=key in past,
    )


def _find_past(said: dict[tuple[str, PartyRole], _Said]) -> set[tuple[str, PartyRole]]:
    """Roles that a later article's role of the same actor excludes; undated articles settle nothing."""
    roles: dict[str, list[PartyRole]] = defaultdict(list)
    for normal, role in said:
        roles[normal].append(role)
    past = set()
    for normal, held in roles.items():
        groups = [[role for role in held if role in group] for group in _CONTRADICTING]
        found = [group for group in groups if group]
        if len(found) > 1:
            last = max(found, key=lambda group: _last_said(said[normal, role] for role in group))
            past |= {(normal, role) for group in found if group is not last for role in group}
    return past


def _last_said(said: Iterable[_Said]) -> tuple[str, int]:
    seen = [each for one in said for each in one.seen]
    return max((each.published or "" for each in seen), default=""), len(seen)
