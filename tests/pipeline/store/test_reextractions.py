from datetime import UTC, datetime, timedelta

import pytest

from pipeline.errors import NotFoundError
from pipeline.store.records import load_extraction
from pipeline.store.reextractions import StoredFilter, find_outdated, load_stored, save_reextraction
from pipeline.store.run_rows import Made
from pipeline.store.runs import load_made, start_run

TEXT = "Norland and Sudland signed the Kestrel Treaty on 17 July 2025."


@pytest.fixture
def stored(store, save):
    article, _ = save(text=TEXT, fingerprint="old")
    return load_stored(store, article.id)


def test_an_article_comes_back_as_it_was_saved(store, save):
    article, _ = save(text=TEXT, fingerprint="old")
    found = load_stored(store, article.id)
    assert found.article == article
    assert (found.revision, found.fingerprint, found.raw_id[:3]) == (1, "old", "ra-")
    assert load_stored(store, "ar-0") is None


@pytest.mark.parametrize(
    ("wanted", "up_to_date", "found"),
    [
        (StoredFilter(), ("new",), 2),
        (StoredFilter(), ("new", "old"), 0),
        (StoredFilter(), ("old",), 0),
        (StoredFilter(publisher="the example"), ("new",), 2),
        (StoredFilter(publisher="Another"), ("new",), 0),
        (StoredFilter(since=datetime.now(UTC) - timedelta(days=1)), ("new",), 2),
        (StoredFilter(since=datetime.now(UTC) + timedelta(days=1)), ("new",), 0),
    ],
)
def test_what_is_outdated_is_found(store, save, wanted, up_to_date, found):
    ids = [save(f"https://a.example/{n}", text=f"{TEXT} {n}", fingerprint="old")[0].id for n in range(2)]
    assert find_outdated(store, wanted, up_to_date=up_to_date) == sorted(ids)[:found]


def test_one_article_is_found_by_the_beginning_of_its_id(store, stored):
    wanted = StoredFilter(article_ids=(stored.article.id[:10],))
    assert find_outdated(store, wanted, up_to_date=("new",)) == [stored.article.id]
    with pytest.raises(NotFoundError):
        find_outdated(store, StoredFilter(article_ids=("ar-zz",)), up_to_date=("new",))


def test_an_article_turns_to_the_new_extraction_and_the_old_one_stays(store, make, stored):
    run_id = start_run(store, "reextract", settings={}, versions={})
    extraction = make.extraction(stored.article, "new", claims=(make.claim(stored.article, "signed", "Norland"),))
    assert save_reextraction(store, stored, extraction, make.passages(stored.article), run_id=run_id)
    assert load_extraction(store, stored.article.id) == extraction
    made = Made(article_id=stored.article.id, revision=1, fingerprint="new", old_revision=1, old_fingerprint="old")
    assert load_made(store, run_id) == [made]
    again = load_stored(store, stored.article.id)
    assert save_reextraction(store, again, make.extraction(stored.article, "old"), ())
    assert [each.name for each in load_extraction(store, stored.article.id).agreements] == ["Kestrel Treaty"]


def test_what_was_overtaken_changes_nothing(store, make, save, stored):
    newer = make.extraction(stored.article, "newest")
    assert save_reextraction(store, stored, newer, ())
    assert not save_reextraction(store, stored, make.extraction(stored.article, "new"), ())
    assert load_extraction(store, stored.article.id) == newer
