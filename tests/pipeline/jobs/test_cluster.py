"""Themes are found in what is embedded, and keep their ids from then on."""

from pathlib import Path

import pytest

from pipeline.decisions import NewDecision
from pipeline.embedding.encoder import find_route
from pipeline.enumerations import DecisionAction
from pipeline.jobs.cluster import cluster_themes, recluster_themes, update_themes
from pipeline.jobs.counts import ThemeCounts
from pipeline.jobs.ingest import ingest_all
from pipeline.settings import Settings
from pipeline.store.decisions import decide
from pipeline.store.runs import load_runs
from pipeline.store.store import Store
from pipeline.store.theme_pages import load_theme
from pipeline.store.theme_tracks import load_current_members
from pipeline.store.themes import load_themes
from tests.pipeline.themed import save_articles


def some(subject, start, end):
    return [(subject, number) for number in range(start, end)]


def test_an_empty_store_has_no_themes(store: Store, settings: Settings):
    assert cluster_themes(store, settings=settings) == ThemeCounts()
    assert cluster_themes(store, settings=settings) == ThemeCounts()
    assert recluster_themes(store, settings=settings).events == ()


def test_themes_keep_their_ids_while_articles_come_in(store: Store, settings: Settings):
    route = find_route(settings)
    save_articles(store, route, [*some(0, 0, 8), *some(1, 0, 8)])
    assert cluster_themes(store, settings=settings) == ThemeCounts(members=16, themes=2, joined=16, founded=2)
    first = load_current_members(store)

    save_articles(store, route, [*some(0, 8, 10), *some(2, 0, 3)])
    counts = cluster_themes(store, settings=settings)
    assert counts == ThemeCounts(members=5, themes=2, joined=2, waiting=3)
    assert all(first[each] <= members for each, members in load_current_members(store).items())

    save_articles(store, route, some(2, 3, 9))
    counts = cluster_themes(store, settings=settings)
    assert counts == ThemeCounts(members=9, themes=3, founded=1)
    (new,) = {row.id for row in load_themes(store)} - first.keys()
    assert load_theme(store, new).events[0].reason.startswith("9 texts that waited")
    assert cluster_themes(store, settings=settings) == ThemeCounts(themes=3)


def test_clustering_all_once_more_keeps_ids_and_names(store: Store, settings: Settings):
    save_articles(store, find_route(settings), [*some(0, 0, 8), *some(1, 0, 8)])
    cluster_themes(store, settings=settings)
    before = {row.id: row.label for row in load_themes(store)}
    named = min(before)
    decide(store, NewDecision(who="ana", record_id=named, field="label", action=DecisionAction.CORRECT, value="Mines"))
    made = recluster_themes(store, settings=settings)
    assert {row.id: row.label for row in load_themes(store)} == before | {named: "Mines"}
    assert {(each.fate, each.theme_id) for each in made.events} == {("kept", each) for each in before}
    assert recluster_themes(store, settings=settings).events == made.events


def test_another_model_finds_the_same_themes_under_the_same_ids(store: Store, settings: Settings):
    save_articles(store, "another", [*some(0, 0, 8), *some(1, 0, 8)])
    save_articles(store, find_route(settings), [])
    cluster_themes(store, settings=settings)
    assert len(load_themes(store)) == 2


@pytest.mark.slow
def test_themes_are_kept_and_the_run_is_recorded(store: Store, settings: Settings, folder: Path):
    ingest_all(store, [str(folder)], settings=settings, given={})
    counts = update_themes(store, settings=settings)
    assert counts.members > 0
    assert len(load_themes(store)) == counts.themes
    run = load_runs(store)[0]
    assert (run.kind, run.state, run.counts["members"]) == ("themes", "completed", counts.members)
    again = update_themes(store, settings=settings)
    assert (again.themes, again.waiting) == (counts.themes, counts.waiting)
