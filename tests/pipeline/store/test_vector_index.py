import numpy as np
from sqlalchemy import text

from pipeline.store.search_near import find_by_meaning
from pipeline.store.search_queries import Conditions
from pipeline.store.search_rows import QueryVector
from pipeline.store.vector_index import index_vectors
from pipeline.store.vectors import save_vectors


def test_each_route_has_an_index_of_its_own_once_it_is_large(store):
    rng = np.random.default_rng(1)
    vectors = {f"d{n}": rng.standard_normal(8).astype(np.float32) for n in range(50)}
    save_vectors(store, "it's:1", vectors)
    save_vectors(store, "r2", {"d1": np.ones(3, dtype=np.float32)})
    assert not index_vectors(store, "it's:1")
    assert index_vectors(store, "it's:1", fewest=50)
    assert not index_vectors(store, "it's:1", fewest=50)
    fill = "INSERT INTO search_entry (record_id, kind, number, first_seen, content_sha256, words)"
    every = " SELECT 'cl-' || n, 'claim', n + 1, now(), 'd' || n, '' FROM generate_series(0, 49) n"
    with store.begin() as connection:
        connection.execute(text(fill + every))
        asked = QueryVector("it's:1", tuple(float(x) for x in vectors["d7"]))
        found = find_by_meaning(connection, asked, [Conditions("claim")])[0]
        assert (len(found), found[0].record_id) == (50, "cl-7")
        assert len(find_by_meaning(connection, QueryVector("r2", (1.0, 1.0, 1.0)), [Conditions("claim")])[0]) == 1
        assert find_by_meaning(connection, asked, [Conditions("passage")]) == [[]]
