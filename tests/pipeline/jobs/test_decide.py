from pipeline.jobs.decide import create_entry, merge_records, split_records, undo_decision
from pipeline.store.entries import NewEntry
from pipeline.store.judgements import NewJudgement
from pipeline.store.records import load_register


def enter(store, name):
    return create_entry(store, NewEntry(who="ana", values={"name": name, "kind": "treaty"}))


def names(store):
    return sorted(str(row.name) for row in load_register(store))


def test_the_register_follows_at_once(store):
    one, other = enter(store, "Linden Pact"), enter(store, "Moor Accord")
    assert names(store) == ["Linden Pact", "Moor Accord"]
    merged = merge_records(store, NewJudgement(who="ana", record_ids=(one.record_id, other.record_id)))
    assert len(names(store)) == 1
    split = split_records(store, NewJudgement(who="ana", record_ids=(other.record_id,)))
    assert len(names(store)) == 2
    undo_decision(store, split.number, who="ana")
    assert len(names(store)) == 1
    undo_decision(store, merged.number, who="ana")
    assert len(names(store)) == 2
    undo_decision(store, one.number, who="ana")
    assert names(store) == ["Moor Accord"]
