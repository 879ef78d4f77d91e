from pipeline.store.search_hits import Chosen, load_hits
from pipeline.store.search_rows import SearchKind


def choose(kind, record_id, evidence="", rank=1):
    return Chosen(kind, record_id, evidence, 1, 0.016393442, rank, None)


def test_hits_come_in_their_order_and_what_is_gone_is_left_out(store, save, make):
    article, _ = save()
    claim = make.claim(article)
    chosen = [
        choose(SearchKind.CLAIM, claim.id),
        choose(SearchKind.ARTICLE, "ar-gone"),
        choose(SearchKind.ARTICLE, article.id),
    ]
    with store.begin() as connection:
        hits = load_hits(connection, chosen, [])
        assert load_hits(connection, [], []) == ()
    assert [hit.id for hit in hits] == [claim.id, article.id]
    assert hits[0].snippet.start == claim.content[0].start
    assert hits[1].snippet.text == article.text
    assert hits[0].score == 0.016393


def test_an_article_found_by_meaning_shows_the_passage_that_was(store, save, make):
    article, _ = save()
    (passage,) = make.passages(article)
    with store.begin() as connection:
        (hit,) = load_hits(connection, [choose(SearchKind.ARTICLE, article.id, passage.id, rank=None)], [])
    assert (hit.snippet.start, hit.snippet.text) == (passage.start, passage.text)
