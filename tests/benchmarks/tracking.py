"""How well themes keep their ids on BBC News: a tenth comes in, a class that was never there comes in, the order changes.

Give it the folder of the repository's data files (a folder for each class) and a file to keep the vectors in::

    python tests/benchmarks/tracking.py dataset/data_files --vectors bbc.npz [--samples 5]

Of each article the first 110 words are embedded, once. ARI is against the five classes; each article without a theme counts as
a cluster of its own.
"""

import argparse
import resource
import time
from pathlib import Path

import numpy as np
from sklearn.metrics import adjusted_rand_score

from pipeline.embedding.encoder import load_encoder
from pipeline.settings import Settings
from pipeline.themes.find import ThemeMember
from pipeline.themes.succession import carry_over
from pipeline.themes.tracking import found_all, track
from pipeline.themes.trends import Direction, find_trends

_WORDS = 110  # about a passage


def main() -> None:
    """Measure all and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=5)
    parser.add_argument("--only", default="tenth,held_out,order,trends,size")
    given = parser.parse_args()
    members, vectors, kinds = load(given.folder, given.vectors)
    measures = {"tenth": tenth, "held_out": held_out, "order": order, "trends": trends, "size": size}
    for name in given.only.split(","):
        measures[name](members, vectors, kinds, given.samples)


def load(folder, cache):
    """The articles as members with their vectors and classes; embedded where the cache has none."""
    files = sorted(folder.glob("*/*.txt")) if folder.is_dir() else []
    if cache.exists():
        found = np.load(cache)
        return make_members(found["texts"].tolist()), found["vectors"], found["kinds"]
    texts = [" ".join(file.read_text("utf-8", errors="replace").split()[:_WORDS]) for file in files]
    kinds, vectors = np.array([file.parent.name for file in files]), load_encoder(Settings()).encode(texts)
    np.savez(cache, vectors=vectors, kinds=kinds, texts=np.array(texts))
    return make_members(texts), vectors, kinds


def make_members(texts):
    """A member for each text, each of an article of its own."""
    return [ThemeMember(f"pa-{row:05}", text, f"ar-{row:05}") for row, text in enumerate(texts)]


def take(members, vectors, rows):
    """Some of the members with their vectors."""
    return [members[row] for row in rows], vectors[rows]


def find_homes(founded, joined=()):
    """The theme of each member that has one."""
    homes = {member_id: each.theme.id for each in founded for member_id in each.theme.members}
    return homes | {each.member_id: each.theme_id for each in joined}


def score(homes, members, kinds):
    """ARI against the classes; who has no theme is a cluster of its own."""
    return adjusted_rand_score(kinds, [homes.get(each.id, each.id) for each in members])


def tenth(members, vectors, kinds, samples):
    """A tenth comes in: who keeps the id, and ARI after it, against clustering all anew."""
    for size in (400, len(members)):
        kept, tracked, anew = [], [], []
        for seed in range(samples):
            rows = np.random.default_rng(seed).permutation(len(members))[:size]
            old, new = rows[: int(size / 1.1)], rows[int(size / 1.1) :]
            founded = found_all(*take(members, vectors, old))
            progress = track([each.track for each in founded], *take(members, vectors, new))
            before, after = find_homes(founded), find_homes([*founded, *progress.founded], progress.joined)
            kept.append(np.mean([after[each] == before[each] for each in before]))
            those, truth = [members[row] for row in rows], kinds[rows]
            tracked.append(score(after, those, truth))
            anew.append(score(find_homes(found_all(*take(members, vectors, rows))), those, truth))
        print(
            f"tenth n={size}: kept {np.mean(kept):.3f}, ARI tracked {np.mean(tracked):.3f} anew {np.mean(anew):.3f} "
            f"difference {np.mean(tracked) - np.mean(anew):+.3f} (worst {np.min(np.subtract(tracked, anew)):+.3f})"
        )


def held_out(members, vectors, kinds, samples):
    """A class that was never there comes in: how much of it is in one new theme."""
    for kind in sorted(set(kinds)):
        old, new = np.flatnonzero(kinds != kind), np.flatnonzero(kinds == kind)
        founded = found_all(*take(members, vectors, old))
        progress = track([each.track for each in founded], *take(members, vectors, new))
        sizes = sorted((len(each.theme.members) for each in progress.founded), reverse=True)
        print(
            f"held out {kind}: {len(new)} articles, {len(progress.joined)} joined old themes, new themes {sizes}, "
            f"{len(progress.waiting)} wait; in one new theme {max(sizes, default=0) / len(new):.2f}"
        )


def order(members, vectors, kinds, samples):
    """The same batch in other orders, and clustering twice."""
    old, new = np.arange(0, len(members), 2), np.arange(1, len(members), 2)
    founded = found_all(*take(members, vectors, old))
    tracks = [each.track for each in founded]
    first = track(tracks, *take(members, vectors, new))
    same = again = 0
    for seed in range(samples):
        mixed = np.random.default_rng(seed).permutation(new)
        other = track(tracks, *take(members, vectors, mixed))
        same += other.joined == first.joined and [e.theme for e in other.founded] == [e.theme for e in first.founded]
        rows = np.random.default_rng(seed).permutation(old)
        anew = found_all(*take(members, vectors, rows))
        ids = carry_over({e.theme.id: e.theme.members for e in founded}, [e.theme.members for e in anew])
        again += ids == [e.theme.id for e in founded]
    print(
        f"order: {same} of {samples} batches and {again} of {samples} re-clusterings the same; {len(set(kinds))} classes"
    )


def trends(members, vectors, kinds, samples):
    """Simulated worlds of constant shares: in how many any theme is said to rise or fall."""
    for articles, themes in ((30, 8), (120, 20), (600, 40), (6000, 100)):
        generator, alarms, worlds = np.random.default_rng(articles), 0, 2000
        for _ in range(worlds):
            shares = generator.dirichlet(np.full(themes, 0.5))
            recent, before = generator.multinomial(articles // 3, shares), generator.multinomial(articles, shares)
            counts = [{str(at): int(number) for at, number in enumerate(each) if number} for each in (recent, before)]
            found = find_trends(*counts, recent_total=articles // 3, before_total=articles)
            alarms += any(each.direction is not Direction.STEADY for each in found)
        print(
            f"trends: {articles} articles before, {themes} themes: an alarm in {alarms / worlds:.1%} of {worlds} worlds"
        )


def size(members, vectors, kinds, samples):
    """One, three and 20,000 documents: the first clustering, and a hundred more."""
    generator = np.random.default_rng(0)
    for number in (1, 3, 2000, 20_000):
        rows = generator.integers(0, len(members), number)
        # Articles that never were: between two of one class, so that they are no copies.
        other = np.array([generator.choice(np.flatnonzero(kinds == kinds[row])) for row in rows])
        made = (
            0.6 * vectors[rows] + 0.4 * vectors[other] + generator.normal(scale=0.02, size=(number, vectors.shape[1]))
        )
        those = [ThemeMember(f"pa-{row:05}", f"{members[at].text} {row}", f"ar-{row}") for row, at in enumerate(rows)]
        first = max(1, number - 100) if number > 100 else number
        start = time.process_time()
        founded = found_all(those[:first], made[:first])
        between = time.process_time()
        track([each.track for each in founded], those[first:], made[first:])
        end, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"size {number}: {len(founded)} themes in {between - start:.1f} CPU s, {number - first} more in "
            f"{end - between:.2f} CPU s, at most {memory:.0f} MB"
        )


if __name__ == "__main__":
    main()
