"""Articles of a generated world: their text, and the records that an extractor would have made of it."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from generated.words import Ranked
from generated.world import Pact, Task, World

from pipeline.embedding.passages import find_passages
from pipeline.enumerations import ActType, ClaimType, PartyRole
from pipeline.records import (
    AUTHOR,
    Act,
    Agreement,
    Article,
    Claim,
    Due,
    Entity,
    Extraction,
    Figure,
    Mention,
    Party,
    Passage,
    Provenance,
    RawArticle,
    Span,
    Speaker,
    make_article_id,
    make_record_id,
)
from pipeline.status import status_of

FINGERPRINT = "generated"
# How a source is known, by the last word of its publisher's name; the others are nobody's in the catalogue.
AUTHORITIES = {"Ministry": "official", "Agency": "agency", "Post": "press", "Herald": "press", "Institute": "analysis"}
_COURSE = (ActType.PROPOSED, ActType.AGREED, ActType.SIGNED, ActType.ENTERED_INTO_FORCE, ActType.EXTENDED)
_SETBACKS = (ActType.STALLED, ActType.SUSPENDED, ActType.WITHDREW, ActType.TERMINATED)
_CUES = ("said", "warned", "argued", "told reporters", "noted")
_TAILS = (
    "{} will not wait",
    "{} has to pay for it",
    "{} would rather talk",
    "nobody in {} is surprised",
    "{} may still refuse",
    "the choice is left to {}",
    "{} keeps its own timetable",
    "little of it reaches {}",
    "{} asks for guarantees",
)


class Made(NamedTuple):
    """An article with everything that saving it takes."""

    raw: RawArticle
    article: Article
    extraction: Extraction
    passages: tuple[Passage, ...]
    at: datetime  #: when it came in


class _Text:
    """A text that grows sentence by sentence and knows where its words stand."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.words = 0

    def add(self, sentence: str, *, is_last: bool = False) -> int:
        """Where the sentence begins."""
        start = self.length
        part = sentence + ("\n\n" if is_last else " ")
        self.parts.append(part)
        self.length += len(part)
        self.words += sentence.count(" ") + 1
        return start


class _Writer:
    """Writes one article: its sentences, and beside them what they say."""

    def __init__(self, world: World, task: Task) -> None:
        self.world, self.task = world, task
        self.dice = random.Random(f"{world.seed} article {task.original}")
        address = f"https://press.example/{task.number:07}"
        self.article_id = make_article_id(address)
        self.address = address
        self.day = world.tasks[task.original].day  # a copy tells of it as its original did
        self.text = _Text()
        self.mentions: dict[str, list[Mention]] = defaultdict(list)
        self.agreements: list[Agreement] = []
        self.claims: list[Claim] = []

    def write(self) -> Made:
        pacts = [self.world.pact(number) for number in self.task.pacts]
        self.title = self._make_title(pacts)
        jobs: list[Any] = [*pacts, *([None] * self.task.claims)]
        self.dice.shuffle(jobs)
        filler = max(0, self.task.words - 26 * len(pacts) - 22 * self.task.claims) // 17
        for job in jobs:
            for _ in range(self._round(filler / max(1, len(jobs)))):
                self._tell(self.world.grammar.sentence(self.dice))
            if job is None:
                self._write_claim(pacts)
            else:
                self._write_pact(job)
        self._tell(self.world.grammar.sentence(self.dice), is_last=True)
        if self.task.original != self.task.number:
            self._tell(f"First printed elsewhere, here by {self.task.publisher}.", is_last=True)
        return self._finish()

    def _round(self, number: float) -> int:
        return int(number) + (self.dice.random() < number % 1)

    def _tell(self, sentence: str, *, is_last: bool | None = None) -> int:
        ends = self.dice.random() < 0.22 if is_last is None else is_last
        return self.text.add(sentence, is_last=ends)

    def _make_title(self, pacts: list[Pact]) -> str:
        about = pacts[0].name or pacts[0].topic.capitalize() if pacts else "No news"
        return f"{about}: {self.world.grammar.clause(self.dice)}"[:90]

    def _write_pact(self, pact: Pact) -> None:
        act, happened = self._find_act(pact)
        called = pact.name or pact.label
        some = self._choose_parties(pact)
        listed = ", ".join(some)
        said = f" on {_write_day(happened)}" if happened else ""
        sentence = f"The {called}, known for {pact.topic}, was {_SAID[act]}{said} by {listed}."
        start = self._tell(sentence)
        whole = _span(sentence, start, sentence)
        parties = []
        for name in some:
            self._mention(name, sentence, start)
            role = PartyRole.LEAD if name == pact.parties[0] else PartyRole.PARTY
            parties.append(Party(**whole, entity=name, role=role, rule="generated", confidence=0.8))
        acts = [Act(**whole, act=act, date=happened.isoformat() if happened else None, rule="generated")]
        mentions = [Span(**_span(sentence, start, called))]
        if self.dice.random() < 0.5:
            more = f"Under the {called}, {self.world.grammar.clause(self.dice)}."
            mentions.append(Span(**_span(more, self._tell(more), called)))
        self.agreements.append(
            Agreement(
                id=make_record_id("ag", self.article_id, called),
                name=pact.name,
                label=pact.label,
                aliases=(pact.alias,) if pact.alias and self.dice.random() < 0.5 else (),
                kind=pact.kind,
                status=status_of(acts),
                date=acts[0].date,
                subject=f"{pact.topic} {pact.label.split()[0].lower()}",
                confidence=round(self.dice.uniform(0.45, 0.98), 2),
                parties=tuple(parties),
                mentions=tuple(mentions),
                acts=tuple(acts),
                figures=self._find_figures(pact, whole),
                due=self._find_due(whole),
                rule="generated",
            )
        )

    def _find_act(self, pact: Pact) -> tuple[ActType, date | None]:
        if self.day is None:
            return ActType.AGREED, None
        age = (self.day - pact.since).days / 300
        course = _COURSE[max(0, min(len(_COURSE) - 1, int(age) + 1))]
        act = self.dice.choice(_SETBACKS) if self.dice.random() < 0.03 else course
        happened = self.day - timedelta(days=self.dice.randint(0, 9))
        return act, happened if self.dice.random() < 0.6 else None

    def _choose_parties(self, pact: Pact) -> list[str]:
        most = min(len(pact.parties), self.dice.randint(1, 6))
        some = [*pact.parties[:1], *self.dice.sample(pact.parties[1:], max(0, most - 1))]
        if self.dice.random() < 0.04:
            some += [each for each in self.world.states.draw(self.dice) if each not in some]
        return some

    def _find_figures(self, pact: Pact, whole: dict[str, Any]) -> tuple[Figure, ...]:
        if self.dice.random() > 0.15:
            return ()
        value = len(pact.parties) + (self.dice.random() < 0.2)
        return (Figure(**whole, name="members", value=float(value)),)

    def _find_due(self, whole: dict[str, Any]) -> tuple[Due, ...]:
        if self.dice.random() > 0.05 or self.day is None:
            return ()
        day = self.day + timedelta(days=self.dice.randint(30, 900))
        return (Due(**whole, date=day.isoformat(), date_text=_write_day(day)),)

    def _write_claim(self, pacts: list[Pact]) -> None:
        (state,) = self.world.states.draw(self.dice)
        content = f"{self.world.grammar.clause(self.dice)}, and {self.dice.choice(_TAILS).format(state)}"
        kind = self.dice.choice(list(ClaimType))
        speaker: Speaker | None = None
        cue = None
        if self.dice.random() < 0.25:
            sentence = f"{content[0].upper()}{content[1:]}."
            start = self._tell(sentence)
            content, speaker = sentence[:-1], Speaker(name=AUTHOR)
        else:
            (who,) = self._draw_speaker().draw(self.dice)
            said = self.dice.choice(_CUES)
            sentence = f"{who} {said} that {content}."
            start = self._tell(sentence)
            speaker, cue = Speaker(name=who, **_span(sentence, start, who)), Span(**_span(sentence, start, said))
            self._mention(who, sentence, start)
        self._mention(state, sentence, start)
        about = self.dice.choice(pacts).label if pacts and self.dice.random() < 0.4 else state
        self.claims.append(
            Claim(
                id=make_record_id("cl", self.article_id, content, len(self.claims)),
                type=kind,
                hedged=self.dice.random() < 0.2,
                negated=self.dice.random() < 0.1,
                direct=False,
                about=(about,),
                content=(Span(**_span(sentence, start, content)),),
                speaker=speaker,
                cue=cue,
                confidence=round(self.dice.uniform(0.4, 0.97), 2),
                rule="generated",
            )
        )

    def _draw_speaker(self) -> Ranked:
        return self.world.persons if self.dice.random() < 0.7 else self.world.bodies

    def _mention(self, name: str, sentence: str, start: int) -> None:
        self.mentions[name].append(Mention(**_span(sentence, start, name)))

    def _finish(self) -> Made:
        task, text = self.task, "".join(self.text.parts).rstrip()
        published = task.day.isoformat() if task.day else None
        article = Article(
            id=self.article_id,
            address=self.address,
            title=self.title,
            authors=tuple(self.world.persons.draw(self.dice)),
            published=published,
            publisher=task.publisher,
            text=text,
            provenance=Provenance(body="text", origins={"title": "given"}),
        )
        raw = RawArticle(
            address=self.address,
            media_type="text/plain",
            body=text.encode(),
            fetched_at=find_arrival(self.world, task),
            given={"published": published, "publisher": task.publisher},
            source=find_source(task.publisher),
        )
        extraction = Extraction(
            article_id=self.article_id,
            fingerprint=FINGERPRINT,
            entities=tuple(self._make_entities()),
            agreements=tuple(self.agreements),
            claims=tuple(self.claims),
        )
        return Made(raw, article, extraction, find_passages(article), raw.fetched_at)

    def _make_entities(self) -> Iterable[Entity]:
        for name, mentions in self.mentions.items():
            known = self.world.people[name]
            yield Entity(
                id=make_record_id("en", self.article_id, name),
                type=known.type,
                canonical=name,
                wikidata=known.wikidata,
                mentions=tuple(mentions),
                rule="gazetteer" if known.wikidata else "generated",
            )


_SAID = {
    ActType.PROPOSED: "proposed",
    ActType.AGREED: "agreed",
    ActType.SIGNED: "signed",
    ActType.ENTERED_INTO_FORCE: "put into force",
    ActType.EXTENDED: "extended",
    ActType.STALLED: "held up",
    ActType.SUSPENDED: "suspended",
    ActType.WITHDREW: "left",
    ActType.TERMINATED: "ended",
}


def make_article(world: World, task: Task) -> Made:
    """The article of a task: the same each time."""
    return _Writer(world, task).write()


def find_source(publisher: str) -> str | None:
    """The name in the catalogue of the source that a publisher's articles come from, if it is in there."""
    return publisher if publisher.rsplit(maxsplit=1)[-1] in AUTHORITIES else None


def find_arrival(world: World, task: Task) -> datetime:
    """When an article came in: in the order of their numbers, on their days."""
    last = (
        next(each.day for each in reversed(world.tasks[: task.number + 1]) if each.day)
        if task.day is None
        else task.day
    )
    return datetime.combine(last, time(6), UTC) + timedelta(seconds=task.number % 60_000)


def _span(sentence: str, start: int, words: str) -> dict[str, Any]:
    at = start + sentence.index(words)
    return {"start": at, "end": at + len(words), "text": words}


def _write_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
