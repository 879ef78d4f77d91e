from datetime import UTC, datetime, timedelta

import pytest

from pipeline.errors import InputError
from pipeline.records import Theme
from pipeline.store.changes import load_changes
from pipeline.store.records import load_register
from pipeline.store.themes import save_themes

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def yesterday(store, save):
    """Saves what was there yesterday, and gives the moment it ended."""
    save("/1.txt", published="2025-07-01", act="agreed", members=26)
    return datetime.now(UTC)


def test_all_is_new_to_who_never_looked(store, save, yesterday):
    changes = load_changes(store, since=LONG_AGO)
    assert [row.label for row in changes.new_rows] == ["Kestrel Treaty"]
    assert (changes.new_articles, len(changes.new_claims)) == (1, 1)
    assert (changes.status_changes, changes.new_parties, changes.differing_figures) == ((), (), ())


def test_nothing_is_new_to_who_has_just_looked(store, save, yesterday):
    save("/1.txt", published="2025-07-01", act="agreed", members=26)
    changes = load_changes(store, since=yesterday)
    assert not any(changes.model_dump(exclude={"since"}).values())


def test_a_later_article_changes_status_parties_and_figures_of_an_older_row(store, save, yesterday):
    save("/2.txt", text="Signed. Norland.", published="2025-07-18", parties=("Norland", "Westia"), members=32)
    changes = load_changes(store, since=yesterday)
    assert changes.new_rows == ()
    (status,) = changes.status_changes
    assert (status.before, status.after, status.observation.address) == ("agreed", "signed", "/2.txt")
    (party,) = changes.new_parties
    assert (party.party.entity, party.row.label) == ("Westia", "Kestrel Treaty")
    (figure,) = changes.differing_figures
    assert [(each.figure.value, each.observation.published) for each in figure.values] == [
        (26.0, "2025-07-01"),
        (32.0, "2025-07-18"),
    ]


@pytest.mark.parametrize("published", ["2025-06-01", None])
def test_what_is_older_or_undated_changes_no_status(store, save, yesterday, published):
    save("/2.txt", text="Proposed. Norland.", published=published, act="proposed")
    assert load_changes(store, since=yesterday).status_changes == ()


def test_a_status_that_moved_between_two_articles_of_one_morning_is_a_change(store, save):
    # The later article comes in first: the order of publication counts.
    save("/2.txt", text="Signed. Norland.", published="2025-07-18")
    save("/1.txt", published="2025-07-01", act="agreed")
    changes = load_changes(store, since=LONG_AGO)
    (status,) = changes.status_changes
    assert (status.before, status.after, status.observation.address) == ("agreed", "signed", "/2.txt")
    assert len(changes.new_rows) == 1


def test_a_revision_brings_only_what_it_adds(store, save, yesterday):
    save("/1.txt", published="2025-07-02", act="agreed", members=26, parties=("Norland", "Sudland", "Westia"))
    changes = load_changes(store, since=yesterday)
    assert [each.party.entity for each in changes.new_parties] == ["Westia"]
    assert (changes.new_articles, changes.new_rows, changes.new_claims, changes.differing_figures) == (0, (), (), ())


def test_another_pipeline_makes_no_news(store, save, yesterday):
    save("/1.txt", published="2025-07-01", act="agreed", members=26, fingerprint="f2")
    changes = load_changes(store, since=yesterday)
    assert not any(changes.model_dump(exclude={"since"}).values())


def test_figures_of_one_article_do_not_differ_among_themselves(store, save, make, yesterday):
    def two(article):
        one = make.agreement(article, members=26)
        other = make.agreement(article, members=32).figures
        return (one.model_copy(update={"figures": (*one.figures, *other)}),)

    save("/2.txt", text="Both. Norland.", agreements=two, published="2025-07-18")
    assert load_changes(store, since=yesterday).differing_figures == ()


def test_themes_say_how_much_came_in(store, save, make):
    one = save("/1.txt")[0]
    between = datetime.now(UTC)
    two = save("/2.txt", text="Norland left.")[0]
    members = tuple(make.passages(article)[0].id for article in (one, two))
    save_themes(store, [Theme(id="th-1", label="x", terms=(), size=2, members=members)], "r")
    (count,) = load_changes(store, since=between).themes
    assert (count.recent, count.recent_articles, count.before, count.theme.size) == (1, 1, 1, 2)


def test_new_rows_and_claims_come_the_weightiest_first(store, save):
    save("/1.txt", text="Osprey Plan. Norland.", name="Osprey Plan", confidence=0.9)
    save("/2.txt", text="Lone Plan. Norland.", name="Lone Plan", confidence=0.5)
    save("/3.txt")
    save("/4.txt", text="Kestrel again. Norland.")
    changes = load_changes(store, since=LONG_AGO)
    assert [row.label for row in changes.new_rows] == ["Kestrel Treaty", "Osprey Plan", "Lone Plan"]
    assert {row.label for row in load_register(store)} == {row.label for row in changes.new_rows}


def test_a_time_needs_a_zone(store):
    with pytest.raises(InputError, match="time zone"):
        load_changes(store, since=datetime(2025, 1, 1))  # noqa: DTZ001 -- that is the point
    assert load_changes(store, since=datetime.now(UTC) + timedelta(days=1)).new_articles == 0
