"""Communities: cliques are told apart, the better of several starts is taken, groups that are given stay whole."""

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_matrix

from pipeline.themes.communities import find_communities, measure_modularity


def make_graph(edges, size):
    rows, columns = np.array([*edges, *((b, a) for a, b in edges)]).T
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size))


def make_cliques(number, size):
    """Cliques in a ring, each joined to the next by one edge."""
    within = [(at * size + a, at * size + b) for at in range(number) for b in range(size) for a in range(b)]
    return make_graph([*within, *((at * size, (at + 1) % number * size + 1) for at in range(number))], number * size)


def find_groups(labels):
    return {frozenset(np.flatnonzero(labels == number).tolist()) for number in set(labels.tolist())}


@pytest.mark.parametrize(("number", "size"), [(3, 4), (5, 6), (8, 5)])
def test_cliques_in_a_ring_are_communities(number, size):
    expected = {frozenset(range(at * size, (at + 1) * size)) for at in range(number)}
    assert find_groups(find_communities(make_cliques(number, size))) == expected


@pytest.mark.parametrize(("resolution", "number"), [(0.01, 1), (1.0, 8), (60.0, 40)])
def test_the_resolution_is_the_grain(resolution, number):
    assert len(set(find_communities(make_cliques(8, 5), resolution=resolution).tolist())) == number


def test_numbers_are_without_gaps():
    labels = find_communities(make_cliques(5, 6), seed=3)
    assert set(labels.tolist()) == set(range(5))


@pytest.mark.parametrize("size", [1, 2, 7])
def test_without_edges_each_node_is_alone(size):
    assert find_communities(csr_matrix((size, size))).tolist() == list(range(size))


def test_a_node_without_edges_is_alone():
    labels = find_communities(make_graph([(0, 1), (1, 2), (0, 2)], 4))
    assert find_groups(labels) == {frozenset({0, 1, 2}), frozenset({3})}


@pytest.fixture(scope="module")
def club():
    return nx.karate_club_graph()


def test_as_good_as_another_implementation_of_the_method(club):
    graph = nx.to_scipy_sparse_array(club, weight=None, format="csr")
    labels = find_communities(csr_matrix(graph).astype(float), starts=10)
    best = max(
        nx.community.modularity(club, nx.community.louvain_communities(club, weight=None, seed=seed), weight=None)
        for seed in range(10)
    )
    assert measure_modularity(csr_matrix(graph), labels) >= best - 1e-9


@pytest.mark.parametrize("resolution", [0.5, 1.0, 2.0])
def test_modularity_is_that_of_networkx(club, resolution):
    graph = csr_matrix(nx.to_scipy_sparse_array(club, format="csr"))
    labels = find_communities(graph, resolution=resolution)
    expected = nx.community.modularity(club, find_groups(labels), resolution=resolution)
    assert measure_modularity(graph, labels, resolution=resolution) == pytest.approx(expected)


def test_of_more_starts_the_best_is_taken(club):
    graph = csr_matrix(nx.to_scipy_sparse_array(club, format="csr"))
    one, ten = (measure_modularity(graph, find_communities(graph, starts=starts, seed=4)) for starts in (1, 10))
    assert ten >= one


def test_groups_that_are_given_stay_whole():
    given = np.repeat(np.arange(8), 5)
    labels = find_communities(make_cliques(8, 5), resolution=0.3, whole=given)
    assert len(set(labels.tolist())) < 8
    assert all(len(set(labels[given == number].tolist())) == 1 for number in range(8))


def test_the_same_seed_gives_the_same_communities():
    graph = csr_matrix(nx.to_scipy_sparse_array(nx.les_miserables_graph(), format="csr"))
    np.testing.assert_array_equal(find_communities(graph, seed=5), find_communities(graph, seed=5))
