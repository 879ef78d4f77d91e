"""Clusters of vectors: found where they are, left alone where not, whatever the order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import make_blobs
from sklearn.metrics import adjusted_rand_score
from sklearn.utils.estimator_checks import parametrize_with_checks

from pipeline.themes.clustering import NOWHERE, GraphClustering


# None of scikit-learn's own checks is left out; it skips one itself (array API input needs an environment variable).
@parametrize_with_checks([GraphClustering()])
def test_is_a_scikit_learn_clusterer(estimator, check):
    check(estimator)


def make_groups(sizes, *, seed=0, spread=0.05, dimensions=32):
    """Directions at right angles to each other, with some noise around each."""
    generator = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    centers = np.linalg.qr(generator.normal(size=(dimensions, dimensions)))[0][: len(sizes)]
    return centers[truth] + generator.normal(scale=spread, size=(len(truth), dimensions)), truth


@pytest.mark.parametrize("sizes", [[40], [12, 8], [30, 20, 10], [60, 50, 40, 30, 20, 10]])
def test_well_separated_groups_are_found_the_largest_first(sizes):
    vectors, truth = make_groups(sizes)
    np.testing.assert_array_equal(GraphClustering(resolution=0.3).fit_predict(vectors), truth)


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_order_changes_nothing(random):
    vectors = make_blobs(60, n_features=8, centers=4, cluster_std=4.0, random_state=1)[0]
    vectors = np.vstack([vectors, vectors[:7]])  # equal rows too
    order = random.sample(range(len(vectors)), len(vectors))
    expected = GraphClustering().fit_predict(vectors)
    np.testing.assert_array_equal(GraphClustering().fit_predict(vectors[order]), expected[order])


def test_noise_is_left_alone():
    vectors, truth = make_groups([25, 20, 15], dimensions=64)
    noise = np.linalg.qr(np.random.default_rng(1).normal(size=(64, 64)))[0][:6]
    labels = GraphClustering(resolution=0.5).fit_predict(np.vstack([vectors, noise]))
    assert adjusted_rand_score(truth, labels[: len(truth)]) == 1
    assert (labels[len(truth) :] == NOWHERE).sum() >= 5


@pytest.mark.parametrize(
    ("vectors", "expected"),
    [
        ([[1, 0]], [NOWHERE]),
        ([[1, 0], [1, 0.1]], [NOWHERE] * 2),
        ([[1, 0], [1, 0], [1, 0], [1, 0], [1, 0]], [NOWHERE] * 5),  # one text five times over is one text
        ([[1, 0], [1, 0.1], [1, 0.2], [1, 0.3], [0, 1]], [0, 0, 0, 0, NOWHERE]),
        ([[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]], [NOWHERE] * 5),
        (np.zeros((5, 3)), [NOWHERE] * 5),
    ],
)
def test_small_input(vectors, expected):
    assert GraphClustering().fit_predict(vectors).tolist() == expected


def test_no_input_is_an_error_as_everywhere_in_scikit_learn():
    with pytest.raises(ValueError, match="0 sample"):
        GraphClustering().fit(np.empty((0, 3)))


def test_a_group_from_one_article_is_no_cluster():
    vectors, truth = make_groups([10, 8])
    articles = [f"ar-{row % 4}" if row < 10 else "ar-9" for row in range(18)]
    labels = GraphClustering(resolution=0.3).fit(vectors, groups=articles).labels_
    np.testing.assert_array_equal(labels, np.where(truth == 0, 0, NOWHERE))
    alone = GraphClustering(resolution=0.3).fit(vectors, groups=["ar-9"] * 18).labels_
    np.testing.assert_array_equal(alone, truth)  # of a single article its own groups are all there is


def test_new_rows_join_their_neighbours_or_nobody():
    vectors, truth = make_groups([20, 15, 10])
    model = GraphClustering(resolution=0.3).fit(vectors)
    new = make_groups([20, 15, 10], spread=0.02)[0]
    np.testing.assert_array_equal(model.predict(new), truth)
    assert model.predict(-vectors[:3]).tolist() == [NOWHERE] * 3
    assert GraphClustering().fit([[1, 0], [0, 1]]).predict([[1, 0]]).tolist() == [NOWHERE]


def test_broad_clusters_are_whole_fine_ones_the_largest_first():
    vectors = make_blobs(60, n_features=8, centers=6, cluster_std=4.0, random_state=1)[0]
    model = GraphClustering(broad_resolution=0.1).fit(vectors)
    at_home = model.labels_ >= 0
    np.testing.assert_array_equal(model.broad_labels_[at_home], model.parents_[model.labels_[at_home]])
    assert (np.diff(np.bincount(model.broad_labels_[at_home])) <= 0).all()
    assert len(set(model.parents_)) <= len(model.parents_)


def test_what_fits_nowhere_has_no_broad_cluster_either():
    model = GraphClustering().fit([[1, 0], [1, 0.1], [1, 0.2], [1, 0.3], [0, 1]])
    assert model.broad_labels_.tolist() == [0, 0, 0, 0, NOWHERE]
    assert GraphClustering().fit(np.eye(5)).parents_.tolist() == []


def test_order_changes_no_broad_cluster():
    vectors = make_blobs(60, n_features=8, centers=6, cluster_std=4.0, random_state=1)[0]
    order = np.random.default_rng(3).permutation(len(vectors))
    expected = GraphClustering().fit(vectors).broad_labels_
    np.testing.assert_array_equal(GraphClustering().fit(vectors[order]).broad_labels_, expected[order])
