from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enumerations import ActType, AgreementKind, Basis, Polarity
from pipeline.store.days import Walk, find_days, first_day, last_day
from pipeline.store.observations import Deed, Seen, find_status
from pipeline.store.originals import Originals, find_originals

AT = datetime(2025, 8, 1, tzinfo=UTC)
DAYS = ("2024", "2025-06", "2025-06-30", "2025-07-01", "2025-07-20")
DEEDS = st.builds(
    Deed,
    st.sampled_from(ActType),
    st.sampled_from(Polarity),
    st.sampled_from(Basis),
    st.sampled_from((None, *DAYS)),
)
OBSERVATIONS = st.lists(
    st.tuples(
        st.sampled_from((None, *DAYS)),
        st.sampled_from((None, "official", "press", "opinion")),
        st.lists(DEEDS, max_size=3),
        st.integers(0, 5),
    ),
    max_size=8,
)
REPEATS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(("copy", "part", "digest"))).filter(
        lambda each: each[0] != each[1]
    ),
    max_size=5,
)


def see(number, published, authority=None, acts=(), article=0):
    return Seen(
        f"ag-{number}",
        f"ar-{article}",
        AT,
        "a pact",
        AgreementKind.TREATY,
        published=published,
        authority=authority,
        acts=acts,
    )


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2025-07-17", "2025-07-17", "2025-07-17"),
        ("2025-07", "2025-07-01", "2025-07-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_month_and_a_year_have_a_first_and_a_last_day(iso, first, last):
    assert (first_day(iso), last_day(iso)) == (date.fromisoformat(first), date.fromisoformat(last))


@given(OBSERVATIONS, REPEATS)
def test_one_walk_says_of_each_day_what_looking_at_all_until_then_says(said, repeats):
    seen = [see(number, *each) for number, each in enumerate(said)]
    originals = find_originals((f"ar-{one}", f"ar-{other}", kind) for one, other, kind in repeats)
    for day in find_days(seen, originals):
        known = [each for each in seen if each.published and first_day(each.published) <= day.from_day]
        status, status_date = find_status(known)
        assert (day.status, day.status_date) == (status, status_date)
        assert day.observations == len(known)
        assert day.independent == originals.count(each.article_id for each in known)


def test_each_day_holds_until_the_next():
    days = find_days([see(0, "2025-07-20"), see(1, "2025-06"), see(2, None), see(3, "2025-06-01")], Originals())
    assert [(str(each.from_day), str(each.until_day), each.observations) for each in days] == [
        ("2025-06-01", "2025-07-20", 2),
        ("2025-07-20", "None", 3),
    ]
    assert find_days([see(0, None)], Originals()) == []


def test_what_is_undated_moves_no_walk():
    walk = Walk()
    walk.add(see(0, None, acts=[Deed(ActType.SIGNED, Polarity.DONE, Basis.STATED, None)]))
    assert walk.stand() == (None, None)
