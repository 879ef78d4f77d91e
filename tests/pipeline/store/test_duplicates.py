import pytest
from sqlalchemy import text

from pipeline.store.articles import load_article
from pipeline.store.duplicates import (
    load_current_texts,
    load_duplicates,
    load_overlaps,
    load_unsketched,
    save_duplicates,
    save_overlaps,
    save_sketch,
)
from pipeline.store.records import load_register


@pytest.fixture
def three(save):
    """The ids of three articles on one treaty."""
    return [save(f"https://a.example/{number}", text=f"Norland signed it, {number}.")[0].id for number in range(3)]


def overlap(store, article_id, revision, shared):
    with store.begin() as connection:
        return save_overlaps(connection, article_id, revision=revision, shared=shared)


def look(store, *around):
    with store.begin() as connection:
        return load_overlaps(connection, around)


def judge(store, duplicates):
    with store.begin() as connection:
        return save_duplicates(connection, duplicates)


def test_a_sketch_is_made_once_for_each_revision(store, save, three):
    assert load_unsketched(store) == three
    save_sketch(store, three[0], size=3, hashes=[1, 2, 3])
    assert load_unsketched(store) == three  # not compared yet
    overlap(store, three[0], 1, {})
    assert load_unsketched(store) == three[1:]
    save("https://a.example/0", text="Norland signed another.")
    assert load_unsketched(store) == three
    assert load_current_texts(store, three[:1]) == {three[0]: (2, "Norland signed another.")}


def test_what_shares_two_hashes_is_a_candidate_and_the_nearest_comes_first(store, three):
    one, two, three_ = three
    assert save_sketch(store, one, size=9, hashes=[1, 2, 3, 4]) == []
    assert save_sketch(store, two, size=9, hashes=[4, 5, 2**63 - 1]) == []
    assert save_sketch(store, three_, size=9, hashes=[1, 2, 3, 4, 5]) == [one, two]
    assert save_sketch(store, one, size=9, hashes=[]) == []


def test_overlaps_of_an_older_revision_are_forgotten(store, three):
    one, two, three_ = three
    for article_id in three:
        save_sketch(store, article_id, size=30, hashes=[1])
    assert overlap(store, one, 1, {two: 25, three_: 30}) == {one, two, three_}
    assert overlap(store, two, 1, {one: 26}) == {one, two}
    texts, overlaps = look(store, three_)
    assert sorted(each["article_id"] for each in texts) == sorted(three)
    assert sorted(each["shared"] for each in overlaps) == [26, 30]
    assert overlap(store, one, 2, {}) == {one, two, three_}  # those it shared words with are judged too
    assert look(store, *three) == ([], [])


def test_of_a_form_that_all_fill_in_only_the_largest_overlaps_are_looked_at(store, save, three, monkeypatch):
    monkeypatch.setattr("pipeline.store.duplicates._MOST_OVERLAPS", 2)
    one, two, three_ = three
    four = save("https://a.example/4", text="Norland signed it, 4.")[0].id
    for article_id in (*three, four):
        save_sketch(store, article_id, size=30, hashes=[1])
    overlap(store, one, 1, {two: 25, three_: 30, four: 20})
    texts, overlaps = look(store, one)
    assert sorted(each["article_id"] for each in texts) == sorted(three)
    assert sorted(each["shared"] for each in overlaps) == [25, 30]
    assert len(look(store, four)[1]) == 3  # it is looked at from either side


def test_a_judgement_replaces_the_one_before(store, three):
    one, two, three_ = three
    copy = {"article_id": two, "other_id": one, "kind": "copy", "score": 0.9}
    part = {"article_id": three_, "other_id": one, "kind": "part", "score": 0.8}
    assert judge(store, [copy, part]) == 2
    assert judge(store, [copy, part]) == 0
    assert load_duplicates(store).count(three) == 1
    assert judge(store, [copy | {"score": 0.8}]) == 1
    assert load_duplicates(store).count(three) == 2
    assert load_article(store, two).article.repeats == (one,)
    assert load_article(store, one).article.repeats == ()


def test_links_of_others_are_left_alone(store, three):
    one, two, three_ = three
    copy = {"article_id": two, "other_id": one, "kind": "copy", "score": 0.9}
    judge(store, [copy])
    with store.begin() as connection:
        assert save_duplicates(connection, [], around=[three_]) == 0
    assert load_duplicates(store).count(three) == 2
    with store.begin() as connection:
        assert save_duplicates(connection, [], around=[one]) == 0
    assert load_duplicates(store).count(three) == 3


def test_a_copy_corroborates_nothing(store, three):
    one, two, _ = three
    (row,) = load_register(store)
    assert (len(row.observations), row.independent) == (3, 3)
    judge(store, [{"article_id": two, "other_id": one, "kind": "copy", "score": 0.9}])
    (row,) = load_register(store)
    assert (len(row.observations), row.independent) == (3, 2)


def test_what_stands_in_no_row_makes_none_of_them_anew(store, three, monkeypatch):
    one, two, three_ = three
    copy = {"article_id": two, "other_id": one, "kind": "copy", "score": 0.9}
    judge(store, [copy])
    made = []
    monkeypatch.setattr("pipeline.store.duplicates.refresh_rows", lambda _, ids: made.append(len(ids)))
    with store.begin() as connection:
        connection.execute(
            text("DELETE FROM link USING agreement WHERE agreement_id = id AND article_id = :id"), {"id": three_}
        )
    more = [{"article_id": three_, "other_id": each, "kind": "copy", "score": 0.9} for each in (one, two)]
    assert judge(store, [copy, *more]) == 2
    assert judge(store, [copy]) == 0
    assert judge(store, []) == 0
    assert judge(store, more) == 2  # it joins what was apart
    assert made == [0, 0, 1, 1]
