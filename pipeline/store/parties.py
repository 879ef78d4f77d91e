"""The parties of a row: who most articles say is one, who few do, and roles that contradict each other; pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pipeline.enumerations import Authority, PartyRole
from pipeline.store.observations import Actor, Place, Seen
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
SHOWN_IDS = 5  # of the observations that name a party; the whole list can be thousands


class Joined(NamedTuple):
    """One actor in one role over all observations of a row."""

    normal: str
    role: PartyRole
    entity: str  #: as the first article has it
    first: Place  #: the first that says so
    agreement_ids: tuple[str, ...]  #: the first few
    articles: int  #: independent ones that say so
    first_seen: datetime
    is_minor: bool  #: few of the articles that name parties name it, and no official one
    is_past: bool  #: a later article has it in a role that excludes this one


Key = tuple[str, PartyRole]  # an actor's name as it is compared, and what it is in the agreement


@dataclass
class Said:
    """What is said of one actor in one role."""

    entity: str
    first: Place
    first_seen: datetime
    agreement_ids: tuple[str, ...] = ()  #: the first few
    articles: int = 0  #: independent ones
    times: int = 0
    last: str = ""  #: when it was said last, by an article with a date
    is_official: bool = False

    def add(self, seen: Seen, actor: Actor) -> None:
        """Let a later observation say so too."""
        self.first_seen = min(self.first_seen, actor.first_seen)
        if len(self.agreement_ids) < SHOWN_IDS and seen.agreement_id not in self.agreement_ids:
            self.agreement_ids = (*self.agreement_ids, seen.agreement_id)
        self.times += 1
        self.last = max(self.last, seen.published or "")
        self.is_official = self.is_official or seen.authority == Authority.OFFICIAL


def join_parties(seen: Sequence[Seen], originals: Originals) -> list[Joined]:
    """The parties of a row, in the order in which they were named; observations as ``order_seen`` orders them."""
    said: dict[Key, Said] = {}
    articles: dict[Key, set[str]] = defaultdict(set)
    for each in seen:
        for actor in each.parties:
            key = (actor.normal, actor.role)
            place = Place(each.agreement_id, each.article_id, each.published)
            said.setdefault(key, Said(actor.entity, place, actor.first_seen)).add(each, actor)
            articles[key].add(each.article_id)
    for key, each_said in said.items():
        each_said.articles = originals.count(articles[key])
    return close_parties(said, naming=originals.count(each.article_id for each in seen if each.parties))


def close_parties(said: Mapping[Key, Said], *, naming: int) -> list[Joined]:
    """The parties as they stand, from what is said of each and the number of independent articles that name any."""
    past = _find_past(said)
    return [
        Joined(
            normal=key[0],
            role=key[1],
            entity=each.entity,
            first=each.first,
            agreement_ids=each.agreement_ids,
            articles=each.articles,
            first_seen=each.first_seen,
            is_minor=naming >= _ENOUGH and each.articles < _FEW * naming and not each.is_official,
            is_past=key in past,
        )
        for key, each in said.items()
    ]


def _find_past(said: Mapping[Key, Said]) -> set[Key]:
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


def _last_said(said: Iterable[Said]) -> tuple[str, int]:
    each = list(said)
    return max(one.last for one in each), sum(one.times for one in each)
