"""What finding themes costs; how well they are found: themes.py, by hand, with labelled corpora."""

import time

import numpy as np
import pytest

from pipeline.themes.clustering import GraphClustering


def make_vectors(number, *, subjects=40, dimensions=384):
    """Directions about as near to one another as MiniLM's of passages: cosine .5 within a subject, .2 between two."""
    generator = np.random.default_rng(0)
    noise = generator.normal(size=(number, dimensions)) / np.sqrt(dimensions)
    centers = generator.normal(size=(subjects, dimensions)) / np.sqrt(dimensions)
    common = generator.normal(size=dimensions) / np.sqrt(dimensions)
    rows = 0.45 * common + 0.55 * centers[generator.integers(subjects, size=number)] + 0.7 * noise
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize(("number", "bar"), [(1, 0.5), (3, 0.5), (2_000, 2.0), (20_000, 60.0)])
def test_cpu_seconds_of_clustering(number, bar):
    vectors = make_vectors(number)
    GraphClustering().fit(vectors[:10])  # what is imported late is not counted
    start = time.process_time()
    model = GraphClustering().fit(vectors)
    seconds = time.process_time() - start
    fine, broad = len(model.cluster_centers_), len(set(model.parents_))
    print(f"\n{number} vectors: {seconds:.2f} CPU s, {fine} fine and {broad} broad clusters")
    assert seconds < bar
