import pytest

from pipeline.decisions import NewDecision
from pipeline.store.decisions import decide
from pipeline.store.queue import load_queue
from pipeline.store.queue_items import load_items


@pytest.fixture
def ids(store, save):
    save()
    return {each.kind: each.id for each in load_queue(store)}


def load(store, *ids):
    with store.read() as connection:
        return load_items(connection, ids)


def test_items_come_as_they_were_asked_for_and_what_is_gone_is_left_out(store, ids):
    claim, agreement = load(store, ids["claim"], "ag-gone", ids["agreement"])
    assert (claim.kind, claim.label, claim.type, claim.who) == (
        "claim",
        'it "changes everything"',
        "evaluation",
        ("Mara Lind",),
    )
    assert (agreement.kind, agreement.status, agreement.rule, agreement.decision) == ("agreement", "signed", "test", 0)
    assert agreement.quote.startswith("Norland and Sudland signed")


@pytest.mark.parametrize(
    ("kind", "field", "value", "shown"),
    [
        ("claim", "speaker", "Westia", ("who", ("Westia",))),
        ("claim", "speaker", None, ("who", ())),
        ("claim", "type", "prediction", ("type", "prediction")),
        ("claim", "content", [{"start": 78, "end": 80, "text": "it"}], ("label", "it")),
        ("agreement", "name", "Kestrel Pact", ("label", "Kestrel Pact")),
        ("agreement", "kind", "coalition", ("type", "coalition")),
        ("agreement", "status", None, ("status", None)),
    ],
)
def test_corrected_values_stand_for_extracted_ones(store, ids, kind, field, value, shown):
    made = decide(
        store, NewDecision(who="ana", record_id=ids[kind], action="correct", field=field, value=value)
    ).decision
    (item,) = load(store, ids[kind])
    assert getattr(item, shown[0]) == shown[1]
    assert (item.decision, item.review) == (made.number, None)
