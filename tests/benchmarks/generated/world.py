"""The world that the articles of a generated store tell of: who there is, what they agreed, and which article tells of what.

All of it follows from a seed. How often something is named falls with its rank (Zipf): a few states are in most articles, most
agreements in one or two. Of agreements that is a Yule process (an observation is of something new, or of what an earlier one
was of), with a few giants that every fourth observation is of: the largest row has thousands.
"""

import random
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from generated.words import TOPICS, Grammar, Ranked, make_name, rank

from pipeline.enumerations import AgreementKind, EntityType

# What an average article has: of the bar, 80,000 and 200,000 for 20,000 articles.
AGREEMENTS, CLAIMS = 4.1, 10.0
MORE = 200  #: articles beyond those of the store: tomorrow's, to be saved one by one
_NEW = 0.5  # of observations: the first of their agreement; so a register has half as many rows
_GIANTS = (0.05, 0.03, 0.02, 0.015, 0.01, 0.008, 0.006, 0.005)  # shares of all observations
_NAMED = 0.5  # of agreements
_COPIED = 0.02  # of articles: another publisher printed it the day before
_FIRST_DAY, _DAYS = date(2016, 1, 4), 3_640
_SPECIES = {
    AgreementKind.TREATY: "Accord",
    AgreementKind.JOINT_DECLARATION: "Declaration",
    AgreementKind.COALITION: "Coalition",
    AgreementKind.CAPABILITY_PROGRAMME: "Programme",
    AgreementKind.OPERATION_MISSION: "Mission",
    AgreementKind.FUNDING_INSTRUMENT: "Facility",
    AgreementKind.SANCTIONS_REGIME: "Sanctions Package",
    AgreementKind.STRATEGY_DOCUMENT: "Strategy",
    AgreementKind.INSTITUTION_BODY: "Centre",
    AgreementKind.SECURITY_GUARANTEE: "Guarantee",
    AgreementKind.SPENDING_TARGET: "spending target",
    AgreementKind.ACCESSION: "accession talks",
    AgreementKind.OTHER_COMMITMENT: "pledge",
}


class Someone(NamedTuple):
    """An actor as articles name it."""

    name: str
    type: EntityType
    alias: str | None = None
    wikidata: str | None = None


class Pact(NamedTuple):
    """An agreement of this world."""

    number: int
    kind: AgreementKind
    name: str | None
    label: str
    alias: str | None
    topic: str
    parties: tuple[str, ...]
    since: date


class Task(NamedTuple):
    """What one article is to tell of."""

    number: int
    day: date | None
    publisher: str
    pacts: tuple[int, ...]
    claims: int
    words: int
    original: int  #: the number of the article that it is a copy of, or its own


class World:
    """Everything that articles are about, for so many articles (and some more to come) and a seed."""

    def __init__(self, articles: int, seed: int = 1) -> None:
        self.articles, self.seed = articles, seed
        self.grammar = Grammar()
        self.people: dict[str, Someone] = {each.name: each for each in _make_people(articles)}
        self.states = self._rank(EntityType.STATE)
        self.bodies = self._rank(EntityType.ORG)
        self.persons = self._rank(EntityType.PERSON)
        self.publishers = rank([f"The {make_name(300_000 + at)} {each}" for at, each in enumerate(_PAPERS)], 0.8)

    def _rank(self, kind: EntityType) -> Ranked:
        return rank([name for name, each in self.people.items() if each.type is kind])

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """What each article tells of, in the order in which they come in."""
        dice = random.Random(self.seed)
        told: list[int] = []
        newest = len(_GIANTS)
        tasks = []
        for number in range(self.articles + MORE):
            wanted = 0 if dice.random() < 0.08 else 1 + int(dice.expovariate(1 / (AGREEMENTS / 0.92 - 0.5)))
            chosen: dict[int, None] = {}
            for _ in range(min(wanted, 30)):
                pact, newest = self._choose(dice, told, newest)
                chosen[pact] = None
            told.extend(chosen)
            day = None if dice.random() < 0.02 else _FIRST_DAY + timedelta(days=_DAYS * number / self.articles)
            claims = min(60, round(dice.gammavariate(2, CLAIMS / 2)))
            words = min(6_000, max(120, int(dice.lognormvariate(6.15, 0.55))))
            task = Task(number, day, self.publishers.draw(dice)[0], tuple(chosen), claims, words, number)
            before = tasks[-1] if tasks else task
            if dice.random() < _COPIED and task.day and before.day and before.original == before.number:
                task = before._replace(number=number, day=task.day, publisher=task.publisher)
            tasks.append(task)
        return tuple(tasks)

    def _choose(self, dice: random.Random, told: list[int], newest: int) -> tuple[int, int]:
        at = dice.random()
        for giant, share in enumerate(_GIANTS):
            at -= share
            if at < 0:
                return giant, newest
        if dice.random() < _NEW / (1 - sum(_GIANTS)) or not told:
            return newest, newest + 1
        return dice.choice(told), newest

    def pact(self, number: int) -> Pact:
        """The agreement of that number."""
        if number not in self._pacts:
            self._pacts[number] = self._make_pact(number)
        return self._pacts[number]

    @cached_property
    def _pacts(self) -> dict[int, Pact]:
        return {}

    def _make_pact(self, number: int) -> Pact:
        dice = random.Random(f"{self.seed} pact {number}")
        kind = dice.choice(list(_SPECIES)[:-3]) if number < len(_GIANTS) else dice.choice(list(_SPECIES))
        many = number < len(_GIANTS) or dice.random() < 0.06
        wanted = dice.randint(12, 32) if many else dice.randint(1, 5)
        parties = tuple(dict.fromkeys([*self.states.draw(dice, wanted), *self.bodies.draw(dice, dice.randint(0, 1))]))
        topic, own, more = dice.choice(TOPICS), make_name(number * 3), make_name(number * 3 + 1)
        species = _SPECIES[kind]
        is_named = number < len(_GIANTS) or (dice.random() < _NAMED and species[0].isupper())
        name = f"{own} {species}" if is_named else None
        label = name or f"{species.lower()} of {parties[0]} on {own.lower()} {more.lower()}"
        alias = f"{more} Initiative" if name and dice.random() < 0.2 else None
        since = _FIRST_DAY + timedelta(days=dice.randrange(_DAYS))
        return Pact(number, kind, name, label, alias, topic, parties, since)


_PAPERS = (
    "Post",
    "Herald",
    "Courier",
    "Review",
    "Ministry",
    "Monitor",
    "Agency",
    "Institute",
    "Gazette",
    "Tribune",
) * 8


def _make_people(articles: int) -> list[Someone]:
    """States, bodies and persons: of the last two the more, the more articles there are."""
    states = [Someone(make_name(200_000 + at * 11) + "ia", EntityType.STATE, None, f"Q99{at:05}") for at in range(90)]
    bodies = [
        Someone(f"{make_name(400_000 + at * 5)} {_PAPERS[at % 10]}", EntityType.ORG)
        for at in range(60 + articles // 20)
    ]
    persons = [
        Someone(f"{make_name(600_000 + at * 3)} {make_name(800_000 + at * 13)}", EntityType.PERSON, None)
        for at in range(100 + articles // 5)
    ]
    return [*states, *bodies, *persons]
