from datetime import UTC, datetime

import pytest

from pipeline.enumerations import ActType, AgreementKind, Basis, Polarity
from pipeline.store.differences import by_authority, find_differences
from pipeline.store.observations import Deed, Seen

AT = datetime(2025, 8, 1, tzinfo=UTC)


def see(number, published="2025-07-01", *, acts=(), members=None, authority=None):
    deeds = [Deed(ActType(act), Polarity.DONE, Basis.STATED, day) for act, day in acts]
    figures = [("members", None, float(members))] if members else []
    return Seen(
        f"ag-{number}",
        f"ar-{number}",
        AT,
        "a pact",
        AgreementKind.TREATY,
        published=published,
        authority=authority,
        acts=deeds,
        figures=figures,
    )


def shorten(found):
    return [
        (each.name, [(one.value, [seen.agreement_id for seen in one.seen]) for one in each.values]) for each in found
    ]


def test_figures_stand_side_by_side_the_official_one_first():
    seen = [
        see(0, members=26),
        see(1, "2025-07-02", members=32, authority="official"),
        see(2, "2025-07-03", members=26),
    ]
    assert shorten(find_differences(seen)) == [("members", [(32.0, ["ag-1"]), (26.0, ["ag-0", "ag-2"])])]
    assert find_differences([see(0, members=26), see(1, members=26), see(2)]) == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("2025-07-17", "2025-07-18", True),
        ("2025-07-17", "2025-07", False),
        ("2024", "2025-07", True),
        ("2025-07-17", None, False),
    ],
)
def test_days_of_one_act_differ_where_neither_is_within_the_other(one, other, differ):
    seen = [see(0, acts=[("signed", one)]), see(1, acts=[("signed", other)])]
    names = [each.name for each in find_differences(seen)]
    assert ("signed" in names) == differ


def test_what_happens_again_has_several_days():
    assert find_differences([see(0, acts=[("extended", "2024")]), see(1, acts=[("extended", "2025")])]) == []


@pytest.mark.parametrize(
    ("said", "differ"),
    [
        ([("2025-07-01", "agreed"), ("2025-07-20", "signed")], False),  # it moved on
        ([("2025-07-01", "signed"), ("2025-07-20", "agreed")], True),
        ([("2025-07-01", "agreed"), ("2025-07-01", "signed")], True),
        ([("2025-07-01", "signed"), ("2025-07-20", "suspended")], False),
        ([("2025-07-01", "entered_into_force"), ("2025-07-20", "operating")], False),
        ([("2025-07-01", "signed"), (None, "agreed")], False),
    ],
)
def test_articles_differ_on_how_far_it_has_come(said, differ):
    seen = [see(number, day, acts=[(act, None)]) for number, (day, act) in enumerate(said)]
    assert [each.name for each in find_differences(seen)] == (["status"] if differ else [])


def test_an_act_of_the_past_contradicts_nothing():
    seen = [see(0, "2025-07-01", acts=[("signed", None)]), see(1, "2025-07-20", acts=[("agreed", "2024-05")])]
    assert find_differences(seen) == []


def test_official_texts_come_first_then_the_oldest():
    seen = [see(0, "2025-07-03"), see(1, "2025-07-02"), see(2, authority="opinion"), see(3, authority="official")]
    assert [each.agreement_id for each in sorted(seen, key=by_authority)] == ["ag-3", "ag-2", "ag-1", "ag-0"]
