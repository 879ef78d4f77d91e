"""Themes: the passages and claims of the whole store are grouped and labelled, and replace the themes of before."""

from pipeline.embedding.encoder import find_route
from pipeline.jobs.counts import ThemeCounts
from pipeline.jobs.embed import embed_new
from pipeline.jobs.runs import Run
from pipeline.settings import Settings
from pipeline.store.duplicates import load_duplicates
from pipeline.store.store import Store
from pipeline.store.themes import save_themes
from pipeline.store.vectors import load_members
from pipeline.themes.find import ThemeMember, find_themes


def update_themes(store: Store, *, settings: Settings) -> ThemeCounts:
    """Embed what is new and cluster all of it, recorded as one run (``entente ingest --themes``)."""
    with Run(store, "themes", settings=settings) as run:
        with run.time("embed"):
            run.note(embed_new(store, settings=settings))
        with run.time("cluster"):
            counts = cluster_themes(store, settings=settings)
        run.note(counts)
    return counts


def cluster_themes(store: Store, *, settings: Settings) -> ThemeCounts:
    """Find the themes of everything that has a vector of the current route, and save them in place of the old ones."""
    route = find_route(settings)
    rows, vectors = load_members(store, route)
    # A theme is what several articles have in common, and two copies of one are one.
    originals = load_duplicates(store)
    members = [ThemeMember(id=row.id, text=row.text, article_id=originals.of(row.article_id)) for row in rows]
    themes = find_themes(members, vectors)
    save_themes(store, themes, route)
    return ThemeCounts(members=len(members), themes=len(themes))
