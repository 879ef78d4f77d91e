import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.enumerations import ActType, AgreementKind, Basis, PartyRole, Polarity
from pipeline.store import summaries
from pipeline.store.days import find_days
from pipeline.store.differences import find_differences
from pipeline.store.observations import Actor, Deed, Seen, make_outline, order_seen
from pipeline.store.originals import Originals
from pipeline.store.parties import join_parties
from pipeline.store.summaries import LISTED, Summary, summarise

AT = datetime(2025, 8, 1, tzinfo=UTC)
DAYS = ("2024", "2025-06", "2025-06-30", "2025-07-01", "2025-07-20")
NAMES = ("Kestrel Treaty", "kestrel treaty", "The Kestrel Treaty", "KT", "Osprey Pact")
TIMES = st.integers(0, 9).map(lambda hours: AT + timedelta(hours=hours))
DEEDS = st.builds(
    Deed,
    st.sampled_from(ActType),
    st.sampled_from(Polarity),
    st.sampled_from(Basis),
    st.sampled_from((None, *DAYS)),
)
ACTORS = st.builds(
    Actor,
    st.sampled_from(("norland", "sudland")),
    st.sampled_from(PartyRole),
    st.sampled_from(("Norland", "NL")),
    TIMES,
)
FIGURES = st.tuples(st.sampled_from(("members", "range")), st.sampled_from((None, "km")), st.sampled_from((26.0, 32.0)))
SAID = st.builds(
    Seen,
    agreement_id=st.just(""),
    article_id=st.just(""),
    first_seen=TIMES,
    label=st.sampled_from(NAMES),
    kind=st.sampled_from(list(AgreementKind)[:3]),
    confidence=st.sampled_from((0.2, 0.8)),
    name=st.sampled_from((None, *NAMES)),
    aliases=st.lists(st.sampled_from(NAMES), max_size=2),
    date=st.sampled_from((None, *DAYS)),
    subject=st.sampled_from((None, "defence", "trade")),
    published=st.sampled_from((None, *DAYS)),
    publisher=st.sampled_from((None, "The Post", "the post", "A Ministry")),
    authority=st.sampled_from((None, "official", "press", "opinion")),
    reason=st.sampled_from(("name", "alias", "likeness")),
    acts=st.lists(DEEDS, max_size=3),
    parties=st.lists(ACTORS, max_size=3),
    figures=st.lists(FIGURES, max_size=2),
)
ROWS = st.lists(SAID, min_size=1, max_size=12).map(
    lambda seen: [each._replace(agreement_id=f"ag-{at}", article_id=f"ar-{at}") for at, each in enumerate(seen)]
)


@given(ROWS, st.randoms(use_true_random=False))
def test_one_added_after_the_other_in_any_order_is_what_all_of_them_are(seen, dice):
    ordered = order_seen(seen)
    summary = Summary()
    for each in dice.sample(seen, len(seen)):
        summary.add(each)
        summary = Summary(**json.loads(json.dumps(asdict(summary))))  # as it is kept
    assert summary.outline() == make_outline(ordered)
    assert summary.joined() == join_parties(ordered, Originals())
    assert summary.differs() is bool(find_differences(ordered))
    assert [key[3] for key in summary.listed] == [each.agreement_id for each in ordered[-LISTED:]]
    days = find_days(ordered, Originals())
    assert [summary.stand(each.from_day.isoformat()) for each in days] == [each[2:4] for each in days]
    times = [each.first_seen for each in seen]
    assert [datetime.fromisoformat(each) for each in summary.seen] == [min(times), max(times)]


def test_of_many_days_the_last_are_kept(monkeypatch):
    monkeypatch.setattr(summaries, "KEPT_DAYS", 2)
    seen = [
        Seen(f"ag-{at}", f"ar-{at}", AT, "a pact", AgreementKind.TREATY, published=f"2025-07-0{at + 1}")
        for at in range(3)
    ]
    summary = summarise(seen[:2])
    assert summary.takes(seen[0]._replace(published="2024"))  # all days are there
    summary.add(seen[2])
    assert not summary.takes(seen[0])
    assert summary.takes(seen[0]._replace(published=None))
    assert summary.takes(seen[1])
    assert (summary.days, [day for day, _ in summary.walks]) == (3, ["2025-07-02", "2025-07-03"])
