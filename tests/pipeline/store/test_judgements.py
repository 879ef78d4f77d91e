import pytest
from sqlalchemy import text

from pipeline.errors import InputError, NotFoundError
from pipeline.store.judgements import (
    NewJudgement,
    is_judgement_superseded,
    mark_moved,
    merge,
    refresh_judgements,
    split,
)
from pipeline.store.standing import load_judgements
from pipeline.store.undo import undo

TEXT = "Norland and Sudland signed the {name} on 17 July 2025."


@pytest.fixture
def ids(save, store):
    """Ids of agreements: two of the Kestrel Treaty in one row, two of the Linden Pact in another, one of the Moor Accord."""
    names = ["Kestrel Treaty", "Kestrel Treaty", "Linden Pact", "Linden Pact", "Moor Accord"]
    for number, name in enumerate(names):
        save(f"https://a.example/{number}", text=TEXT.format(name=name) + "!" * number, name=name)
    with store.begin() as connection:
        query = "SELECT a.id FROM agreement a JOIN article r ON r.id = a.article_id ORDER BY r.address"
        return list(connection.execute(text(query)).scalars())


@pytest.fixture
def row_of(store):
    def find(agreement_id):
        with store.begin() as connection:
            return connection.execute(
                text("SELECT row_id FROM link WHERE agreement_id = :id"), {"id": agreement_id}
            ).scalar()

    return find


@pytest.fixture
def said(store):
    def load(*ids):
        with store.begin() as connection:
            return load_judgements(connection, ids)

    return load


def pair(one, other):
    return (min(one, other), max(one, other))


def new(*ids, **facts):
    return NewJudgement(who="ana", record_ids=ids, **facts)


def test_two_rows_that_are_one_hang_together_whichever_observation_goes(store, ids, row_of, said):
    made = merge(store, new(row_of(ids[0]), row_of(ids[2])))
    kestrel, linden = made.after["groups"]
    assert {*kestrel, *linden} == set(ids[:4])
    found = said(ids[0])
    wanted = {pair(kestrel[0], each) for each in linden} | {pair(each, linden[0]) for each in kestrel}
    assert (found.same, found.apart) == (wanted, frozenset())
    assert said(ids[3]) == found
    assert said(ids[4]).same == frozenset()


def test_what_is_split_off_stays_apart_from_all_it_stood_with(store, ids, row_of, said):
    made = split(store, new(ids[0]))
    assert made.record_id == row_of(ids[0])
    assert said(ids[1]).apart == {pair(ids[0], ids[1])}
    assert said(ids[0]).same == frozenset()


def test_of_two_judgements_on_a_pair_the_newer_holds_and_undoing_it_brings_the_older_back(store, ids, said):
    first = merge(store, new(ids[0], ids[1]))
    second = split(store, new(ids[0]))
    assert (said(ids[0]).same, said(ids[0]).apart) == (frozenset(), {pair(ids[0], ids[1])})
    with pytest.raises(InputError, match="took its place"):
        undo(store, first.number, who="ana")
    with store.begin() as connection:
        assert is_judgement_superseded(connection, first.number)
        assert not is_judgement_superseded(connection, second.number)
    undo(store, second.number, who="ana")
    assert (said(ids[0]).same, said(ids[0]).apart) == ({pair(ids[0], ids[1])}, frozenset())
    undo(store, first.number, who="ana")
    assert said(ids[0]).same == frozenset()
    with store.begin() as connection:
        refresh_judgements(connection, first)  # once more changes nothing
    assert said(ids[0]).same == frozenset()


def test_rows_that_were_split_are_merged_again_whole(store, ids, row_of, said):
    split(store, new(ids[2], row_id=row_of(ids[2])))
    merge(store, new(ids[2], ids[3]))
    assert (said(ids[2]).same, said(ids[2]).apart) == ({pair(ids[2], ids[3])}, frozenset())


@pytest.mark.parametrize(
    ("function", "which", "said_so"),
    [
        (merge, [0], "at least two"),
        (merge, [0, 0], "at least two"),
        (merge, [0, "entity"], "different sorts"),
        (split, [4], "Nothing else stands"),
        (split, [0, 2], "in 2 rows"),
        (split, ["row"], "which observations"),
    ],
)
def test_what_cannot_be_is_refused(store, ids, row_of, function, which, said_so):
    with store.begin() as connection:
        named = {"entity": connection.execute(text("SELECT min(id) FROM entity")).scalar(), "row": row_of(ids[0])}
    with pytest.raises(InputError, match=said_so):
        function(store, new(*(named[each] if each in named else ids[each] for each in which)))


def test_what_nobody_bears_cannot_be_merged(store, ids):
    with pytest.raises(NotFoundError):
        merge(store, new(ids[0], "ag-ffffffffffffffff"))


def test_what_was_judged_is_linked_anew(store, ids):
    with store.begin() as connection:
        connection.execute(text("UPDATE article SET linked_revision = revision, linked_fingerprint = fingerprint"))
        mark_moved(connection, [ids[0]])
        query = "SELECT count(*) FROM article WHERE linked_revision IS NULL"
        assert connection.execute(text(query)).scalar() == 1
