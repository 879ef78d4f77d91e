import pytest
from pydantic import ValidationError
from sqlalchemy import event

from pipeline.decisions import NewDecision
from pipeline.errors import InputError
from pipeline.store.bulk import MOST, NewBulk, decide_bulk, make_batch
from pipeline.store.decisions import decide, load_decisions
from pipeline.store.queue import load_queue
from pipeline.store.register import load_register
from pipeline.store.undo import undo_batch


@pytest.fixture
def seen(store, save, make):
    """What a page of ten agreements shows, as a form sends it."""
    save(agreements=lambda article: tuple(make.agreement(article, f"Deal {number}") for number in range(10)))
    return {each.id: each.decision for each in load_queue(store) if each.kind == "agreement"}


def test_a_bulk_is_as_many_decisions_of_one_batch_and_undone_as_a_whole(store, seen):
    done = decide_bulk(store, NewBulk(who="ana", action="reject", seen=seen))
    assert (set(done.decided), done.left) == (set(seen), {})
    made = load_decisions(store)
    assert {(each.who, each.action, each.batch) for each in made} == {("ana", "reject", done.batch)}
    assert load_register(store) == []
    assert len(undo_batch(store, done.batch, who="ana").made) == 10
    assert len(load_register(store)) == 10


def test_each_decision_says_what_one_made_alone_says(store, seen):
    one, *others = seen
    alone = decide(store, NewDecision(who="ana", record_id=one, action="accept", batch="b")).decision
    decide_bulk(store, NewBulk(who="ana", action="unsure", seen=dict.fromkeys([one, *others], 99), batch="b"))
    again = load_decisions(store)[1:]
    assert again[0].before == "accept"
    same = {"who", "field", "quote", "batch", "extractor", "article_id", "kind", "text_sha256", "after", "undoes"}
    assert alone.model_dump(include=same) == again[0].model_dump(include=same)
    assert again[0].extracted == alone.extracted


def test_what_somebody_decided_meanwhile_is_left_alone(store, seen):
    one, two, *_ = seen
    decide(store, NewDecision(who="ben", record_id=one, action="accept"))
    done = decide_bulk(store, NewBulk(who="ana", action="reject", seen={one: 0, two: 0, "ag-gone": 0}))
    assert done.decided == (two,)
    assert "meanwhile" in done.left[one]
    assert "there no more" in done.left["ag-gone"]
    with pytest.raises(InputError, match="look at the page again"):
        decide_bulk(store, NewBulk(who="ana", action="reject", seen={one: 0}))


def test_ten_records_take_no_more_steps_than_one(store, seen):
    def count(ids):
        said = []
        listener = lambda *call: said.append(call[2])  # noqa: E731 -- SQLAlchemy wants one function to add and to remove
        event.listen(store.engine, "before_cursor_execute", listener)
        decide_bulk(store, NewBulk(who="ana", action="reject", seen=dict.fromkeys(ids, 999)))
        event.remove(store.engine, "before_cursor_execute", listener)
        return len(said)

    ids = list(seen)
    assert count(ids[:9]) <= count(ids[9:]) + 2


@pytest.mark.parametrize("seen", [{}, {f"ag-{number}": 0 for number in range(MOST + 1)}])
def test_nothing_and_more_than_a_page_are_refused(seen):
    with pytest.raises(ValidationError):
        NewBulk(who="ana", action="accept", seen=seen)


def test_batches_have_names_of_their_own():
    assert len({make_batch("bulk") for _ in range(50)}) == 50
