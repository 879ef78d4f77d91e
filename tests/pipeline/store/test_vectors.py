import numpy as np
import pytest

from pipeline.errors import StoreError
from pipeline.store.queries import digest
from pipeline.store.vectors import has_vectors, load_members, load_unembedded, note_embedded, save_vectors


def vector(*values) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_each_text_is_embedded_once_for_each_route(store, save):
    save("/1.txt")
    save("/2.txt", text='Mara Lind: it "changes everything", Norland.')  # the same claim, another passage and agreement
    texts = dict(load_unembedded(store, "r1"))
    assert len(texts) == 5
    assert all(digest(text) == key for key, text in texts.items())
    vectors = {key: vector(1 / 3, n, -1) for n, key in enumerate(texts)}
    assert save_vectors(store, "r1", vectors) == 5
    assert load_unembedded(store, "r1") == []
    assert len(load_unembedded(store, "r2")) == 5
    assert save_vectors(store, "r1", {key: vector(9, 9, 9) for key in texts}) == 0


def test_vectors_come_back_exactly_with_their_members_in_a_fixed_order(store, save):
    article, _ = save()
    keys = [key for key, _ in load_unembedded(store, "r1")]
    given = {key: np.random.default_rng(n).standard_normal(384).astype(np.float32) for n, key in enumerate(keys)}
    save_vectors(store, "r1", given)
    save_vectors(store, "r2", {key: vector(1, 2) for key in keys})
    members, vectors = load_members(store, "r1")
    assert [(member.kind, member.article_id) for member in members] == [("passage", article.id), ("claim", article.id)]
    assert vectors.dtype == np.float32
    np.testing.assert_array_equal(vectors, [given[digest(member.text)] for member in members])


def test_without_vectors_there_are_no_members(store, save):
    save()
    members, vectors = load_members(store, "r1")
    assert (members, vectors.shape) == ([], (0, 0))
    assert save_vectors(store, "r1", {}) == 0


def test_vectors_of_two_lengths_are_never_of_one_route(store):
    save_vectors(store, "r1", {"a": vector(1, 2)})
    with pytest.raises(StoreError, match=r"several lengths \(\[2, 3\]\).*'r1'"):
        save_vectors(store, "r1", {"b": vector(1, 2, 3)})
    assert save_vectors(store, "r2", {"a": vector(1, 2, 3)}) == 1


def test_only_what_an_article_says_now_is_a_member(store, save):
    save()
    save_vectors(store, "r1", {key: vector(1, 2) for key, _ in load_unembedded(store, "r1")})
    save(text="Norland left.")
    assert {text for _, text in load_unembedded(store, "r1")} == {"Norland left.", "Kestrel Treaty. Norland left"}
    assert load_members(store, "r1")[0] == []


def test_what_was_there_when_all_had_vectors_is_not_looked_at_again(store, save):
    save()
    assert not has_vectors(store, "r1")
    note_embedded(store, "r1", 100_000)
    note_embedded(store, "r1", 5)  # a slower job that began earlier
    assert load_unembedded(store, "r1") == []
    assert len(load_unembedded(store, "r2")) == 3
    save_vectors(store, "r1", {"a": vector(1)})
    assert has_vectors(store, "r1")
