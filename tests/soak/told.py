"""Ready-made articles with their records, each made from a number alone: saving and linking are tried without spaCy."""

from datetime import UTC, datetime
from typing import NamedTuple

from pipeline.enumerations import ActType, AgreementKind, ClaimType, EntityType, PartyRole
from pipeline.records import (
    Act,
    Agreement,
    Article,
    Claim,
    Entity,
    Extraction,
    Mention,
    Party,
    Passage,
    RawArticle,
    Span,
    Speaker,
    make_article_id,
    make_record_id,
)
from pipeline.status import status_of
from pipeline.store.articles import find_article_id, save_article
from pipeline.store.raws import save_raw
from pipeline.store.store import Store

_FIRST = ("Kestrel", "Linden", "Moor", "Fen", "Arden", "Harrow", "Tarn", "Weald", "Corrie", "Dunmore", "Sable")
_SECOND = ("Harbour", "Ridge", "Delta", "Summit", "Valley", "Strait", "Plateau")
_STATES = ("Norland", "Sudland", "Westia", "Ostmark", "Merania", "Calder", "Tolland", "Varny", "Istria Nova")
_PEOPLE = ("Mara Lind", "Jon Berg", "Ines Corvo", "Tomas Hale", "Ana Sole")
_ACTS = (ActType.AGREED, ActType.SIGNED, ActType.RATIFIED)
_FILLER = "The talks of day {0} were held in hall {0} beside quay {0} and ended after {0} hours with a meal for all {0} guests."


class Told(NamedTuple):
    """An article and all that is extracted from it."""

    raw: RawArticle
    article: Article
    extraction: Extraction
    passages: tuple[Passage, ...]

    @property
    def observations(self) -> list[str]:
        """The ids of its agreements."""
        return [each.id for each in self.extraction.agreements]


def tell(number: int, version: int = 1) -> Told:
    """The article of that number; every fourth number tells of the same pact, and every fifth repeats its neighbour's text."""
    address = f"https://soak.example/{number}"
    name = f"{_FIRST[number // 4 % 11]} {_SECOND[number // 44 % 7]} Treaty"
    parties = (_STATES[number // 4 % 9], _STATES[(number // 4 + 1 + number % 2) % 9])
    speaker, act = _PEOPLE[number % 5], _ACTS[number % 3]
    day = f"2025-{1 + number % 12:02}-{1 + number % 28:02}"
    text = f"{parties[0]} and {parties[1]} {act} the {name} on {day}. {speaker} said that part {number} would hold.\n"
    text += _FILLER.format(number - 1 if number % 5 == 4 else number)
    if version > 1:
        text += f"\nNote {version}: the date of part {number} was put right."
    article = Article(
        id=make_article_id(address),
        address=address,
        text=text,
        published=day,
        publisher="The Soak",
        title=f"Part {number}",
    )
    record_id = make_record_id("pa", article.id, text)
    return Told(
        raw=RawArticle(address=address, media_type="text/plain", body=text.encode(), fetched_at=datetime.now(UTC)),
        article=article,
        extraction=Extraction(
            article_id=article.id,
            fingerprint="soak",
            entities=(
                *(_entity(article, each, EntityType.STATE) for each in parties),
                _entity(article, speaker, EntityType.PERSON),
            ),
            agreements=(_agreement(article, name, parties, act, day),),
            claims=(_claim(article, f"part {number} would hold", speaker, name),),
        ),
        passages=(Passage(id=record_id, article_id=article.id, start=0, end=len(text), text=text),),
    )


def save_told(store: Store, told: Told) -> str:
    """Keep the bytes, and save the article as an ingest does; what it came to."""
    raw_id = save_raw(store, told.raw).raw_id
    assert find_article_id(store, told.article) == told.article.id
    return save_article(
        store, raw_id=raw_id, article=told.article, extraction=told.extraction, passages=told.passages
    ).value


def _cut(text: str, words: str) -> dict[str, object]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def _entity(article: Article, name: str, kind: EntityType) -> Entity:
    record_id = make_record_id("en", article.id, name)
    return Entity(id=record_id, type=kind, canonical=name, mentions=(Mention(**_cut(article.text, name)),))


def _agreement(article: Article, name: str, parties: tuple[str, ...], act: ActType, day: str) -> Agreement:
    sentence = article.text.partition(". ")[0]
    acts = (Act(**_cut(article.text, sentence), act=act, date=day),)
    return Agreement(
        id=make_record_id("ag", article.id, name),
        name=name,
        label=name,
        kind=AgreementKind.TREATY,
        status=status_of(acts),
        date=day,
        parties=tuple(Party(**_cut(article.text, each), entity=each, role=PartyRole.PARTY) for each in parties),
        mentions=(Span(**_cut(article.text, name)),),
        acts=acts,
        confidence=0.9,
        rule="soak",
    )


def _claim(article: Article, content: str, speaker: str, about: str) -> Claim:
    return Claim(
        id=make_record_id("cl", article.id, content),
        type=ClaimType.PREDICTION,
        hedged=False,
        negated=False,
        direct=False,
        about=(about,),
        content=(Span(**_cut(article.text, content)),),
        speaker=Speaker(name=speaker, **_cut(article.text, speaker)),
        cue=Span(**_cut(article.text, "said")),
        confidence=0.8,
        rule="soak",
    )
