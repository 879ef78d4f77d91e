from datetime import UTC, datetime

import pytest

from pipeline.enumerations import ActType, AgreementKind, Basis, Polarity
from pipeline.store.contrasts import Contrasts
from pipeline.store.observations import Deed, Seen


def see(number, published="2025-07-01", acts=(), figures=()):
    deeds = [Deed(ActType(act), Polarity.DONE, Basis.STATED, day) for act, day in acts]
    at = datetime(2025, 8, 1, tzinfo=UTC)
    facts = {"published": published, "acts": deeds, "figures": figures}
    return Seen(f"ag-{number}", f"ar-{number}", at, "a pact", AgreementKind.TREATY, **facts)


@pytest.mark.parametrize(
    ("articles", "differs"),
    [
        ([{"figures": [("members", None, 26.0)]}, {"figures": [("members", None, 32.0)]}], True),
        (
            [{"figures": [("members", None, 26.0)]}, {"figures": [("members", None, 26.0), ("members", None, 32.0)]}],
            False,
        ),
        ([{"figures": [("range", "km", 500.0)]}, {"figures": [("range", "miles", 300.0)]}], False),
        ([{"acts": [("signed", "2025-07")]}, {"acts": [("signed", "2025-07-17")]}], False),
        ([{"acts": [("signed", "2025-07")]}, {"acts": [("signed", "2025-08-17")]}], True),
        ([{"acts": [("signed", "2025-07"), ("signed", "2025-08")]}], False),  # one article alone contradicts nobody
        ([{"acts": [("signed", None)]}, {"acts": [("agreed", None)], "published": "2025-07-02"}], True),
        ([{"acts": [("agreed", None)]}, {"acts": [("signed", None)], "published": "2025-07-02"}], False),
    ],
)
@pytest.mark.parametrize("step", [1, -1])
def test_articles_contradict_each_other_in_whatever_order_they_come(articles, differs, step):
    contrasts = Contrasts()
    for number, facts in list(enumerate(articles))[::step]:
        contrasts.add(see(number, **facts))
    assert contrasts.differs is differs


def test_once_they_differ_nothing_more_is_kept():
    contrasts = Contrasts()
    for number, value in enumerate((26.0, 32.0, 26.0)):
        contrasts.add(see(number, figures=[("members", None, value)]))
    assert contrasts == Contrasts(differs=True)
