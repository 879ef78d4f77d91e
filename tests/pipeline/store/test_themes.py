import pytest

from pipeline.records import Theme
from pipeline.store.duplicates import save_duplicates
from pipeline.store.themes import load_themes, save_themes


@pytest.fixture
def theme(make):
    """A theme of the passages of these articles; the first is its exemplar."""

    def make_one(theme_id, *articles):
        members = tuple(make.passages(article)[0].id for article in articles)
        return Theme(
            id=theme_id, label=theme_id, terms=("a", "b"), size=len(members), members=members, exemplars=members[:1]
        )

    return make_one


def test_themes_come_back_the_largest_first_with_their_exemplars(store, save, theme):
    one, two = save("/1.txt")[0], save("/2.txt", text="Norland left.")[0]
    assert save_themes(store, [theme("th-1", one), theme("th-2", two, one)], "r") == 2
    large, small = load_themes(store)
    assert (large.id, large.size, large.articles, large.terms) == ("th-2", 2, 2, ("a", "b"))
    assert [(each.kind, each.text, each.article_id) for each in large.exemplars] == [("passage", two.text, two.id)]
    assert small.last_seen == small.exemplars[0].first_seen


def test_a_theme_that_stays_keeps_the_time_it_was_first_seen(store, save, theme):
    article, _ = save()
    save_themes(store, [theme("th-1", article), theme("th-2", article)], "r")
    before = {row.id: row for row in load_themes(store)}
    assert save_themes(store, [theme("th-1", article), theme("th-3", article)], "r") == 1
    after = {row.id: row for row in load_themes(store)}
    assert after.keys() == {"th-1", "th-3"}
    assert after["th-1"].first_seen == before["th-1"].first_seen < after["th-3"].first_seen


def test_members_that_are_no_more_are_not_counted(store, save, theme):
    one, two = save("/1.txt")[0], save("/2.txt", text="Norland left.")[0]
    save_themes(store, [theme("th-1", one, two)], "r")
    save("/1.txt", text="Norland changed its mind.")
    (row,) = load_themes(store)
    assert (row.size, row.exemplars) == (1, ())


def test_no_themes_are_no_error(store):
    assert save_themes(store, [], "r") == 0
    assert load_themes(store) == []


def test_copies_are_members_but_count_once(store, save, theme):
    one, two, other = (save(f"/{at}.txt", text=f"Norland left, {at}.")[0] for at in range(3))
    save_themes(store, [theme("th-1", one, two, other)], "r")
    with store.begin() as connection:
        save_duplicates(connection, [{"article_id": two.id, "other_id": one.id, "kind": "copy", "score": 0.9}])
    (row,) = load_themes(store)
    assert (row.size, row.articles) == (2, 2)
    with store.begin() as connection:
        save_duplicates(connection, [{"article_id": two.id, "other_id": one.id, "kind": "digest", "score": 0.3}])
    assert load_themes(store)[0].size == 3
