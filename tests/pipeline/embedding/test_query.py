import pytest

from pipeline.embedding.encoder import find_route
from pipeline.embedding.query import embed_query
from pipeline.settings import Settings


def test_the_words_become_one_vector_of_length_one_by_the_usual_route(tmp_path):
    settings = Settings(home=tmp_path)
    route, vector = embed_query(settings, "nuclear deterrence")
    assert route == find_route(settings)
    assert sum(value * value for value in vector) == pytest.approx(1, abs=1e-4)
