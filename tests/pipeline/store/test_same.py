import pytest

from pipeline.decisions import NewDecision
from pipeline.errors import InputError
from pipeline.store.decisions import decide
from pipeline.store.reading import load_reading
from pipeline.store.same import count_same, decide_same
from pipeline.store.standing import load_standing
from pipeline.store.undo import undo_batch


@pytest.fixture
def ids(save, store):
    """Of each of three articles: its records by the beginning of their ids."""
    found = []
    texts = [f"Norland and Sudland signed the Kestrel Treaty again in {year}." for year in (2024, 2025)]
    for number, text in enumerate((*texts, "Norland and Westia signed nothing."), 1):
        article, _ = save(f"https://a.example/{number}", text=text)
        records = load_reading(store, article.id).records
        found.append({each.record.id[:2]: each.record.id for each in records})
    return found


def review(store, record_id):
    with store.begin() as connection:
        found = load_standing(connection, [record_id]).get(record_id)
    return found and (found.review or found.fields)


def make(store, record_id, action="reject", **facts):
    return decide(store, NewDecision(who="ana", record_id=record_id, action=action, **facts)).decision


@pytest.mark.parametrize(("prefix", "words"), [("en", "Norland"), ("ag", "Kestrel Treaty")])
def test_what_has_the_same_words_is_counted_then_decided_then_undone_at_once(store, ids, prefix, words):
    made = make(store, ids[0][prefix])
    same = count_same(store, ids[0][prefix], who="ana")
    assert (same.decision, same.words, same.here, same.everywhere) == (made, words, 0, 2)
    done = decide_same(store, ids[0][prefix], who="ana", scope="all", expected=2)
    assert {each.record_id for each in done} == {ids[1][prefix], ids[2][prefix]}
    assert review(store, ids[2][prefix]) == "reject"
    undo_batch(store, done[0].batch, who="ana")
    assert not review(store, ids[2][prefix])


def test_a_correction_is_taken_over_too(store, ids):
    make(store, ids[0]["en"], "correct", field="type", value="ORG")
    decide_same(store, ids[0]["en"], who="ana", scope="all", expected=2)
    assert review(store, ids[1]["en"]) == {"type": "ORG"}


def test_what_was_not_counted_is_not_decided(store, ids):
    make(store, ids[0]["en"])
    with pytest.raises(InputError, match="There were 1 when you looked, and there are 2 now"):
        decide_same(store, ids[0]["en"], who="ana", scope="all", expected=1)
    assert review(store, ids[1]["en"]) is None


def test_there_is_something_to_take_over(store, ids):
    with pytest.raises(InputError, match="Decide on this one first"):
        count_same(store, ids[0]["en"], who="ana")
    place = {"start": 0, "end": 7, "text": "Norland"}
    make(store, ids[0]["en"], "correct", field="mentions", value=[place])
    with pytest.raises(InputError, match="A place in one text"):
        count_same(store, ids[0]["en"], who="ana")
