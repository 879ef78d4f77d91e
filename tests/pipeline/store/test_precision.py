import pytest

from pipeline.decisions import NewDecision
from pipeline.store.decisions import decide
from pipeline.store.precision import find_share, load_mended, load_precision, sum_up
from pipeline.store.undo import undo


def put(store, record_id, action, **facts):
    return decide(store, NewDecision(who="ana", record_id=record_id, action=action, **facts)).decision


@pytest.fixture
def ids(save, make):
    """The ids of four agreements of two rules, one of them trusted."""
    found = []

    def several(article):
        rules = {"Kestrel Treaty": ("treaty", 0.9), "Linden Pact": ("treaty", 0.7), "Arden Deal": ("tagger", 0.6)}
        made = tuple(
            make.agreement(article, name, confidence=confidence).model_copy(update={"rule": rule})
            for name, (rule, confidence) in rules.items()
        )
        found.extend(each.id for each in made)
        return made

    save(agreements=several)
    return found


def test_what_people_decided_is_counted_by_rule(store, ids):
    kestrel, linden, arden = ids
    put(store, kestrel, "accept")
    put(store, linden, "correct", field="status", value="agreed")
    put(store, linden, "accept")
    put(store, arden, "reject")
    found = {each.by: each for each in load_precision(store)}
    treaty, tagger = found["treaty"], found["tagger"]
    assert (treaty.decided, treaty.right, treaty.corrected, treaty.wrong) == (2, 1, 1, 0)
    assert (treaty.precision.value, treaty.kept.value) == (0.5, 1.0)
    assert (treaty.trusted.part, treaty.trusted.whole) == (1, 1)
    assert (tagger.decided, tagger.wrong, tagger.precision.value, tagger.trusted.value) == (1, 1, 0.0, None)
    assert sum_up(list(found.values()), "agreement").value == 1.0


def test_what_is_undone_or_unsure_does_not_count(store, ids):
    made = put(store, ids[0], "accept")
    put(store, ids[1], "unsure")
    undo(store, made.number, who="ana")
    assert load_precision(store) == []


def test_only_the_newest_decisions_are_asked(store, ids):
    for each in ids:
        put(store, each, "accept")
    assert [(each.by, each.decided) for each in load_precision(store, most=2)] == [("tagger", 1), ("treaty", 1)]


def test_versions_are_told_apart(store, ids):
    put(store, ids[0], "accept")
    assert [(each.by, each.decided) for each in load_precision(store, "version")] == [("f1", 1)]


def test_fields_are_counted_that_people_correct(store, ids):
    put(store, ids[0], "correct", field="status", value="agreed")
    put(store, ids[1], "correct", field="status", value="agreed")
    put(store, ids[1], "correct", field="date", value="2025")
    put(store, ids[2], "accept")
    assert [(each.field, each.corrected, each.decided) for each in load_mended(store)] == [
        ("status", 2, 3),
        ("date", 1, 3),
    ]


# From Wilson's formula in other hands (Brown, Cai and DasGupta 2001 have the same).
@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (1, 1, 0.207, 1.0)],
)
def test_an_interval_is_wilsons(part, whole, low, high):
    found = find_share(part, whole)
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)
    assert found.low <= found.value <= found.high + 1e-12


def test_of_nothing_there_is_no_share():
    assert find_share(0, 0).value is None
