"""Sources that keep failing are left alone for a while; looking at them says how they do."""

from pathlib import Path

import pytest

from pipeline.jobs.ingest import fetch_inputs, ingest_all
from pipeline.jobs.sources import check_sources, poll_sources
from pipeline.settings import Settings
from pipeline.sources.catalog import Source
from pipeline.store.articles import load_articles
from pipeline.store.raws import load_raw
from pipeline.store.records import load_register
from pipeline.store.sources import load_documents, load_source_states, load_waiting


@pytest.fixture
def settings(settings: Settings) -> Settings:
    changes = {"fetch_allow_private": True, "fetch_pace": 0.001, "fetch_timeout": 4.0, "fetch_attempts": 1}
    return settings.model_copy(update=changes)


def make(name: str, **given: object) -> Source:
    return Source.model_validate({"name": name, "authority": "press", "pace": 0.001, **given}, strict=False)


def test_a_source_that_fails_is_left_alone_and_the_others_are_not(store, settings, site):
    good = make("good", kind="feed", url=site.put_feed("/good", ["/one"]))
    bad = make("bad", kind="feed", url=site.url("/bad"))
    first = poll_sources(store, [bad, good], settings=settings)
    site.log.clear()
    second = poll_sources(store, [bad, good], settings=settings)

    assert (len(first.raw_ids), len(first.failures), first.resting) == (1, 1, 0)
    assert (len(second.raw_ids), len(second.failures), second.resting) == (0, 0, 1)
    assert [path for path, _ in site.log] == ["/good"]


def test_a_check_that_succeeds_ends_the_pause(store, settings, site):
    source = make("a", kind="feed", url=site.url("/feed"))
    poll_sources(store, [source], settings=settings)
    (failing,) = check_sources(store, [source], settings=settings)
    failures = load_source_states(store)["a"].failures
    site.put_feed("/feed", ["/one", "/two"])
    (fine,) = check_sources(store, [source], settings=settings)

    assert (failing.is_ok, failing.items, failures) == (False, 0, 2)
    assert "no such page" in (failing.reason or "")
    assert (fine.is_ok, fine.items, fine.reason) == (True, 2, None)
    assert load_waiting(store, "a", limit=9) == []  # looked at, not seen
    assert load_documents(store, "a") == {}
    assert len(poll_sources(store, [source], settings=settings).raw_ids) == 2


def test_every_kind_is_looked_at(store, settings, site, folder: Path):
    site.pages |= {"/map": "<sitemapindex><sitemap><loc>/a</loc></sitemap></sitemapindex>", "/page": "Words."}
    feed = site.put_feed("/feed", ["/one"])
    sources = [
        make("folder", kind="folder", path=str(folder)),
        make("missing", kind="folder", path=str(folder / "missing")),
        make("map", kind="sitemap", url=site.url("/map")),
        make("page", kind="pages", urls=[site.url("/page"), site.url("/other")]),
        make("feed", kind="feed", url=feed, include=["*/never/*"]),
    ]
    found = check_sources(store, sources, settings=settings)

    assert [(each.source, each.is_ok, each.items) for each in found] == [
        ("folder", True, 3),
        ("missing", False, 0),
        ("map", True, 1),
        ("page", True, 2),
        ("feed", True, 0),
    ]
    assert "nothing that include and exclude let pass" in (found[-1].reason or "")


def test_a_host_that_hangs_costs_its_own_sources_alone(store, settings, site):
    site.pages |= {"/one": "hang", "/two": "hang", "/three": "hang"}
    slow = settings.model_copy(update={"fetch_timeout": 0.3})
    sources = [make(name, kind="feed", url=site.url(f"/{name}")) for name in ("one", "two", "three")]
    found = check_sources(store, sources, settings=slow)

    assert [each.is_ok for each in found] == [False, False, False]
    assert [reason for each in found if (reason := each.reason or "").startswith("not asked")] != []


def test_all_sources_are_ingested_at_once(store, settings, site, tmp_path: Path):
    catalog = tmp_path / "sources.toml"
    table = '[[source]]\nname = "{}"\nkind = "feed"\nurl = "{}"\nauthority = "press"\npublisher = "{}"\npace = 0.001\n'
    feeds = [("a", site.put_feed("/a", ["/one"])), ("b", site.put_feed("/b", ["/two"])), ("c", site.url("/c"))]
    tables = [table.format(name, url, f"The {name}") for name, url in feeds]
    catalog.write_text("".join([*tables[:2], tables[2] + "enabled = false\n"]), "utf-8")
    settings = settings.model_copy(update={"sources": catalog})
    first = ingest_all(store, [], settings=settings, given={}, source="*")
    second = ingest_all(store, [], settings=settings, given={}, source="*")

    assert (first.new, first.failures, first.resting) == (2, (), 0)
    assert sorted(article.publisher or "" for article in load_articles(store)) == ["The a", "The b"]
    assert (second.new, second.known) == (0, 0)


def test_who_speaks_counts_in_the_register_and_what_a_feed_says_fills_gaps(store, settings, site, tmp_path: Path):
    site.pages |= {
        "/official": "Norway and Iceland signed the Bergen Treaty on 12 March 2025.",
        "/op-ed": "The Bergen Treaty was terminated on 3 June 2025.",
    }
    item = "<item><title>Said</title><link>{}</link><pubDate>Wed, 12 Mar 2025 08:00:00 GMT</pubDate></item>"
    tables = []
    for name, authority in (("official", "official"), ("op-ed", "opinion")):
        site.pages[f"/{name}.xml"] = f"<rss version='2.0'><channel>{item.format(site.url('/' + name))}</channel></rss>"
        place = f'kind = "feed"\nurl = "{site.url(f"/{name}.xml")}"\npace = 0.001\n'
        tables.append(f'[[source]]\nname = "{name}"\n{place}authority = "{authority}"\n')
    (tmp_path / "sources.toml").write_text("".join(tables), "utf-8")
    settings = settings.model_copy(update={"sources": tmp_path / "sources.toml"})
    counts = ingest_all(store, [], settings=settings, given={}, source="*")
    (row,) = [row for row in load_register(store) if row.name == "Bergen Treaty"]

    assert counts.new == 2
    assert (len(row.observations), row.status) == (2, "signed")
    assert {(article.title, article.published) for article in load_articles(store)} == {("Said", "2025-03-12")}


def test_a_source_is_learned_of_bytes_that_are_known(store, settings, site):
    feed = make("a", kind="feed", url=site.put_feed("/feed", ["/one"]))
    (raw_id,) = fetch_inputs(store, [site.url("/one")], settings=settings, given={}).raw_ids
    before = load_raw(store, raw_id)
    assert poll_sources(store, [feed], settings=settings).raw_ids == (raw_id,)

    assert before.source is None
    assert (load_raw(store, raw_id).source, load_raw(store, raw_id).listed) == ("a", {"title": "/one"})
