import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enumerations import ActType, Basis, Polarity, Status
from pipeline.records import Act
from pipeline.status import CHANGES, STATUS_OF_ACT, find_deciding, status_of


def act(kind, polarity="done", date=None, basis="stated"):
    facts = {"act": ActType(kind), "polarity": Polarity(polarity), "basis": Basis(basis)}
    return Act(start=0, end=1, text="x", date=date, **facts)


@pytest.mark.parametrize(
    ("done", "status"),
    [
        ("proposed", "proposed"),
        ("announced", "planned"),
        ("negotiating", "negotiating"),
        ("agreed", "agreed"),
        ("signed", "signed"),
        ("ratified", "signed"),
        ("entered_into_force", "in_force"),
        ("acceded", "in_force"),
        ("launched", "operating"),
        ("operating", "operating"),
        ("stalled", "stalled"),
        ("suspended", "suspended"),
        ("rejected", "rejected"),
        ("expired", "expired"),
        ("terminated", "terminated"),
        ("extended", None),  # as before; alone it says nothing
        ("withdrew", None),
    ],
)
def test_the_table(done, status):
    assert status_of([act(done)]) == status
    assert status_of([act(done, "denied")]) is None
    # "may withdraw from the treaty": what can only happen to what exists plans no agreement.
    assert status_of([act(done, "planned")]) == (None if done in CHANGES else "planned")


def test_every_act_has_its_row():
    assert set(STATUS_OF_ACT) == set(ActType)


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        ([], None),
        ([act("signed"), act("extended")], "signed"),
        ([act("entered_into_force"), act("withdrew")], "in_force"),
        ([act("signed", date="2024"), act("suspended", date="2025-03")], "suspended"),
        ([act("suspended", date="2024"), act("operating", date="2025-03")], "operating"),  # the latest decides
        ([act("signed", date="2010"), act("suspended")], "suspended"),  # no date: the article's own time
        ([act("signed"), act("expired", date="2009-12-05")], "expired"),  # an undated signature undoes no end
        ([act("signed", date="2025"), act("entered_into_force", date="2025")], "in_force"),  # the further one
        ([act("agreed"), act("signed")], "signed"),
        ([act("agreed"), act("signed", "planned")], "agreed"),
        ([act("signed", "planned"), act("rejected", "denied")], "planned"),
        ([act("operating"), act("terminated", "denied")], "operating"),
        ([act("extended"), act("signed", "planned")], "planned"),
        ([act("suspended", "planned"), act("operating", basis="presupposed")], "operating"),
        ([act("operating", basis="presupposed")], "operating"),
        (
            [act("terminated", date="2024"), act("operating", basis="presupposed")],
            "terminated",
        ),  # not revived in passing
        ([act("extended"), act("entered_into_force", basis="presupposed")], "in_force"),
    ],
)
def test_several_acts(acts, status):
    assert status_of(acts) == status


ACTS = st.builds(
    act,
    st.sampled_from(ActType),
    st.sampled_from(Polarity),
    st.sampled_from([None, "2024", "2024-07", "2025-01-31"]),
    st.sampled_from(Basis),
)


@given(st.lists(ACTS), st.randoms())
def test_the_order_in_the_text_does_not_matter(acts, random):
    shuffled = list(acts)
    random.shuffle(shuffled)
    assert status_of(shuffled) == status_of(acts)


@given(st.lists(ACTS))
def test_denied_acts_change_nothing(acts):
    assert status_of(acts) == status_of([a for a in acts if a.polarity is not Polarity.DENIED])
    assert status_of(acts) is None or status_of(acts) in Status


@pytest.mark.parametrize(
    ("acts", "deciding"),
    [
        ([act("agreed"), act("signed", date="2024"), act("signed", date="2025")], 2),
        ([act("operating", basis="presupposed"), act("suspended", date="2025")], 1),
        ([act("operating", basis="presupposed"), act("launched")], 1),
        ([act("signed", "planned")], 0),
        ([act("signed", "denied")], None),
        ([act("extended")], None),
        ([], None),
    ],
)
def test_the_act_that_gives_the_status(acts, deciding):
    assert find_deciding(acts) is (None if deciding is None else acts[deciding])
