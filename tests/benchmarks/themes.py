"""How well themes are found: against labelled corpora that are not part of this repository, beside other ways to find them.

    git clone https://github.com/suraj-deshmukh/BBC-Dataset-News-Classification
    git clone https://github.com/cran/RTextTools
    python tests/benchmarks/themes.py BBC-Dataset-News-Classification/dataset/data_files RTextTools/data/USCongress.csv.gz \
        --cache FOLDER [--samples 20] [--sizes 40 200 2000] [--methods fine broad plain scikit bertopic bertopic-tuned]

The last two need `pip install bertopic`, which Entente does not depend on. Texts are embedded once and kept in the cache, and
so is each score of BERTopic, since it takes long: a run that was interrupted goes on. Samples are the same for all methods, so
differences are paired; ARI and AMI count each unassigned text as a cluster of its own.
"""

import argparse
import csv
import gzip
import json
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn.cluster import HDBSCAN
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize

from pipeline.themes.clustering import GraphClustering

# Neighbours of UMAP, least cluster of HDBSCAN, and whether outliers are given to the nearest topic: a guess so far. What --tune
# finds (seeds from 1000 on, both corpora together) is to be put here before the table is made.
TUNED = {40: (15, 2, True), 200: (5, 4, True), 2000: (15, 20, True)}


def read_bbc(folder):
    # The first 110 words: what is clustered here are passages, not articles.
    files = sorted(folder.glob("*/*.txt"))
    texts = (" ".join(file.read_text("utf-8", errors="replace").split()[:110]) for file in files)
    return list(texts), [file.parent.name for file in files]


def read_congress(file):
    with gzip.open(file, "rt", encoding="utf-8", errors="replace", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    return [row["text"] for row in rows], [row["major"] for row in rows]


def load_corpus(name, path, cache):
    texts, labels = {"bbc": read_bbc, "congress": read_congress}[name](path)
    file = cache / f"{name}.npy"
    if not file.is_file():
        from pipeline.embedding.encoder import load_encoder
        from pipeline.settings import Settings

        np.save(file, load_encoder(Settings()).encode(texts))
    return np.array(texts, dtype=object), np.array(labels), np.load(file)


def cluster_plain(vectors, texts, seed):
    """Neighbours of scikit-learn and Louvain of networkx, as they come: every community is a cluster."""
    import networkx as nx

    k = min(int(np.clip(np.sqrt(len(vectors)) / 1.5, 5, 20)), len(vectors) - 1)
    distances, neighbours = NearestNeighbors(n_neighbors=k, metric="cosine").fit(vectors).kneighbors()
    graph = nx.Graph()
    for row, (near, far) in enumerate(zip(neighbours.tolist(), (1 - distances).tolist(), strict=True)):
        graph.add_weighted_edges_from((row, other, max(weight, 0)) for other, weight in zip(near, far, strict=True))
    labels = np.full(len(vectors), -1)
    for number, found in enumerate(nx.community.louvain_communities(graph, seed=seed)):
        labels[list(found)] = number
    return labels


def cluster_scikit(vectors, texts, seed):
    """Ten components, HDBSCAN, and what is left over to the nearest centre."""
    rows = PCA(10, random_state=seed).fit_transform(vectors)
    labels = HDBSCAN(min_cluster_size=max(3, len(rows) // 100), min_samples=2, copy=True).fit_predict(rows)
    if labels.max() >= 0:
        centers = normalize([vectors[labels == number].sum(axis=0) for number in range(labels.max() + 1)])
        labels = np.where(labels < 0, (vectors @ centers.T).argmax(axis=1), labels)
    return labels


def cluster_bertopic(vectors, texts, seed, settings=None):
    import hdbscan
    from bertopic import BERTopic
    from umap import UMAP

    neighbours, least, is_whole = settings or (15, 10, False)  # BERTopic's own defaults
    umap = UMAP(
        n_neighbors=neighbours, n_components=5, min_dist=0.0, metric="cosine", random_state=seed, low_memory=False
    )
    density = hdbscan.HDBSCAN(min_cluster_size=least, metric="euclidean", cluster_selection_method="eom")
    model = BERTopic(umap_model=umap, hdbscan_model=density, verbose=False)
    try:
        labels, _ = model.fit_transform(list(texts), embeddings=vectors)
        if is_whole and -1 in labels and max(labels) >= 0:
            labels = model.reduce_outliers(list(texts), labels, strategy="embeddings", embeddings=vectors)
    except ValueError:  # no topic at all, and its vectorizer has nothing to count
        return np.full(len(vectors), -1)
    return np.array(labels)


METHODS = {
    "fine": lambda vectors, texts, seed: GraphClustering().fit(vectors).labels_,
    "broad": lambda vectors, texts, seed: GraphClustering().fit(vectors).broad_labels_,
    "plain": cluster_plain,
    "scikit": cluster_scikit,
    "bertopic": cluster_bertopic,
    "bertopic-tuned": lambda vectors, texts, seed: cluster_bertopic(vectors, texts, seed, TUNED[len(vectors)]),
}


def score(truth, labels):
    alone = np.where(labels < 0, len(labels) + np.arange(len(labels)), labels)
    return {
        "ARI": adjusted_rand_score(truth, alone),
        "AMI": adjusted_mutual_info_score(truth, alone),
        "clusters": int(labels.max(initial=-1)) + 1,
        "unassigned": float((labels < 0).mean()),
    }


def draw(corpus, size, sample):
    texts, truth, vectors = corpus
    rows = np.random.default_rng(sample).choice(len(truth), size, replace=False)
    return vectors[rows], texts[rows], truth[rows]


def measure(corpus, size, sample, method):
    vectors, texts, truth = draw(corpus, size, sample)
    start = time.process_time()
    labels = METHODS[method](vectors, texts, sample)
    return {"CPU s": time.process_time() - start} | score(truth, labels)


def run(corpora, args):
    """Scores by (size, method, corpus), one for each sample."""
    kept_file = args.cache / "bertopic.json"
    kept = json.loads(kept_file.read_text()) if kept_file.is_file() else {}
    scores = defaultdict(list)
    for size in args.sizes:
        for sample in range(args.samples):
            for name, corpus in corpora.items():
                for method in args.methods:
                    key = f"{name} {size} {sample} {method} {TUNED[size] if method.endswith('tuned') else ''}"
                    found = kept.get(key) or measure(corpus, size, sample, method)
                    scores[size, method, name].append(found)
                    if method.startswith("bertopic") and key not in kept:
                        kept[key] = found
                        kept_file.write_text(json.dumps(kept))
        report(scores, size, args.methods, corpora)
    return scores


def report(scores, size, methods, corpora):
    print(f"\nn = {size}, {len(scores[size, methods[0], next(iter(corpora))])} samples; mean ± standard deviation")
    for method in methods:
        parts = []
        for name in corpora:
            found = scores[size, method, name]
            ari, ami = ([each[key] for each in found] for key in ("ARI", "AMI"))
            clusters, loose = (np.mean([each[key] for each in found]) for key in ("clusters", "unassigned"))
            parts.append(
                f"{name} ARI {np.mean(ari):.3f} ± {np.std(ari):.3f} AMI {np.mean(ami):.3f} ± {np.std(ami):.3f} "
                f"({clusters:.1f} clusters, {loose:.0%} in none)"
            )
        seconds = np.median([each["CPU s"] for name in corpora for each in scores[size, method, name]])
        means = means_of(scores, size, method, corpora)
        print(
            f"  {method:14} both {means.mean():.3f} ± {means.std():.3f}; {'; '.join(parts)}; {seconds:.2f} CPU s",
            flush=True,
        )
    for method in methods[1:]:
        print(f"  {methods[0]} - {method:14} {describe(scores, size, (methods[0], method), corpora)}", flush=True)


def means_of(scores, size, method, corpora):
    return np.mean([[each["ARI"] for each in scores[size, method, name]] for name in corpora], axis=0)


def describe(scores, size, pair, corpora):
    """The paired difference of ARI with its 95 % interval, of both corpora's mean and of each."""
    parts = []
    for names in [list(corpora), *([name] for name in corpora)]:
        one, other = (means_of(scores, size, method, names) for method in pair)
        half = stats.t.ppf(0.975, len(one) - 1) * stats.sem(one - other) if len(one) > 1 else float("nan")
        parts.append(f"{'+'.join(names)} {(one - other).mean():+.3f} ± {half:.3f}")
    return "; ".join(parts)


def tune(corpora, args):
    """Mean ARI of BERTopic by its settings, on samples that are not scored."""
    for size in args.sizes:
        for settings in [(n, least, True) for n in (5, 15) for least in args.least]:
            found = [
                score(truth, cluster_bertopic(vectors, texts, sample, settings))["ARI"]
                for sample in range(1000, 1000 + args.samples)
                for vectors, texts, truth in (draw(corpus, size, sample) for corpus in corpora.values())
            ]
            print(f"n = {size}, {settings}: ARI {np.mean(found):.3f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bbc", type=Path)
    parser.add_argument("congress", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=20)
    parser.add_argument("--sizes", type=int, nargs="+", default=[40, 200, 2000])
    parser.add_argument("--methods", nargs="+", default=["fine", "broad", "plain", "scikit"], choices=METHODS)
    parser.add_argument("--tune", action="store_true", help="find BERTopic's settings instead")
    parser.add_argument("--least", type=int, nargs="+", default=[3, 5, 10, 20, 40], help="least clusters to try")
    args = parser.parse_args()
    args.cache.mkdir(parents=True, exist_ok=True)
    corpora = {name: load_corpus(name, getattr(args, name), args.cache) for name in ("bbc", "congress")}
    (tune if args.tune else run)(corpora, args)


if __name__ == "__main__":
    main()
