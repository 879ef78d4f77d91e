"""The generated store is what saving and linking article by article would have left."""

from pathlib import Path

import pytest
from generated.articles import AUTHORITIES, make_article
from generated.bulk import fill
from generated.world import World
from sqlalchemy import text

from pipeline.jobs.link import link_register
from pipeline.settings import Settings
from pipeline.store.articles import save_article
from pipeline.store.embedded import stop_server
from pipeline.store.raws import save_raw
from pipeline.store.sources import save_authority
from pipeline.store.store import Store, open_store

# A seed in which no two agreements look alike: there, linking joins what is not one, and the bulk knows better.
_ARTICLES, _SEED = 30, 5
# What queries read, but for time stamps and the numbers of arrival.
_COLUMNS = {
    "raw_article": "id, address, digest, body, given, source, article_id",
    "article": "id, address, revision, fingerprint, linked_revision, linked_fingerprint",
    "revision": "article_id, raw_id, text, sha256, title, authors, published, publisher, language, words, provenance",
    "address": "address, article_id, raw_id, sha256, published, is_alias",
    "extraction": "article_id, revision, fingerprint",
    "entity": "id, article_id, position, type, canonical, record",
    "agreement": "id, article_id, position, name, label, kind, status, record, date, subject, aliases, figures, quote_start",
    "party": "agreement_id, position, entity, normal, role",
    "act": "agreement_id, position, act, polarity, date, basis",
    "claim": "id, article_id, position, type, speaker, speaker_normal, content, content_sha256, record",
    "passage": 'id, article_id, position, start, "end", text, content_sha256',
    "search_entry": "record_id, kind, article_id, day, content_sha256, array_length(tsvector_to_array(words), 1)",
    "link": "agreement_id, row_id, reason, features",
    "link_key": "row_id, key, agreement_id",
    "register_row": "id, label, name, kind, status, status_date, parties, observations, independent, differs, is_shown",
    "row_party": "row_id, normal, role, entity, articles, is_minor, is_past",
    "row_status": "row_id, from_day, until_day, status, observations, independent",
    "sketch": "article_id, size, hashes",
    "duplicate": "article_id, other_id, kind, score",
    "actor": "id, type, canonical, wikidata, words, articles, mentions, first_published, last_published",
    "actor_key": "key, actor_id, text, uses",
    "actor_link": "entity_id, article_id, actor_id, keys, traits, mentions, published, score",
    "actor_party": "agreement_id, entity_id, role, actor_id",
    "actor_claim": "claim_id, entity_id, side, actor_id, type",
    "actor_row": "actor_id, row_id, roles, articles, last_published",
    "actor_role": "actor_id, role, agreements",
    "actor_pair": "actor_id, other_id, agreements",
}


def read(store: Store, table: str) -> set[str]:
    with store.begin() as connection:
        query = f"SELECT to_jsonb(x)::text FROM (SELECT {_COLUMNS[table]} FROM {table}) AS x"
        return set(connection.execute(text(query)).scalars())


def save_all(store: Store, world: World) -> None:
    for publisher in world.publishers.items:
        if publisher.split()[-1] in AUTHORITIES:
            save_authority(store, publisher, AUTHORITIES[publisher.split()[-1]])
    for task in world.tasks[: world.articles]:
        made = make_article(world, task)
        raw_id = save_raw(store, made.raw).raw_id
        save_article(store, raw_id=raw_id, article=made.article, extraction=made.extraction, passages=made.passages)
        link_register(store)


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """The same world twice: in bulk, and article by article."""
    world, homes, opened = World(_ARTICLES, _SEED), [], []
    for name, make in (("bulk", fill), ("slow", save_all)):
        home: Path = tmp_path_factory.mktemp(name)
        store = open_store(Settings(home=home))
        make(store, world)
        homes.append(home)
        opened.append(store)
    yield opened
    for store, home in zip(opened, homes, strict=True):
        store.close()
        stop_server(home)


@pytest.mark.parametrize("table", _COLUMNS)
def test_bulk_leaves_what_saving_and_linking_leave(stores, table):
    bulk, slow = (read(store, table) for store in stores)
    assert sorted(bulk - slow) == []
    assert sorted(slow - bulk) == []
    assert bulk or table == "duplicate"
