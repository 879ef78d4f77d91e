import feedparser

from pipeline.store.saved_searches import delete_saved_search, save_search
from pipeline.store.search_rows import SearchQuery


def test_a_saved_search_is_a_feed_of_what_fits_it(client, store, save):
    save("https://a.example/1")
    save("/2.txt", text="Norland: the <script>alert(1)</script> Osprey Plan.", name="Osprey Plan")
    saved = save_search(store, "Ospreys", SearchQuery(text="osprey"), who="ana")
    answer = client.get(f"/feeds/{saved.id}.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert "<script>" not in answer.text
    feed = feedparser.parse(answer.content)
    assert feed.feed.title == "Ospreys"
    assert {entry.tags[0].term for entry in feed.entries} == {"article", "agreement"}
    assert f"http://127.0.0.1:8765/feeds/{saved.id}.atom" in [link.href for link in feed.feed.links]


def test_a_reader_that_has_it_already_is_told_so(client, store, save):
    save()
    saved = save_search(store, "Treaties", SearchQuery(text="treaty"), who="ana")
    tag = client.get(f"/feeds/{saved.id}.atom").headers["etag"]
    again = client.get(f"/feeds/{saved.id}.atom", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    save("/9.txt", text="Norland: the Kestrel Treaty again.")
    assert client.get(f"/feeds/{saved.id}.atom", headers={"If-None-Match": tag}).status_code == 200


def test_a_feed_ends_with_its_search(client, store):
    saved = save_search(store, "Treaties", SearchQuery(text="treaty"), who="ana")
    delete_saved_search(store, "Treaties")
    assert client.get(f"/feeds/{saved.id}.atom").status_code == 404
