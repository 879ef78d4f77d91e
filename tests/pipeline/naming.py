"""Articles that name actors, for tests of what is known of actors over articles: invented, in a line each."""

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
    RawArticle,
    Span,
    Speaker,
    make_article_id,
    make_record_id,
)
from pipeline.status import status_of
from pipeline.store.articles import save_article
from pipeline.store.raws import save_raw
from pipeline.store.store import now

NORLAND = ("Norland", "STATE", {"iso": "XN"})
SUDLAND = ("Sudland", "STATE", {"iso": "XS"})


def save_named(store, address, text, *named, published="2025-03-12", pacts=None, says=()):
    """Save an article that names these; gives the entities' ids.

    Args:
        store: where to.
        address: of the article.
        text: its words.
        named: names, or (name, type, facts); a PERSON where no type is given.
        published: its day.
        pacts: the parties of each treaty, by its name: {"Arden Treaty": ["Norland"]}.
        says: claims: (speaker, content, what it is about).
    """
    article = Article(id=make_article_id(address), address=address, text=text, published=published, title=address)
    entities = tuple(make_entity(article, *((each,) if isinstance(each, str) else each)) for each in named)
    raw = RawArticle(address=address, media_type="text/plain", body=text.encode(), fetched_at=now())
    extraction = Extraction(
        article_id=article.id,
        fingerprint="f1",
        entities=entities,
        agreements=tuple(make_pact(article, name, parties) for name, parties in (pacts or {}).items()),
        claims=tuple(make_claim(article, *each) for each in says),
    )
    raw_id = save_raw(store, raw).raw_id
    save_article(store, raw_id=raw_id, article=article, extraction=extraction, passages=())
    return [each.id for each in entities]


def make_entity(article, name, kind="PERSON", facts=None):
    starts = [at for at in range(len(article.text)) if article.text.startswith(name, at)]
    mentions = tuple(Mention(start=at, end=at + len(name), text=name) for at in starts)
    record_id = make_record_id("en", article.id, f"{kind} {name}")
    return Entity(id=record_id, type=EntityType(kind), canonical=name, mentions=mentions, **(facts or {}))


def make_pact(article, name, parties):
    words = {"start": 0, "end": len(article.text), "text": article.text}
    acts = (Act(**words, act=ActType.SIGNED),)
    return Agreement(
        id=make_record_id("ag", article.id, name),
        name=name,
        label=name,
        kind=AgreementKind.TREATY,
        status=status_of(acts),
        parties=tuple(Party(**words, entity=each, role=PartyRole.PARTY) for each in parties),
        mentions=(Span(**words),),
        acts=acts,
        confidence=0.8,
        rule="test",
    )


def make_claim(article, speaker, content, about=()):
    start = article.text.index(content)
    return Claim(
        id=make_record_id("cl", article.id, content),
        type=ClaimType.EVALUATION,
        hedged=False,
        negated=False,
        direct=False,
        about=tuple(about),
        content=(Span(start=start, end=start + len(content), text=content),),
        speaker=Speaker(name=speaker),
        cue=None,
        confidence=0.7,
        rule="test",
    )
