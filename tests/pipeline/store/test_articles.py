import multiprocessing
import os
import signal
import time

import psycopg
import pytest
from sqlalchemy import text

from pipeline.errors import NotFoundError, StoreError
from pipeline.records import SURE_BODY, Provenance
from pipeline.store import schema
from pipeline.store.articles import (
    Outcome,
    find_article_id,
    find_known,
    load_article,
    load_articles,
    save_alias,
    save_article,
)
from pipeline.store.filters import ArticleFilter
from pipeline.store.raws import save_raw
from pipeline.store.records import load_claims, load_extraction, load_register
from pipeline.store.store import open_store

# Python 3.12 warns of forks beside other threads; these children only talk to the database, and end.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

OTHER = "Norland and Sudland signed the Kestrel Treaty on 18 July 2025, Mara Lind says."


def count_rows(store) -> dict[str, int]:
    with store.begin() as connection:
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar() for name in schema.metadata.tables
        }


def test_the_first_time_an_article_is_new_and_all_of_it_is_there(store, save):
    article, outcome = save()
    assert outcome is Outcome.NEW
    found = load_article(store, article.id)
    assert found.text == article.text
    assert found.article.model_dump(include={"revision", "agreements", "claims", "entities", "addresses", "words"}) == {
        "revision": 1,
        "agreements": 1,
        "claims": 1,
        "entities": 1,
        "addresses": ("https://a.example/1",),
        "words": 17,
    }
    assert found.article.authors == ("Ana Sole",)


def test_saving_twice_changes_nothing(store, save):
    save()
    before, extraction = count_rows(store), load_extraction(store, load_articles(store)[0].id)
    assert save()[1] is Outcome.KNOWN
    assert count_rows(store) == before
    assert load_extraction(store, load_articles(store)[0].id) == extraction


def test_a_saved_extraction_comes_back_as_it_was(store, make):
    article = make.article()
    extraction = make.extraction(
        article, entities=(make.entity(article),), agreements=(make.agreement(article, members=26.5),)
    )
    raw_id = save_raw(store, make.raw()).raw_id
    save_article(store, raw_id=raw_id, article=article, extraction=extraction, passages=())
    assert load_extraction(store, article.id) == extraction


def test_the_same_text_read_again_without_its_date_keeps_the_date(store, save):
    save(published="2025-07-18")

    assert save(published=None)[1] is Outcome.KNOWN
    assert [row.published for row in load_articles(store)] == ["2025-07-18"]
    assert save(published="2025-07-18")[1] is Outcome.KNOWN


@pytest.mark.parametrize(("text", "published"), [(OTHER, "2025-07-18"), (None, "2025-07-19")])
def test_a_changed_text_or_date_at_a_known_address_is_a_revision(store, save, make, text, published):
    first, _ = save()
    changed = {"text": text or first.text, "published": published}
    assert find_known(store, make.article(**changed)) is None
    second, outcome = save(**changed)
    assert (outcome, second.id) == (Outcome.REVISION, first.id)
    (row,) = load_articles(store)
    assert (row.revision, row.published) == (2, published)
    # Only the latest revision is read; the first one is still kept.
    assert len(load_register(store)) == 1
    assert len(load_claims(store)) == (0 if text else 1)
    assert count_rows(store)["revision"] == count_rows(store)["extraction"] == 2


def test_a_text_that_comes_back_is_a_revision_again(store, save):
    save()
    save(text=OTHER)
    article, outcome = save()
    assert outcome is Outcome.REVISION
    assert load_article(store, article.id).article.revision == 3


def test_another_pipeline_upgrades_the_same_revision(store, save):
    save()
    article, outcome = save(fingerprint="f2")
    assert outcome is Outcome.UPGRADED
    row = load_article(store, article.id).article
    assert (row.revision, row.fingerprint, row.agreements) == (1, "f2", 1)


@pytest.mark.parametrize(
    ("first", "second", "is_known"),
    [
        ("2025-07-18", "2025-07-18", True),
        ("2025-07-18", "2025-07-21", True),  # syndicated later
        ("2025-07-18", None, True),
        (None, None, True),
        (None, "2025-07-18", False),  # now we know when
    ],
)
def test_the_same_text_at_a_second_address_is_the_same_article(store, save, make, first, second, is_known):
    article, _ = save(published=first)
    other = make.article("https://b.example/2", published=second)
    assert find_article_id(store, other) == article.id != other.id
    assert (find_known(store, other) == article.id) is is_known
    if is_known:
        raw_id = save_raw(store, make.raw("https://b.example/2")).raw_id
        assert save_alias(store, raw_id, other) == article.id
        assert save_raw(store, make.raw("https://b.example/2")).is_known
    else:
        assert save("https://b.example/2", published=second)[1] is Outcome.REVISION
    (row,) = load_articles(store)
    assert row.addresses == ("https://a.example/1", "https://b.example/2")
    assert row.address == "https://a.example/1"


def test_two_addresses_that_part_do_not_make_revisions_in_turn(store, save, make):
    article, _ = save()
    save("https://b.example/2")
    save("https://b.example/2", text=OTHER)
    # The first address still has what was read there: it is known, though the article has moved on.
    assert find_known(store, make.article()) == article.id
    assert save()[1] is Outcome.KNOWN
    assert load_article(store, article.id).article.revision == 2


def test_an_article_has_the_addresses_that_lead_to_it(store, save):
    short, last = "https://short.example/x", "https://a.example/news/1"
    save(aliases=(short, last))
    (row,) = load_articles(store)
    assert row.addresses == ("https://a.example/1", last, short)


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        pytest.param(("/1", ()), ("/2", ("/1",)), Outcome.REVISION, id="the second leads to the first"),
        pytest.param(("/1", ("/2",)), ("/2", ()), Outcome.REVISION, id="the first said where the second stands"),
        pytest.param(("/1", ("/news",)), ("/2", ("/news",)), Outcome.NEW, id="all pages of a site name one address"),
        pytest.param(("/1", ()), ("/2", ()), Outcome.NEW, id="neither knows of the other"),
    ],
)
def test_an_edited_article_is_found_by_an_address_that_leads_to_it(store, save, first, second, outcome):
    (address, aliases), site = first, "https://a.example"
    save(site + address, aliases=tuple(site + alias for alias in aliases))
    address, aliases = second

    _, came_to = save(site + address, text=OTHER, aliases=tuple(site + alias for alias in aliases))

    assert came_to is outcome
    assert len(load_articles(store)) == (1 if outcome is Outcome.REVISION else 2)


def test_what_is_only_said_to_be_an_address_takes_none_from_another_article(store, save):
    first, _ = save("https://a.example/1")
    other, _ = save("https://b.example/2", text=OTHER, published="2025-08-01")

    save("https://a.example/1", text=OTHER + " Again.", aliases=("https://b.example/2",))

    assert {row.id: row.addresses for row in load_articles(store)} == {
        first.id: ("https://a.example/1",),
        other.id: ("https://b.example/2",),
    }


def test_an_unknown_text_is_no_alias(store, make):
    raw_id = save_raw(store, make.raw()).raw_id
    with pytest.raises(NotFoundError, match=r"a\.example/1 is not known"):
        save_alias(store, raw_id, make.article())


def test_what_is_said_about_an_article_is_brought_up_to_date(store, save, make):
    article, _ = save()
    raw_id = save_raw(store, make.raw(publisher="The Paper")).raw_id
    save_alias(store, raw_id, make.article(publisher="The Paper", title=None, authors=()))
    row = load_article(store, article.id).article
    assert (row.publisher, row.title, row.authors, row.revision) == ("The Paper", "A treaty", ("Ana Sole",), 1)


@pytest.mark.parametrize("bad", ["a\0b", "a\ud800b"])
@pytest.mark.parametrize("field", ["text", "title"])
def test_what_postgresql_cannot_keep_is_refused_clearly(store, make, bad, field):
    article = make.article().model_copy(update={field: bad})
    with pytest.raises(StoreError, match=rf"The {field} of https://a\.example/1 has a NUL or half a character"):
        save_article(store, raw_id="ra-1", article=article, extraction=make.extraction(article), passages=())
    assert load_articles(store) == []


def test_a_record_that_cannot_be_kept_leaves_nothing_of_its_article(store, make):
    article = make.article()
    claim = make.claim(article)
    extraction = make.extraction(article, claims=(claim, claim))  # one id twice
    with pytest.raises(StoreError, match="refused"):
        save_article(store, raw_id="ra-1", article=article, extraction=extraction, passages=())
    assert set(count_rows(store).values()) == {0}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["2025-08", "2025-07-18", None]),
        ({"published_from": "2025-07-19"}, ["2025-08"]),
        ({"published_to": "2025-07"}, ["2025-07-18"]),
        ({"published_to": "2025-08-01"}, ["2025-08", "2025-07-18"]),
        ({"text": "osprey"}, ["2025-08"]),
        ({"text": "100%"}, []),
        ({"publisher": "the example", "limit": 1}, ["2025-08"]),
    ],
)
def test_articles_are_listed_by_publication(store, save, wanted, expected):
    save("/1.txt")
    save("/2.txt", text="Norland joined the Osprey Pact.", published="2025-08", name="Osprey Pact")
    save("/3.txt", text="Norland left.", published=None)
    assert [row.published for row in load_articles(store, ArticleFilter(**wanted))] == expected


def save_at_once(settings, make, addresses):
    """Save the same text from several processes at once; the outcomes."""
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(len(addresses)), context.Queue()

    def save_one(address):
        with open_store(settings) as store:
            article = make.article(address)
            raw_id = save_raw(store, make.raw(address)).raw_id
            extraction = make.extraction(article, agreements=(make.agreement(article),))
            barrier.wait()
            answers.put(save_article(store, raw_id=raw_id, article=article, extraction=extraction, passages=()).value)

    workers = [context.Process(target=save_one, args=(address,)) for address in addresses]
    for worker in workers:
        worker.start()
    found = sorted(answers.get(timeout=60) for _ in workers)
    for worker in workers:
        worker.join()
    return found


@pytest.mark.parametrize("addresses", [["/1.txt"] * 4, ["/1.txt", "/2.txt", "/3.txt", "/4.txt"]])
def test_processes_that_save_the_same_at_once_take_turns(store, settings, make, addresses):
    assert save_at_once(settings, make, addresses) == ["known", "known", "known", "new"]
    counts = count_rows(store)
    assert (counts["article"], counts["extraction"], counts["agreement"]) == (1, 1, 1)
    assert counts["address"] == len(set(addresses))


def test_a_client_killed_in_its_transaction_leaves_nothing(store, settings, make, monkeypatch):
    def save_and_hang():
        # The last step of the transaction never ends: everything before it was sent to the server.
        monkeypatch.setattr("pipeline.store.articles.resolve_failures", lambda *_, **__: time.sleep(60))
        with open_store(settings) as own:
            article = make.article()
            extraction = make.extraction(article, agreements=(make.agreement(article),))
            save_article(own, raw_id="ra-1", article=article, extraction=extraction, passages=make.passages(article))

    worker = multiprocessing.get_context("fork").Process(target=save_and_hang)
    worker.start()
    wait_for_row_locks(settings)
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    assert set(count_rows(store).values()) == {0}
    article = make.article()
    outcome = save_article(store, raw_id="ra-1", article=article, extraction=make.extraction(article), passages=())
    assert outcome is Outcome.NEW


def wait_for_row_locks(settings):
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'"
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        deadline = time.monotonic() + 30
        while not connection.execute(query).fetchone()[0]:
            assert time.monotonic() < deadline
            time.sleep(0.02)


def test_how_an_article_was_read_is_kept_and_the_doubtful_are_found(store, save):
    sure = Provenance(body="pdf", origins={"title": "pdf properties"})
    doubtful = Provenance(body="readability", confidence=0.4)
    for number, provenance in enumerate((sure, doubtful)):
        save(f"https://a.example/{number}", text=f"{OTHER} Text {number}.", provenance=provenance)

    kept = {row.address: row.provenance for row in load_articles(store)}
    found = load_articles(store, ArticleFilter(less_sure_than=SURE_BODY))

    assert kept == {"https://a.example/0": sure, "https://a.example/1": doubtful}
    assert [row.address for row in found] == ["https://a.example/1"]
    assert doubtful.is_doubtful
    assert not sure.is_doubtful
