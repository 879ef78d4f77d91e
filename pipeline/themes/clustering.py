"""A scikit-learn clusterer for vectors of short texts: communities of a graph of nearest neighbours.

It needs no number of clusters. What it is measured by, beside BERTopic and the plain method: docs/themes.md.
"""

import hashlib
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data

from pipeline.themes.communities import find_communities

Floats = NDArray[np.floating[Any]]
Labels = NDArray[np.intp]

NOWHERE = -1  #: the label of what fits into no cluster, as in scikit-learn's HDBSCAN

# Chosen with the neighbours and the decay below on AG News, headlines of the New York Times and bill titles: at 40, 200 and 2,000
# texts the mean adjusted Rand index is .25, .32, .32 where cosines as weights, a resolution of 1 and a quarter of the neighbours
# have .22, .29, .29. 1.1 is better for four large classes, 1.3 for twenty small ones.
RESOLUTION = 1.25
# Leaves about half as many clusters on the same corpora; .5 leaves two or three whatever there is, .9 nearly all.
BROAD_RESOLUTION = 0.7
_LEAST_NEIGHBOURS, _MOST_NEIGHBOURS = 20, 80
# One start of the Louvain method is a matter of luck; more than three found nothing better by more than .002.
_STARTS = 3
# The weight of an edge at the mean distance of a node's neighbours is exp(-2); with exp(-1) small tight groups join others.
_DECAY = 2.0


class GraphClustering(ClusterMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn publishes no types
    """Clusters by cosine similarity; the order of the rows and equal rows among them change nothing.

    Args:
        resolution: of the communities of the fine level; less makes fewer and larger clusters.
        broad_resolution: of those of the broad level, whose clusters are made of whole fine ones.
        min_size: distinct rows a cluster needs; members of smaller ones join the nearest larger one or none.
        min_groups: groups (articles) that its rows must come from, where ``fit`` is told the groups and has as many.
        random_state: of the orders in which communities are looked for.

    Attributes:
        labels_: fine cluster of each row, numbered from 0 by size, the largest first; -1 for what fits nowhere.
        broad_labels_: broad cluster of each row, numbered likewise; -1 where ``labels_`` has it.
        parents_: the broad cluster of each fine one: ``broad_labels_[i] == parents_[labels_[i]]`` where not -1.
        cluster_centers_: mean direction of each cluster, of length 1.
        similarity_floor_: cosine to the centre that a row which is not at home in a cluster needs to join it.
    """

    def __init__(
        self,
        *,
        resolution: float = RESOLUTION,
        broad_resolution: float = BROAD_RESOLUTION,
        # Two alike are a pair, not a theme; three is the least that can show a majority.
        min_size: int = 3,
        # A theme is what articles have in common: what one article alone talks about is that article.
        min_groups: int = 2,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.resolution = resolution
        self.broad_resolution = broad_resolution
        self.min_size = min_size
        self.min_groups = min_groups
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: None = None, *, groups: ArrayLike | None = None) -> Self:  # noqa: N803, ARG002  # scikit-learn's signature
        """Find the clusters.

        Args:
            X: one vector a row, of any length but 0.
            y: not used, there by scikit-learn's convention.
            groups: what each row comes from (its article's id); without it each row stands for itself.
        """
        rows = normalize(validate_data(self, X, dtype=[np.float64, np.float32]))
        first, inverse = _find_distinct(rows)
        origins: list[set[Any]] = [set() for _ in first]
        for row, origin in zip(
            inverse, range(len(rows)) if groups is None else np.asarray(groups).tolist(), strict=True
        ):
            origins[row].add(origin)
        rows = rows[first]
        graph = _make_graph(rows)
        seed = int(check_random_state(self.random_state).randint(2**31 - 1))
        labels = self._find_clusters(rows, graph, origins, seed)
        self.cluster_centers_ = _find_centers(rows, labels)
        self.similarity_floor_ = _find_floor(rows, labels, self.cluster_centers_)
        labels = _attach(rows, labels, self.cluster_centers_, self.similarity_floor_)
        labels = self._renumber(rows, labels)
        self.labels_ = labels[inverse]
        self.parents_ = _find_parents(graph, labels, resolution=self.broad_resolution, seed=seed)
        self.broad_labels_ = np.append(self.parents_, NOWHERE)[self.labels_]
        return self

    def predict(self, X: ArrayLike) -> Labels:  # noqa: N803  # scikit-learn's signature
        """The cluster of each new row, by vote of its five nearest neighbours; -1 where it is too far from it."""
        check_is_fitted(self)
        rows = normalize(validate_data(self, X, dtype=[np.float64, np.float32], reset=False))
        if not len(self.cluster_centers_):
            return np.full(len(rows), NOWHERE)
        # Five: anchored assignment by so many neighbours kept all old labels and scored as well as clustering anew.
        distances, neighbours = self._voters.kneighbors(rows, n_neighbors=min(5, self._voters.n_samples_fit_))
        votes = np.zeros((len(rows), len(self.cluster_centers_)))
        for column in range(neighbours.shape[1]):
            np.add.at(votes, (np.arange(len(rows)), self._votes[neighbours[:, column]]), 2 - distances[:, column])
        labels = votes.argmax(axis=1)
        similarity = np.einsum("ij,ij->i", rows, self.cluster_centers_[labels])
        return np.where(similarity >= self.similarity_floor_, labels, NOWHERE)

    def _renumber(self, rows: Floats, labels: Labels) -> Labels:
        order = np.argsort(-np.bincount(labels[labels >= 0], minlength=len(self.cluster_centers_)), kind="stable")
        renumbered = np.append(np.argsort(order), NOWHERE)  # the last one is what -1 points to
        labels = renumbered[labels]
        self.cluster_centers_ = self.cluster_centers_[order]
        if (labels >= 0).any():
            self._votes = labels[labels >= 0]
            self._voters = NearestNeighbors(metric="cosine", algorithm="brute").fit(rows[labels >= 0])
        return labels

    def _find_clusters(self, rows: Floats, graph: csr_matrix, origins: list[set[Any]], seed: int) -> Labels:
        labels = np.full(len(rows), NOWHERE)
        # A handful of texts may fall into pairs: then a coarser grain shows whether more of them hold together.
        for resolution in (self.resolution, self.resolution / 2):
            found = find_communities(graph, resolution=resolution, starts=_STARTS, seed=seed)
            communities = [np.flatnonzero(found == number).tolist() for number in range(found.max() + 1)]
            labels = _number(rows, [each for each in communities if self._is_cluster(each, origins)])
            if (labels >= 0).any():
                break
        return labels

    def _is_cluster(self, community: list[int], origins: list[set[Any]]) -> bool:
        available = len(set().union(*origins))
        found = len(set().union(*(origins[row] for row in community)))
        return len(community) >= self.min_size and found >= min(self.min_groups, available)


def _find_distinct(rows: Floats) -> tuple[Labels, Labels]:
    # By content hash: the order in which articles came in moved the result by 10-13 % of the index. Equal rows become
    # one node, so that no tie between them is left to chance.
    digests = np.array([hashlib.blake2b(row.tobytes(), digest_size=16).hexdigest() for row in rows])
    _, first, inverse = np.unique(digests, return_index=True, return_inverse=True)
    return first, inverse


def _make_graph(rows: Floats) -> csr_matrix:
    size = len(rows)
    if size < 2:
        return csr_matrix((size, size))
    # Enough neighbours that a theme hangs together, few enough that two themes do not grow into one.
    k = min(int(np.clip(8 / 3 * np.sqrt(size), _LEAST_NEIGHBOURS, _MOST_NEIGHBOURS)), size - 1)
    distances, neighbours = NearestNeighbors(n_neighbors=k, metric="cosine", algorithm="brute").fit(rows).kneighbors()
    # Neighbours no more alike than any two rows are no evidence: this is what leaves outliers alone.
    is_edge = 1 - distances > max(_mean_similarity(rows), 0)
    near = (np.repeat(np.arange(size), is_edge.sum(axis=1)), neighbours[is_edge])
    edges = coo_matrix((_weigh(distances)[is_edge], near), shape=(size, size)).tocsr()
    # As UMAP joins the views that two nodes have of one edge: more where each is a neighbour of the other.
    return (edges + edges.T - edges.multiply(edges.T)).tocsr()


def _weigh(distances: Floats) -> NDArray[np.float64]:
    """Weights of the edges to a row's neighbours, by how far each is compared with the others, not by its distance alone.

    In a tight group the next group is far away at a cosine at which, in a loose one, neighbours are.
    """
    lengths = np.sqrt(2 * np.maximum(distances.astype(np.float64), 0))  # chords
    beyond = lengths - lengths[:, :1]
    return np.asarray(np.exp(-_DECAY * beyond / np.maximum(beyond.mean(axis=1, keepdims=True), 1e-6)))


def _mean_similarity(rows: Floats) -> float:
    # Mean cosine over all pairs of rows, without computing the pairs; a hair less, so that equal similarities all pass.
    total = rows.sum(axis=0, dtype=np.float64)
    squares = np.square(rows, dtype=np.float64).sum()
    return float((total @ total - squares) / (len(rows) * (len(rows) - 1))) - 1e-6


def _number(rows: Floats, communities: list[list[int]]) -> Labels:
    labels = np.full(len(rows), NOWHERE)
    for number, members in enumerate(sorted(communities, key=lambda members: (-len(members), members))):
        labels[members] = number
    return labels


def _find_centers(rows: Floats, labels: Labels) -> Floats:
    sums = [rows[labels == number].sum(axis=0) for number in range(labels.max(initial=NOWHERE) + 1)]
    return np.asarray(normalize(sums)) if sums else np.empty((0, rows.shape[1]), dtype=rows.dtype)


def _find_floor(rows: Floats, labels: Labels, centers: Floats) -> float:
    at_home = labels >= 0
    if not at_home.any():
        return 1.0
    # The 5th percentile of the members' own similarity: a newcomer may be as far out as the outermost twentieth.
    return float(np.percentile(np.einsum("ij,ij->i", rows[at_home], centers[labels[at_home]]), 5))


def _attach(rows: Floats, labels: Labels, centers: Floats, floor: float) -> Labels:
    if not len(centers):
        return labels
    similarity = rows @ centers.T
    is_near = (labels == NOWHERE) & (similarity.max(axis=1) >= floor)
    return np.where(is_near, similarity.argmax(axis=1), labels)


def _find_parents(graph: csr_matrix, labels: Labels, *, resolution: float, seed: int) -> Labels:
    at_home = np.flatnonzero(labels >= 0)
    if not len(at_home):
        return np.empty(0, dtype=np.intp)
    fine, edges = labels[at_home], graph[at_home][:, at_home]
    broad = find_communities(edges, resolution=resolution, starts=_STARTS, seed=seed, whole=fine)
    first = np.unique(fine, return_index=True)[1]
    sizes = np.bincount(broad)
    ranks = {
        number: rank
        for rank, number in enumerate(sorted(dict.fromkeys(broad[first].tolist()), key=lambda each: -sizes[each]))
    }
    return np.array([ranks[each] for each in broad[first].tolist()])
