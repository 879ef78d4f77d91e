from pipeline.store.past import load_keys, load_pairs, load_past
from pipeline.store.reextractions import load_stored, save_reextraction
from pipeline.store.runs import note_extraction, start_run

TEXT = "Norland and Sudland signed the Kestrel Treaty on 17 July 2025."


def ingest(store, save, numbers, run_id):
    ids = []
    for number in numbers:
        article, _ = save(f"https://a.example/{number}", text=f"{TEXT} {number}", fingerprint="old")
        with store.begin() as connection:
            note_extraction(connection, run_id, (article.id, 1, "old"))
        ids.append(article.id)
    return ids


def reread(store, make, article_id, run_id, fingerprint="new"):
    stored = load_stored(store, article_id)
    extraction = make.extraction(stored.article, fingerprint, claims=(make.claim(stored.article, "signed", "Norland"),))
    assert save_reextraction(store, stored, extraction, (), run_id=run_id)
    return extraction


def test_what_two_runs_made_stands_side_by_side(store, save, make):
    first, second = (start_run(store, kind, settings={}, versions={}) for kind in ("ingest", "reextract"))
    ids = ingest(store, save, range(3), first)
    new = {article_id: reread(store, make, article_id, second) for article_id in ids[:2]}
    pairs = {pair.article_id: pair for pair in load_pairs(store, first, second)}
    assert set(pairs) == set(ids)
    assert pairs[ids[2]].after is None
    for article_id, extraction in new.items():
        assert pairs[article_id].after == extraction
        assert [each.name for each in pairs[article_id].before.agreements] == ["Kestrel Treaty"]
        assert not pairs[article_id].is_revised


def test_what_one_run_replaced(store, save, make):
    run_id, first = (start_run(store, "reextract", settings={}, versions={}) for _ in range(2))
    (article_id,) = ingest(store, save, [1], first)
    reread(store, make, article_id, run_id)
    (pair,) = load_pairs(store, None, run_id)
    assert (pair.before.fingerprint, pair.after.fingerprint) == ("old", "new")
    (alone,) = load_pairs(store, None, first)
    assert (alone.before, alone.after.fingerprint) == (None, "old")


def test_pages_follow_each_other_however_unevenly_the_runs_read(store, save, make):
    first, second = (start_run(store, kind, settings={}, versions={}) for kind in ("ingest", "reextract"))
    ids = sorted(ingest(store, save, range(7), first))
    for article_id in ids[1::3]:
        reread(store, make, article_id, second)
    last, seen = "", {}
    while keys := load_keys(store, first, second, after=last, limit=2):
        seen |= keys
        last = max(keys)
    assert sorted(seen) == ids
    assert [each for each in ids if seen[each] == ((1, "old"), (1, "new"))] == ids[1::3]


def test_a_past_extraction_is_read_whole(store, save, make):
    article, _ = save(text=TEXT, fingerprint="old")
    reread(store, make, article.id, None)
    with store.begin() as connection:
        old = load_past(connection, article.id, (1, "old"))
    assert ([each.canonical for each in old.entities], len(old.agreements), old.claims) == (["Norland"], 1, ())
