import pytest

from pipeline.enumerations import Status
from pipeline.errors import NotFoundError
from pipeline.records import Theme
from pipeline.store.filters import RegisterFilter
from pipeline.store.register import load_register, load_rows, select_rows
from pipeline.store.themes import save_themes


@pytest.fixture
def treaties(store, save):
    """Three rows: the Kestrel Treaty of three articles, an unnamed pact and the Osprey Plan of one each."""
    save("/1.txt", text="Norland and Sudland agreed on the Kestrel Treaty.", published="2025-07-01", act="agreed")
    save("/2.txt", text="The Kestrel Treaty is signed. Norland.", published="2025-07-20", parties=("norland", "Westia"))
    save("/3.txt", text="Kestrel was proposed.", published=None, act="proposed", parties=(), confidence=0.9)
    save("/4.txt", text="Norland and Ostmark have a pact.", name=None, act=None, published="2025-07-10")
    save(
        "/5.txt",
        text="The Osprey Plan is 100% ready.",
        name="Osprey Plan",
        kind="capability_programme",
        act="announced",
        published="2025-06",
        parties=("Ostmark",),
        subject="a common drone",
        aliases=("the Osprey",),
    )
    return store


def test_observations_of_one_agreement_are_one_row(treaties):
    row = load_register(treaties)[0]
    assert (row.label, row.name, row.kind, row.confidence) == ("Kestrel Treaty", "Kestrel Treaty", "treaty", 0.9)
    assert [each.published for each in row.observations] == ["2025-07-01", "2025-07-20", None]
    assert [each.status for each in row.observations] == [Status.AGREED, Status.SIGNED, Status.PROPOSED]
    assert row.observations[0].quote.text == "Norland and Sudland agreed on the Kestrel Treaty"
    assert row.observations[0].address == "/1.txt"
    assert row.first_seen <= row.last_seen == max(each.first_seen for each in row.observations)


def test_parties_are_joined_by_name_and_role(treaties):
    row = load_register(treaties)[0]
    assert [(party.entity, len(party.agreement_ids)) for party in row.parties] == [
        ("Norland", 2),
        ("Sudland", 1),
        ("Westia", 1),
    ]
    assert row.parties[0].quote.text == "Norland and Sudland agreed on the Kestrel Treaty"
    assert row.parties[0].article_id == row.observations[0].article_id


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["Kestrel Treaty", "a pact without a name", "Osprey Plan"]),
        ({"text": "kestrel"}, ["Kestrel Treaty"]),
        ({"text": "drone osprey"}, ["Osprey Plan"]),
        ({"text": "100%"}, []),
        ({"kind": "capability_programme"}, ["Osprey Plan"]),
        ({"status": "signed"}, ["Kestrel Treaty"]),
        ({"party": "Ostmark"}, ["Osprey Plan"]),
        ({"party": "the WESTIA"}, ["Kestrel Treaty"]),
        ({"party": "Norland", "role": "party"}, ["Kestrel Treaty", "a pact without a name"]),
        ({"party": "Norland", "role": "lead"}, []),
        ({"limit": 1}, ["Kestrel Treaty"]),
        ({"as_of": "2025-07-05"}, ["Kestrel Treaty", "Osprey Plan"]),
        ({"as_of": "2025-05"}, []),
        ({"as_of": "2025-07-05", "status": "agreed"}, ["Kestrel Treaty"]),
        ({"as_of": "2025-07-05", "status": "signed"}, []),
        ({"party": ("Norland", "Westia")}, ["Kestrel Treaty"]),
        ({"party": ("Norland", "Ostmark")}, []),
        ({"role": "party"}, ["Kestrel Treaty", "a pact without a name", "Osprey Plan"]),
        ({"publisher": "THE EXAMPLE", "named": False}, ["a pact without a name"]),
        ({"publisher": "another"}, []),
        ({"authority": "official"}, []),
        ({"named": True}, ["Kestrel Treaty", "Osprey Plan"]),
        ({"published_from": "2025-07-05", "published_to": "2025-07-15"}, ["a pact without a name"]),
        ({"published_to": "2025-06"}, ["Osprey Plan"]),
        ({"status_from": "2025-07-01"}, ["Kestrel Treaty"]),
        ({"status_to": "2025-06"}, ["Osprey Plan"]),
        ({"status_from": "2025-06", "status_to": "2025"}, ["Kestrel Treaty", "Osprey Plan"]),
        ({"min_confidence": 0.85}, ["Kestrel Treaty"]),
        ({"differs": False, "kind": "treaty"}, ["Kestrel Treaty", "a pact without a name"]),
        ({"review": "reject"}, []),
        ({"theme": "th-none"}, []),
        ({"text": "kes tre"}, ["Kestrel Treaty"]),
        ({"text": "%"}, []),
    ],
)
def test_rows_are_asked_for_by_what_is_in_them(treaties, wanted, expected):
    rows = load_register(treaties, RegisterFilter.model_validate(wanted))
    assert [row.label for row in rows] == expected


def test_a_filter_chooses_rows_and_not_their_observations(treaties):
    (row,) = load_register(treaties, RegisterFilter(party="Westia"))
    assert len(row.observations) == 3


@pytest.mark.parametrize(("day", "status"), [("2025-07-05", Status.AGREED), ("2025-07-20", Status.SIGNED)])
def test_a_row_can_be_seen_as_a_reader_of_that_day_saw_it(treaties, day, status):
    assert load_register(treaties, RegisterFilter(as_of=day, text="kestrel"))[0].status is status


@pytest.mark.parametrize("as_of", [None, "2025-12"])
def test_a_list_goes_on_after_its_last_row(treaties, as_of):
    everything = [row.id for row in load_register(treaties, RegisterFilter(as_of=as_of))]
    found, after = [], None
    while rows := load_register(treaties, RegisterFilter(as_of=as_of, limit=1, after=after)):
        found.append(rows[0].id)
        after = rows[0].id
    assert found == everything
    assert len(found) == 3
    with pytest.raises(NotFoundError, match="rw-none"):
        load_register(treaties, RegisterFilter(after="rw-none"))


def test_rows_of_a_past_day_have_what_was_known_then(treaties):
    (row,) = load_register(treaties, RegisterFilter(as_of="2025-07-05", text="kestrel"))
    assert (row.observed, row.independent, row.status_date, row.last_published) == (1, 1, "2025-07-01", "2025-07-01")
    assert [party.entity for party in row.parties] == ["Norland", "Sudland"]
    assert [each.published for each in row.observations] == ["2025-07-01"]


def test_a_theme_leads_to_the_rows_its_passages_tell_of(treaties, make):
    article = make.article("/5.txt", "The Osprey Plan is 100% ready.", "2025-06")
    passage = make.passages(article)[0].id
    save_themes(treaties, [Theme(id="th-1", label="x", terms=(), size=1, members=(passage,))], "r")
    assert [row.label for row in load_register(treaties, RegisterFilter(theme="th-1"))] == ["Osprey Plan"]


def test_rows_are_read_by_their_ids_too(treaties):
    everything = load_register(treaties)
    with treaties.begin() as connection:
        rows = load_rows(connection, [row.id for row in everything])
        past = load_rows(connection, [row.id for row in everything], as_of="2025-07-05")
        assert set(connection.execute(select_rows(RegisterFilter())).scalars()) == {row.id for row in everything}
    assert rows == sorted(everything, key=lambda row: row.id)
    assert {row.label for row in past} == {"Kestrel Treaty", "Osprey Plan"}
