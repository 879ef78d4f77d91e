"""What a large row comes to, in so few words that one more article is added to it without reading the others; pure.

A summary says of its observations what :mod:`pipeline.store.observations` and :mod:`pipeline.store.parties` say of them all
(a test compares the two). It grows with what is said (names, actors, publishers), not with how many articles say so. Only
adding is possible: where something is taken back or corrected, the row is made from nothing. An article is counted as one more
that says so; who adds it takes that back where it repeats others (:mod:`pipeline.store.growth`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from pipeline.enumerations import ActType, AgreementKind, Authority, Basis, PartyRole, Polarity, Review, Status
from pipeline.records import normalise
from pipeline.status import status_of
from pipeline.store.contrasts import Contrasts
from pipeline.store.days import Tally, Walk, first_day
from pipeline.store.observations import Actor, Deed, Outline, Place, Seen, by_publication, date_of
from pipeline.store.parties import SHOWN_IDS, Joined, Said, close_parties

#: Observations that a list's row carries; the page of a row has them all.
LISTED = 5
#: The walks of so many days of publication are kept: what was published earlier makes a row from nothing.
KEPT_DAYS = 30
_Key = list[Any]  # by_publication of an observation


@dataclass
class Summary:
    """A row's observations, one added after the other in any order; every field can be JSON."""

    observed: int = 0
    independent: int = 0  #: articles, of those that repeat each other one
    naming: int = 0  #: of them, those that name parties
    own: int = 0  #: observations that are not there for an alias
    names: dict[str, list[int]] = field(default_factory=dict)  #: uses by those, and by all
    aliases: dict[str, list[Any]] = field(default_factory=dict)  #: as compared: the first place, and its spelling
    kinds: dict[str, list[Any]] = field(default_factory=dict)  #: uses, and the first place
    strongest: list[Any] = field(default_factory=list)  #: confidence, place, label
    dates: dict[str, list[Any]] = field(default_factory=dict)  #: the last place and its date, of opinions and of others
    subjects: dict[str, list[Any]] = field(default_factory=dict)
    undated: dict[str, list[list[Any]]] = field(default_factory=dict)  #: acts of articles without a date
    is_official: bool = False
    parties: dict[str, dict[str, Any]] = field(default_factory=dict)
    publishers: list[str] = field(default_factory=list)
    authorities: list[str] = field(default_factory=list)
    listed: list[_Key] = field(default_factory=list)  #: the last few places
    published: list[str] = field(default_factory=list)  #: first and last
    seen: list[str] = field(default_factory=list)  #: when the first and the last came in
    arrived: str = ""  #: when the last of them, or of their parties, did
    reviews: list[str] = field(default_factory=list)  #: what people decided of observations
    days: int = 0  #: of publication
    walks: list[list[Any]] = field(default_factory=list)  #: the last of them, each with the walk until then
    contrasts: dict[str, Any] = field(default_factory=lambda: asdict(Contrasts()))

    def add(self, seen: Seen) -> None:
        """Let the row have one observation more, of an article that has none in it, counted as repeating none of the others."""
        key = list(by_publication(seen))
        self.observed += 1
        self.independent += 1
        self.is_official = self.is_official or seen.authority == Authority.OFFICIAL
        self._add_outline(seen, key)
        self._add_times(seen, key)
        self._add_status(seen)
        self.naming += bool(seen.parties)
        for actor in {(each.normal, each.role): each for each in reversed(seen.parties)}.values():
            _add_party(self.parties, seen, actor, key)

    def takes(self, seen: Seen) -> bool:
        """Whether how the row stood by day can be told with this one too: not if it was published long ago."""
        if not seen.published or self.days == len(self.walks):
            return True
        return first_day(seen.published).isoformat() >= str(self.walks[0][0])

    def stand(self, day: str) -> tuple[Status | None, str | None]:
        """How the row stood on one of the last days of publication."""
        return Walk.load(dict(self.walks)[day]).stand()

    def outline(self) -> Outline:
        """As :func:`pipeline.store.observations.make_outline` says it."""
        uses = {name: each[0] if self.own else each[1] for name, each in self.names.items()}
        named = [name for name, number in uses.items() if number]
        name = max(named, key=lambda each: (uses[each], len(each), each), default=None)
        aliases = sorted(
            ((key, text) for normal, (key, text) in self.aliases.items() if normal != normalise(name or ""))
        )
        kind = min(self.kinds, key=lambda each: (-self.kinds[each][0], self.kinds[each][1]))
        confidence, _, label = self.strongest
        status, day = self._find_status()
        return Outline(
            name=name,
            label=name or label,
            aliases=tuple(text for _, text in aliases),
            kind=AgreementKind(kind),
            status=status,
            status_date=day,
            date=self._find_last(self.dates),
            subject=self._find_last(self.subjects),
            confidence=confidence,
        )

    def joined(self) -> list[Joined]:
        """As :func:`pipeline.store.parties.join_parties` says it."""
        ordered = sorted(self.parties.values(), key=lambda each: each["places"][0])
        return close_parties({_key_of(each): _make_said(each) for each in ordered}, naming=self.naming)

    def differs(self) -> bool:
        """Whether its articles contradict each other."""
        return bool(self.contrasts["differs"])

    def find_review(self) -> Review | None:
        """What decisions on its observations come to."""
        return next((each for each in (Review.UNSURE, Review.ACCEPT) if each in self.reviews), None)

    def _add_outline(self, seen: Seen, key: _Key) -> None:
        is_own = seen.reason != "alias"
        self.own += is_own
        if seen.name:
            own, every = self.names.get(seen.name, [0, 0])
            self.names[seen.name] = [own + is_own, every + 1]
        for at, alias in enumerate(each for each in (seen.name, *seen.aliases) if each):
            place, normal = [[*key, at], alias], normalise(alias)
            self.aliases[normal] = min(self.aliases.get(normal, place), place)
        uses, first = self.kinds.get(seen.kind, [0, key])
        self.kinds[seen.kind.value] = [uses + 1, min(first, key)]
        if not self.strongest or (-seen.confidence, key) < (-self.strongest[0], self.strongest[1]):
            self.strongest = [seen.confidence, key, seen.label]
        voice = "opinion" if seen.authority == Authority.OPINION else "rest"
        for held, value in ((self.dates, seen.date), (self.subjects, seen.subject)):
            if value is not None:
                held[voice] = max(held.get(voice, [key, value]), [key, value])

    def _add_times(self, seen: Seen, key: _Key) -> None:
        self.listed = sorted([*self.listed, key])[-LISTED:]
        if seen.publisher:
            self.publishers = sorted({*self.publishers, seen.publisher.casefold()})
        if seen.authority:
            self.authorities = sorted({*self.authorities, seen.authority})
        if seen.published:
            days = sorted([*self.published, seen.published])
            self.published = [days[0], days[-1]]
        at = _write_time(seen.first_seen)
        self.seen = [min([*self.seen, at]), max([*self.seen, at])]
        self.arrived = max(self.arrived, at, *(_write_time(each.first_seen) for each in seen.parties))

    def _add_status(self, seen: Seen) -> None:
        contrasts = Contrasts(**self.contrasts)
        contrasts.add(seen)
        self.contrasts = vars(contrasts)
        if seen.published:
            self._add_day(seen, first_day(seen.published).isoformat())
            return
        voice = self.undated.setdefault("opinion" if seen.authority == Authority.OPINION else "rest", [])
        voice += [list(deed) for deed in dict.fromkeys(seen.acts) if list(deed) not in voice]

    def _add_day(self, seen: Seen, day: str) -> None:
        at = next((at for at, (other, _) in enumerate(self.walks) if other >= day), len(self.walks))
        if at == len(self.walks) or self.walks[at][0] != day:
            self.walks.insert(at, [day, self.walks[at - 1][1] if at else Walk().dump()])
            self.days += 1
        for held in self.walks[at:]:
            walk = Walk.load(held[1])
            walk.add(seen)
            held[1] = walk.dump()
        self.walks = self.walks[-KEPT_DAYS:]

    def _find_status(self) -> tuple[Status | None, str | None]:
        walk, rest = Walk.load(self.walks[-1][1]) if self.walks else Walk(), self.undated.get("rest", [])
        everyone = (walk.everyone, [*rest, *self.undated.get("opinion", [])])
        for tally, undated in ((walk.rest, rest), everyone) if self.is_official else (everyone,):
            status, day = _stand(tally, undated)
            if status is not None:
                return status, day
        return None, None

    def _find_last(self, held: dict[str, list[Any]]) -> str | None:
        voices = [held[voice] for voice in ("rest", "opinion") if voice in held]
        if not voices:
            return None
        return str(voices[0][1] if self.is_official else max(voices)[1])


def summarise(seen: Iterable[Seen]) -> Summary:
    """A row's observations in a summary, where none of their articles repeats another."""
    summary = Summary()
    for each in seen:
        summary.add(each)
    return summary


def _stand(tally: Tally, undated: Iterable[Sequence[Any]]) -> tuple[Status | None, str | None]:
    """By dated articles; those without a date are asked where they say nothing."""
    status, day = tally.stand()
    if status is not None:
        return status, day
    acts = [Deed(ActType(act), Polarity(polarity), Basis(basis), day) for act, polarity, basis, day in undated]
    status = status_of(acts)
    return (None, None) if status is None else (status, date_of(acts, status))


def _add_party(parties: dict[str, dict[str, Any]], seen: Seen, actor: Actor, key: _Key) -> None:
    said = [
        (at, each) for at, each in enumerate(seen.parties) if (each.normal, each.role) == (actor.normal, actor.role)
    ]
    at = min(_write_time(each.first_seen) for _, each in said)
    name = f"{actor.role} {actor.normal}"
    new: dict[str, Any] = {
        "normal": actor.normal,
        "role": actor.role.value,
        "first_seen": at,
        "places": [],
        "entity": "",
    }
    held = parties.setdefault(name, new | {"articles": 0, "times": 0, "last": "", "is_official": False})
    place = [*key, said[0][0]]
    if not held["places"] or place < held["places"][0]:
        held["entity"] = said[0][1].entity
    held["places"] = sorted([*held["places"], place])[:SHOWN_IDS]
    held["first_seen"] = min(held["first_seen"], at)
    held["articles"] += 1
    held["times"] += len(said)
    held["last"] = max(held["last"], seen.published or "")
    held["is_official"] = held["is_official"] or seen.authority == Authority.OFFICIAL


def _key_of(held: dict[str, Any]) -> tuple[str, PartyRole]:
    return held["normal"], PartyRole(held["role"])


def _make_said(held: dict[str, Any]) -> Said:
    is_undated, published, article_id, agreement_id, _ = held["places"][0]
    same = {name: held[name] for name in ("entity", "articles", "times", "last", "is_official")}
    return Said(
        **same,
        first=Place(agreement_id, article_id, None if is_undated else published),
        first_seen=datetime.fromisoformat(held["first_seen"]),
        agreement_ids=tuple(place[3] for place in held["places"]),
    )


def _write_time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
