import pytest
from sqlalchemy import text

from pipeline.decisions import NewDecision
from pipeline.errors import InputError
from pipeline.store.decisions import decide, decide_all
from pipeline.store.history import load_past_decisions, load_steps, step_back, step_forward
from pipeline.store.standing import load_standing


@pytest.fixture
def ids(save, store):
    save()
    with store.begin() as connection:
        query = text("SELECT id FROM agreement UNION SELECT id FROM claim UNION SELECT id FROM entity")
        return {each[:2]: each for each in connection.execute(query).scalars()}


@pytest.fixture
def make(store, ids):
    def make_one(prefix="ag", action="accept", who="ana", **facts):
        return decide(store, NewDecision(who=who, record_id=ids[prefix], action=action, **facts)).decision

    return make_one


@pytest.fixture
def review(store, ids):
    def load(prefix="ag"):
        with store.begin() as connection:
            found = load_standing(connection, [ids[prefix]]).get(ids[prefix])
        return found and found.review

    return load


def test_steps_are_taken_back_and_made_again_in_their_order(store, make, review):
    make("ag", "accept")
    make("cl", "reject")
    make("ag", "unsure")
    seen = [(review("ag"), review("cl"))]
    for _ in range(3):
        step_back(store, "ana")
        seen.append((review("ag"), review("cl")))
    assert seen == [("unsure", "reject"), ("accept", "reject"), ("accept", None), (None, None)]
    with pytest.raises(InputError, match="nothing to undo"):
        step_back(store, "ana")
    again = [(review("ag"), review("cl"))]
    for _ in range(3):
        step_forward(store, "ana")
        again.append((review("ag"), review("cl")))
    assert again == seen[::-1]
    with pytest.raises(InputError, match="nothing to make again"):
        step_forward(store, "ana")
    step_back(store, "ana")  # and so on, however often
    assert review("ag") == "accept"


def test_a_batch_is_one_step_both_ways(store, make, review, ids):
    make("en", "accept")
    facts = {"who": "ana", "batch": "b1"}
    same = [NewDecision(record_id=ids["ag"], action=each, **facts) for each in ("accept", "reject")]
    decide_all(store, [*same, NewDecision(record_id=ids["cl"], action="unsure", **facts)])
    assert load_steps(store, "ana").back.count == 3
    assert len(step_back(store, "ana").made) == 3
    assert (review("ag"), review("cl"), review("en")) == (None, None, "accept")
    assert load_steps(store, "ana").forward.count == 3
    assert len(step_forward(store, "ana").made) == 3
    assert (review("ag"), review("cl")) == ("reject", "unsure")


def test_what_is_decided_anew_ends_making_again(store, make):
    make("ag", "accept")
    step_back(store, "ana")
    assert load_steps(store, "ana").forward is not None
    make("cl", "accept", who="ben")  # somebody else's decision does not
    assert load_steps(store, "ana").forward is not None
    make("cl", "reject")
    steps = load_steps(store, "ana")
    assert (steps.back.first.action, steps.forward) == ("reject", None)


def test_each_has_steps_of_their_own_and_passes_over_what_others_decided_anew(store, make, review):
    first = make("cl", "accept")
    mine = make("ag", "accept")
    make("ag", "reject", who="ben")
    done = step_back(store, "ana")
    assert [each.undoes for each in done.made] == [first.number]
    assert "took its place" in done.left[mine.number]
    assert (review("ag"), review("cl")) == ("reject", None)
    with pytest.raises(InputError, match="Nothing can be undone"):
        step_back(store, "ana")


def test_the_log_is_read_from_its_end_page_by_page(store, make, ids):
    made = [make("ag", action) for action in ("accept", "reject", "unsure")]
    step_back(store, "ana")
    past = load_past_decisions(store, limit=2)
    assert [(each.decision.action, each.is_undone) for each in past] == [("undo", False), ("unsure", True)]
    rest = load_past_decisions(store, before=past[-1].decision.number)
    assert [each.decision.number for each in rest] == [made[1].number, made[0].number]
    assert load_past_decisions(store, who="ben") == []
    assert len(load_past_decisions(store, article_id=made[0].article_id)) == 4
