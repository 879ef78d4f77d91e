from datetime import UTC, datetime

import feedparser

from pipeline.exports.atom import render_feed
from pipeline.store.saved_searches import SavedSearch
from pipeline.store.search_rows import SearchHit, SearchQuery, Snippet

AT = datetime(2025, 7, 18, 9, 30, tzinfo=UTC)
LATER = datetime(2025, 7, 19, 9, 30, 1, 5, tzinfo=UTC)
SAVED = SavedSearch(
    id="ss-1", name="Pacts & <treaties>", query=SearchQuery(text="pact"), who="ana", created_at=AT, looked_at=None
)


def hit(record_id="ar-1", at=AT, **given):
    words = given.pop("words", "A <b>bold</b> pact & more\0.")
    facts = {
        "label": "R&D \x0b<script>alert(1)</script>",
        "article_id": "ar-1",
        "address": "https://a.example/1?a=1&b=ü",
        "url": None,
        "title": "T",
        "publisher": "The Example",
        "published": "2025-07-18",
        "score": 0.1,
        "word_rank": 1,
        "meaning_rank": None,
        "snippet": Snippet(start=0, end=len(words), text=words),
    }
    return SearchHit(id=record_id, first_seen=at, **({"kind": "article"} | facts | given))


def test_a_feed_is_well_formed_and_escapes_what_articles_say():
    written = render_feed(SAVED, [hit("ar-2", LATER), hit()])
    assert "<script>" not in written
    assert "<b>" not in written
    feed = feedparser.parse(written)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.id == "urn:entente:search:ss-1"
    assert (feed.feed.title, feed.feed.title_detail.type) == ("Pacts & <treaties>", "text/plain")
    assert feed.feed.updated == "2025-07-19T09:30:01.000005Z"
    assert [entry.id for entry in feed.entries] == ["urn:entente:ar-2", "urn:entente:ar-1"]
    entry = feed.entries[1]
    assert entry.updated == "2025-07-18T09:30:00.000000Z"
    assert entry.published == "2025-07-18T00:00:00Z"
    assert entry.author == "The Example"
    assert entry.link == "https://a.example/1?a=1&b=%C3%BC"
    assert entry.content[0].value == "A <b>bold</b> pact & more\ufffd."


def test_an_empty_feed_and_an_entry_that_knows_little_are_valid():
    assert not feedparser.parse(render_feed(SAVED, [])).bozo
    bare = hit(address="/folder/file.txt", publisher=None, published="2025-07", snippet=None)
    feed = feedparser.parse(render_feed(SAVED, [bare]))
    assert not feed.bozo
    assert "links" not in feed.entries[0]
    assert feed.entries[0].content[0].value == bare.label.replace("\x0b", "\ufffd")
    assert "published" not in feed.entries[0]
    assert feed.feed.author == "Entente"


def test_an_entry_is_the_same_wherever_and_whenever_it_is_written():
    assert render_feed(SAVED, [hit()]) == render_feed(SAVED, [hit()])


def test_a_feed_of_the_review_page_leads_back_to_it():
    hits = [
        hit("ar-2"),
        hit("rw-1", kind="agreement"),
        hit("cl-1", kind="claim"),
        hit("cl-2", kind="claim", article_id=None),
    ]
    feed = feedparser.parse(render_feed(SAVED, hits, home="https://register.example/"))
    assert [each.href for each in feed.feed.links if each.rel == "self"] == ["https://register.example/feeds/ss-1.atom"]
    assert [[each.href for each in entry.links if each.rel == "related"] for entry in feed.entries] == [
        ["https://register.example/articles/ar-2"],
        ["https://register.example/register/rw-1"],
        ["https://register.example/articles/ar-1?record=cl-1"],
        [],
    ]
