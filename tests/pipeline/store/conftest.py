"""Articles about treaties that do not exist, and a shorthand for saving them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from pipeline.enumerations import ActType, AgreementKind, ClaimType, EntityType, PartyRole, Polarity
from pipeline.jobs.link import link_register
from pipeline.records import (
    AUTHOR,
    Act,
    Agreement,
    Article,
    Claim,
    Entity,
    Extraction,
    Figure,
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
from pipeline.store import link_state, schema
from pipeline.store.articles import find_article_id, save_article
from pipeline.store.queries import is_current
from pipeline.store.raws import save_raw
from pipeline.store.refresh import refresh_rows

TEXT = 'Norland and Sudland signed the Kestrel Treaty on 17 July 2025. Mara Lind said it "changes everything".'


def link_by_hand(store, rows: dict[str, str], reason: str = "name", score: float = 1.0) -> None:
    """Put observations into rows, as linking would."""
    with store.begin() as connection:
        before = link_state.load_standing_links(connection, rows)
        moving = {each for each, row_id in rows.items() if each not in before or before[each].row_id != row_id}
        left = link_state.remove_links(connection, moving)
        links = [
            link_state.NewLink(row_id=rows[each], agreement_id=each, reason=reason, score=score, features={}, keys=())
            for each in sorted(moving)
        ]
        link_state.insert_links(connection, links)
        refresh_rows(connection, left | set(rows.values()))


def cut(text: str, words: str) -> dict:
    """The span of these words, as fields."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


class Maker:
    """Makes records out of an article's words."""

    def raw(self, address="https://a.example/1", text=TEXT, **given) -> RawArticle:
        at = datetime.now(UTC)
        return RawArticle(address=address, media_type="text/plain", body=text.encode(), fetched_at=at, given=given)

    def article(self, address="https://a.example/1", text=TEXT, published="2025-07-18", **facts) -> Article:
        facts = {"title": "A treaty", "publisher": "The Example", "authors": ("Ana Sole",)} | facts
        return Article(id=make_article_id(address), address=address, text=text, published=published, **facts)

    def agreement(self, article, name="Kestrel Treaty", *, act="signed", parties=("Norland", "Sudland"), **facts):
        """An agreement whose evidence is the article's first sentence; ``date`` is that of the act."""
        words = cut(article.text, article.text.partition(".")[0])
        date, polarity = facts.pop("date", None), Polarity(facts.pop("polarity", "done"))
        members, kind = facts.pop("members", None), AgreementKind(facts.pop("kind", "treaty"))
        acts = (Act(**words, act=ActType(act), date=date, polarity=polarity),) if act else ()
        return Agreement(
            id=make_record_id("ag", article.id, name or "unnamed"),
            name=name,
            label=name or "a pact without a name",
            kind=kind,
            status=status_of(acts),
            parties=tuple(Party(**words, entity=each, role=PartyRole.PARTY) for each in parties),
            mentions=(Span(**words),),
            acts=acts,
            figures=(Figure(**words, name="members", value=members),) if members else (),
            rule="test",
            **({"confidence": 0.8} | facts),
        )

    def claim(self, article, words='it "changes everything"', speaker="Mara Lind", confidence=0.7) -> Claim:
        content = Span(**cut(article.text, words))
        return Claim(
            id=make_record_id("cl", article.id, words),
            type=ClaimType.EVALUATION,
            hedged=False,
            negated=False,
            direct=True,
            about=("Kestrel Treaty",),
            content=(content,),
            speaker=Speaker(name=speaker) if speaker == AUTHOR else Speaker(name=speaker, **cut(article.text, speaker)),
            cue=None,
            confidence=confidence,
            rule="test",
        )

    def entity(self, article, name="Norland", kind="STATE") -> Entity:
        return Entity(
            id=make_record_id("en", article.id, name),
            type=EntityType(kind),
            canonical=name,
            iso="XN" if name == "Norland" else None,
            aliases=(f"the {name}",),
            mentions=(Mention(**cut(article.text, name)),),
        )

    def extraction(self, article, fingerprint="f1", **parts) -> Extraction:
        return Extraction(article_id=article.id, fingerprint=fingerprint, **parts)

    def passages(self, article) -> tuple[Passage, ...]:
        record_id = make_record_id("pa", article.id, article.text)
        return (Passage(id=record_id, article_id=article.id, start=0, end=len(article.text), text=article.text),)


@pytest.fixture
def make() -> Maker:
    """Makes records out of an article's words."""
    return Maker()


@pytest.fixture
def save(store, make):
    """Saves an article with an agreement, a claim and an entity made of its words, and links it by name."""

    def save_one(address="https://a.example/1", *, text=TEXT, published="2025-07-18", fingerprint="f1", **facts):
        agreements = facts.pop("agreements", None)
        said = {name: facts.pop(name) for name in ("aliases", "provenance") if name in facts}
        article = make.article(address, text, published).model_copy(update=said)
        article = article.model_copy(update={"id": find_article_id(store, article)})
        extraction = make.extraction(
            article,
            fingerprint,
            entities=(make.entity(article),) if "Norland" in text else (),
            agreements=agreements(article) if agreements else (make.agreement(article, **facts),),
            claims=(make.claim(article),) if "changes everything" in text else (),
        )
        raw_id = save_raw(store, make.raw(address, text, published=published)).raw_id
        passages = make.passages(article)
        outcome = save_article(store, raw_id=raw_id, article=article, extraction=extraction, passages=passages)
        link_all()
        return article, outcome

    def link_all():
        with store.begin() as connection:
            agreement = schema.agreement
            query = select(agreement.c.id, agreement.c.label).where(is_current(agreement)).order_by(agreement.c.id)
            names = list(connection.execute(query))
        link_by_hand(store, {each.id: make_record_id("rw", "", each.label) for each in names})

    return save_one


@pytest.fixture
def link_anew(store):
    """Call to have linking itself make the rows of everything that ``save`` saved, instead of the names alone."""

    def link() -> None:
        with store.begin() as connection:
            connection.execute(text("TRUNCATE register_row CASCADE"))
        link_register(store)

    return link
