"""What became of themes is saved whole, once, and by one job at a time."""

import numpy as np
import pytest
from sqlalchemy import select

from pipeline.records import Theme
from pipeline.store import schema
from pipeline.store.theme_articles import load_article_themes
from pipeline.store.theme_rows import NewEvent, NewTheme
from pipeline.store.theme_saving import NewMember, NewProgress, save_clustering, save_progress
from pipeline.store.theme_tracks import load_current_members, load_samples, load_state, load_theme_ids
from pipeline.store.themes import load_themes
from tests.pipeline.themed import draw, save_articles

ROUTE = "r"


@pytest.fixture
def passages(store):
    """The passage of each of four saved articles on one subject, by its article."""
    ids = save_articles(store, ROUTE, [(0, number) for number in range(4)])
    entry = schema.search_entry
    with store.begin() as connection:
        found = connection.execute(select(entry.c.article_id, entry.c.record_id).where(entry.c.kind == "passage"))
        by_article = dict(found.tuples().all())
    return [by_article[each] for each in ids]


def make_theme(theme_id, members):
    theme = Theme(
        id=theme_id, label=theme_id, terms=("sea",), size=len(members), members=tuple(members), exemplars=(members[0],)
    )
    return NewTheme(
        theme=theme,
        center=draw(0, 0),
        floor=0.5,
        founders=len(members),
        voter_ids=tuple(members[:2]),
        broad_id=theme_id,
    )


def test_a_clustering_stands_whole_and_newcomers_are_told_of_it(store, passages):
    made = NewProgress(founded=[make_theme("th-1", passages[:3])], waiting=passages[3:])
    assert load_state(store, ROUTE) is None
    assert save_clustering(store, ROUTE, made, version=None)
    state = load_state(store, ROUTE)
    (track,) = state.tracks
    assert (track.id, track.size, track.founders, track.voters.shape) == ("th-1", 3, 3, (2, 64))
    np.testing.assert_allclose(track.center, draw(0, 0) / np.linalg.norm(draw(0, 0)), rtol=1e-5)  # of length 1
    assert [each.member_id for each in state.comers] == passages[3:]
    assert state.terms == ("sea",)
    assert load_themes(store)[0].broad_id == "th-1"
    (sample,) = load_samples(store)
    assert all(text.startswith("Black Sea") for text in sample.texts)


def test_one_who_comes_too_late_saves_nothing(store, passages):
    made = NewProgress(founded=[make_theme("th-1", passages[:3])], waiting=passages[3:])
    assert save_clustering(store, ROUTE, made, version=None)
    assert not save_clustering(store, ROUTE, made, version=None)
    state = load_state(store, ROUTE)
    joined = NewProgress(joined=[NewMember(passages[3], "th-1", is_voter=True)])
    assert save_progress(store, ROUTE, state, joined)
    assert not save_progress(store, ROUTE, state, joined)
    assert load_current_members(store) == {"th-1": set(passages)}
    after = load_state(store, ROUTE)
    assert (after.comers, after.tracks[0].size, len(after.tracks[0].voters)) == ((), 4, 3)


def test_a_theme_of_which_nothing_is_left_ends_and_says_why(store, passages):
    save_clustering(store, ROUTE, NewProgress(founded=[make_theme("th-1", passages[:3])]), version=None)
    with store.begin() as connection:
        connection.execute(schema.search_entry.delete())
    assert save_progress(store, ROUTE, load_state(store, ROUTE), NewProgress())
    with store.begin() as connection:
        (event,) = connection.execute(select(schema.theme_event)).all()
    assert (event.fate, event.theme_id, event.members) == ("ended", "th-1", 3)
    assert load_state(store, ROUTE).tracks == ()
    assert load_theme_ids(store) == {"th-1"}  # not to be given again


def test_events_and_articles_are_saved_with_the_themes(store, passages):
    event = NewEvent(fate="founded", theme_id="th-1", other_id=None, members=3, reason="found")
    made = NewProgress(founded=[make_theme("th-1", passages[:3])], events=[event])
    save_clustering(store, ROUTE, made, version=None)
    with store.begin() as connection:
        articles = dict(
            connection.execute(select(schema.theme_article.c.article_id, schema.theme_article.c.theme_id)).all()
        )
        assert connection.execute(select(schema.theme_event.c.reason)).scalars().all() == ["found"]
    assert sorted(articles.values(), key=str) == [None, "th-1", "th-1", "th-1"]
    assert load_article_themes(store, articles) == {key: value for key, value in articles.items() if value}
