"""Themes: what came in joins the themes there are, waits, or founds new ones; on request all is clustered once more."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.embedding.encoder import find_route
from pipeline.jobs.counts import ThemeCounts
from pipeline.jobs.embed import embed_new
from pipeline.jobs.runs import Run
from pipeline.settings import Settings
from pipeline.store.duplicates import load_duplicates
from pipeline.store.store import Store
from pipeline.store.theme_rows import NewEvent, NewTheme, ThemeState
from pipeline.store.theme_saving import NewMember, NewProgress, load_version, save_clustering, save_progress
from pipeline.store.theme_tracks import count_current, load_current_members, load_named, load_state, load_theme_ids
from pipeline.store.vectors import load_members
from pipeline.themes.find import ThemeMember
from pipeline.themes.succession import Fate, ThemeEvent, carry_over, explain
from pipeline.themes.tracking import Founded, Progress, Track, found_all, rename, track


@dataclass(frozen=True, slots=True)
class Reclustering:
    """What clustering all once more has made of the themes."""

    counts: ThemeCounts
    events: tuple[ThemeEvent, ...]  #: what became of each theme


def update_themes(store: Store, *, settings: Settings) -> ThemeCounts:
    """Embed what is new and find its themes, recorded as one run (``entente ingest --themes``)."""
    with Run(store, "themes", settings=settings) as run:
        with run.time("embed"):
            run.note(embed_new(store, settings=settings))
        with run.time("cluster"):
            counts = cluster_themes(store, settings=settings)
        run.note(counts)
    return counts


def cluster_themes(store: Store, *, settings: Settings) -> ThemeCounts:
    """Have what came in since the last time join the themes of the current route; where there are none, find them.

    A theme keeps its id, name and members. All is clustered where there never were themes of this route.
    """
    route = find_route(settings)
    while (state := load_state(store, route)) is not None:
        progress = _track(store, state)
        if save_progress(store, route, state, _make_progress(progress)):  # else another job was quicker: once more
            return ThemeCounts(
                members=len(state.comers),
                themes=count_current(store),
                joined=len(progress.joined),
                founded=len(progress.founded),
                waiting=len(progress.waiting),
            )
    return recluster_themes(store, settings=settings).counts


def recluster_themes(store: Store, *, settings: Settings) -> Reclustering:
    """Cluster everything that has a vector of the current route once more; ids are carried over by what themes have in common.

    A theme that goes on keeps its id and the name that a person gave it. What became of each is kept: `entente themes show`.
    """
    route = find_route(settings)
    while True:
        with store.begin() as connection:
            version = load_version(connection, route)
        rows, vectors = load_members(store, route)
        # A theme is what several articles have in common, and two copies of one are one.
        originals = load_duplicates(store)
        members = [ThemeMember(id=row.id, text=row.text, article_id=originals.of(row.article_id)) for row in rows]
        old = load_current_members(store)
        found = found_all(members, vectors, taken=load_theme_ids(store))
        ids = carry_over(old, [each.theme.members for each in found], named=load_named(store))
        founded = rename(found, ids)
        events = tuple(explain(old, {each.theme.id: each.theme.members for each in founded}))
        at_home = {member_id for each in founded for member_id in each.theme.members}
        waiting = [each.id for each in members if each.id not in at_home]
        made = NewProgress(founded=[_make_theme(e) for e in founded], waiting=waiting, events=_make_events(events))
        if save_clustering(store, route, made, version=version):
            return Reclustering(_count(len(members), founded, events, len(waiting)), events)


def _count(members: int, founded: Sequence[Founded], events: Sequence[ThemeEvent], waiting: int) -> ThemeCounts:
    return ThemeCounts(
        members=members,
        themes=len(founded),
        joined=members - waiting,
        founded=sum(each.fate in {Fate.FOUNDED, Fate.SPLIT} for each in events),
        waiting=waiting,
    )


def _track(store: Store, state: ThemeState) -> Progress:
    originals = load_duplicates(store)
    members = [ThemeMember(each.member_id, each.text, originals.of(each.article_id)) for each in state.comers]
    tracks = [Track(each.id, each.center, each.floor, each.founders, each.size, each.voters) for each in state.tracks]
    return track(tracks, members, state.vectors, taken=load_theme_ids(store), avoid=state.terms)


def _make_progress(progress: Progress) -> NewProgress:
    return NewProgress(
        joined=[NewMember(each.member_id, each.theme_id, each.is_voter) for each in progress.joined],
        founded=[_make_theme(each) for each in progress.founded],
        waiting=progress.waiting,
        events=[_make_founding(each) for each in progress.founded],
    )


def _make_founding(made: Founded) -> NewEvent:
    fate, size = Fate.FOUNDED.value, len(made.theme.members)
    return NewEvent(fate=fate, theme_id=made.theme.id, other_id=None, members=size, reason=made.reason)


def _make_theme(made: Founded) -> NewTheme:
    return NewTheme(
        theme=made.theme,
        center=made.track.center,
        floor=made.track.floor,
        founders=made.track.founders,
        voter_ids=made.voter_ids,
        broad_id=made.broad_id,
    )


def _make_events(events: Sequence[ThemeEvent]) -> list[NewEvent]:
    return [
        NewEvent(
            fate=each.fate.value,
            theme_id=each.theme_id,
            other_id=each.other_id,
            members=each.members,
            reason=each.reason,
        )
        for each in events
    ]
