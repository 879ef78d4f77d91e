import numpy as np
import pytest
from sqlalchemy import text

from pipeline.store import search_near
from pipeline.store.search_near import find_by_meaning
from pipeline.store.search_queries import Conditions
from pipeline.store.search_rows import QueryVector
from pipeline.store.vector_index import index_vectors
from pipeline.store.vectors import save_vectors

FILL = """
INSERT INTO search_entry (record_id, kind, number, first_seen, content_sha256, words)
SELECT kind || n, kind, n, now(), 'd' || n, search_facets(kind, n, ARRAY[CASE WHEN n % 10 = 0 THEN '=p:post' END])
FROM generate_series(0, 199) AS n, LATERAL (SELECT CASE WHEN n % 4 = 0 THEN 'passage' ELSE 'claim' END AS kind) AS sort
"""
CLAIMS, PASSAGES = Conditions("claim"), Conditions("passage")
OF_POST = Conditions("claim", "'=p:post'")


@pytest.fixture
def near(store):
    """200 vectors, each further from the first than the one before; every fourth a passage, every tenth of one publisher."""
    angles = np.linspace(0, 3, 200)
    save_vectors(
        store, "r1", {f"d{n}": np.array([np.cos(a), np.sin(a)], dtype=np.float32) for n, a in enumerate(angles)}
    )
    index_vectors(store, "r1", fewest=200)
    with store.begin() as connection:
        connection.execute(text(FILL))
        connection.execute(text("ANALYZE search_entry"))
    return store


def find(store, *wanted):
    with store.begin() as connection:
        found = find_by_meaning(connection, QueryVector("r1", (1.0, 0.0)), wanted)
        return [[each.number for each in one] for one in found]


EVERY = {kind: [n for n in range(200) if (n % 4 == 0) is (kind == "passage")] for kind in ("claim", "passage")}
POST = [n for n in EVERY["claim"] if n % 10 == 0]


@pytest.mark.parametrize("nearest", [400, 100])
def test_each_kind_has_its_nearest(near, monkeypatch, nearest):
    monkeypatch.setattr(search_near, "_NEAREST", nearest)
    claims, passages = find(near, CLAIMS, PASSAGES)
    assert claims[:30] == EVERY["claim"][:30]
    assert passages[:25] == EVERY["passage"][:25]
    assert find(near) == []


@pytest.mark.parametrize("few", [0, 4_000])
def test_a_condition_holds_whether_all_are_compared_or_the_index_is_asked(near, monkeypatch, few):
    monkeypatch.setattr(search_near, "_FEW", few)
    monkeypatch.setattr(search_near, "_NEAREST", 20)
    found, passages = find(near, OF_POST, PASSAGES)
    assert (found, passages[:5]) == (POST, EVERY["passage"][:5])
    assert find(near, Conditions("claim", "'=p:nobody'")) == [[]]


def test_the_planner_says_whether_few_have_a_facet(near):
    with near.begin() as connection:
        few, many = (
            connection.execute(text("SELECT estimate_entries(:asked)"), {"asked": asked}).scalar_one()
            for asked in ("'=p:post'", "'=k:claim'")
        )
    assert few < many
