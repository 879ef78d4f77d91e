import pytest

from pipeline.enumerations import Origin
from pipeline.errors import InputError
from pipeline.store.decisions import load_decisions
from pipeline.store.entries import NewEntry, add_entry, complete_values, create
from pipeline.store.own import load_own


def test_an_entry_is_a_decision_with_all_its_values(store):
    made = create(store, NewEntry(who="ana", values={"name": "Linden Pact", "kind": "treaty"}, batch="b1", quote="so"))
    assert (made.action, made.kind, made.batch, made.quote) == ("create", "treaty", "b1", "so")
    assert made.record_id.startswith("ow-")
    assert made.after["label"] == "Linden Pact"
    assert load_decisions(store) == [made]


def test_one_agreement_may_be_entered_twice(store):
    new = NewEntry(who="ana", values={"label": "a pact without a name", "kind": "treaty"})
    with store.begin() as connection:
        ids = {add_entry(connection, new, place=place).record_id for place in (0, 1)}
        assert {each.name for each in load_own(connection, ids)} == {None}
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"kind": "treaty"}, "needs a name"),
        ({"name": "Linden Pact"}, "kind: Field required"),
        ({"name": "Linden Pact", "kind": "pact"}, "'treaty'"),
        ({"name": "Linden Pact", "kind": "treaty", "mood": "good"}, "mood: Extra"),
    ],
)
def test_what_is_no_agreement_is_refused(store, values, said):
    with pytest.raises(InputError, match=said):
        create(store, NewEntry(who="ana", values=values))
    assert load_decisions(store) == []


def test_an_article_enters_nothing(store):
    values = {"name": "Linden Pact", "kind": "treaty"}
    with pytest.raises(InputError, match="extracted, not entered"):
        create(store, NewEntry(who="ana", origin=Origin.ARTICLE, values=values))
    assert complete_values(values)["parties"] == []
