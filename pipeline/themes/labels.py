"""Names for groups of texts: the words and noun phrases that tell one group from the others.

A term's score is its share among a group's texts, weighted by how much larger that share is than among all texts
(class-based TF-IDF, counted by texts, so that one text that repeats itself has one vote).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from pipeline.themes.terms import find_terms, find_weak_words

_TERMS = 6  # more are not read
_LEAST_TERMS = 3
_LEAST_SCORE = 0.25  # beyond the least terms, one a quarter as telling as the best says nothing more
_TITLE_LENGTH = 48  # characters: what fits a line of a list beside id and size
# A phrase scores as many times as it has words: so it is preferred to its words where it makes up half of the uses of a
# pair's ("Black Sea" to "sea"), two thirds of a third one's.
_ONCE_WEIGHT = 1e-3  # what one text alone says is no common subject: taken only where nothing is said twice
_WEAK_WEIGHT = 1e-2  # "nuclear", "deploy": the words that close no phrase come after all that do
_INITIAL_WEIGHT = 0.01  # a capital at the start of a sentence says nothing, unless there is no other use to go by
# A share among 200 texts is known to within .035 (a standard error): more would cost time and change no label.
_READ = 200


@dataclass(frozen=True, slots=True)
class ThemeLabel:
    """A group's terms, the most telling first, and a title of the first of them: "Black Sea, mine warfare, Turkey"."""

    terms: tuple[str, ...]
    title: str


def find_labels(
    groups: Sequence[Sequence[str]], *, others: Sequence[str] = (), avoid: Collection[str] = ()
) -> list[ThemeLabel]:
    """A label for each group of texts, in their order, no term in two of them.

    Three to six noun phrases of one to three words where the texts have as many: no stop words, no two forms of a word
    ("sanction", "sanctions"; "Ukraine", "Ukrainian"), none that contains another, in the case the texts mostly have.
    The title has the first one to three of them.

    Args:
        groups: the texts of each group, those nearest to its centre first: of many the first 200 are read.
        others: texts that are in no group; they only help to tell what is common everywhere.
        avoid: names that say nothing of the subject, such as those of publishers ("The Daily Star").
    """
    groups = [group[:_READ] for group in groups]
    texts = [text for group in groups for text in group] + list(others[:: len(others) // (5 * _READ) + 1])
    counts, keys = _count_terms(texts, avoid)
    if not groups or not len(keys):
        return [ThemeLabel((), "") for _ in groups]
    ends = np.cumsum([0, *(len(group) for group in groups)])
    by_group = np.array([_sum(counts[start:end]) for start, end in pairwise(ends)])
    shares = by_group / np.maximum(np.diff(ends), 1)[:, None]
    weights = _weigh(keys, find_weak_words(texts))
    scores = np.where(by_group < 2, _ONCE_WEIGHT, 1.0) * weights * _score(shares, _sum(counts) / len(texts))
    chosen = [_choose(row, keys) for row in _keep_owners(scores)]
    forms = _find_forms(texts, avoid, wanted={key for few in chosen for key in few})
    return [_make_label([forms[key] for key in few]) for few in chosen]


def _count_terms(texts: Sequence[str], avoid: Collection[str]) -> tuple[csr_matrix, NDArray[Any]]:
    vectorizer = CountVectorizer(
        analyzer=lambda text: [term.key for term in find_terms(text, avoid=avoid)], binary=True
    )
    try:
        counts = vectorizer.fit_transform(texts)
    except ValueError:  # "empty vocabulary": scikit-learn's answer to texts without a word
        return csr_matrix((len(texts), 0)), np.empty(0, dtype=object)
    return counts, vectorizer.get_feature_names_out()


def _sum(counts: csr_matrix) -> NDArray[Any]:
    return np.asarray(counts.sum(axis=0)).ravel()


def _weigh(keys: NDArray[Any], weak: Collection[str]) -> NDArray[Any]:
    words = (key.replace(" of ", " ").split(" ") for key in keys)
    return np.array([len(parts) * (_WEAK_WEIGHT if parts[-1] in weak else 1.0) for parts in words])


def _score(shares: NDArray[Any], background: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(shares * np.log1p(shares / background))


def _keep_owners(scores: NDArray[Any]) -> NDArray[Any]:
    # A term names the group where it tells most and no other, so that labels differ.
    is_owner = np.arange(len(scores))[:, None] == scores.argmax(axis=0)[None, :]
    return np.where(is_owner, scores, 0.0)


def _choose(scores: NDArray[Any], keys: NDArray[Any]) -> list[str]:
    chosen: list[str] = []
    best = scores.max()
    for column in np.argsort(-scores, kind="stable"):
        is_enough = len(chosen) >= _LEAST_TERMS and scores[column] < best * _LEAST_SCORE
        if len(chosen) == _TERMS or scores[column] <= 0 or is_enough:
            break
        if not any(_is_related(keys[column], other) for other in chosen):
            chosen.append(keys[column])
    return chosen


def _make_label(terms: list[str]) -> ThemeLabel:
    title = terms[0] if terms else ""
    for term in terms[1:_LEAST_TERMS]:
        if len(title) + len(term) + 2 <= _TITLE_LENGTH:
            title = f"{title}, {term}"
    return ThemeLabel(tuple(terms), title[:1].upper() + title[1:])


def _is_related(left: str, right: str) -> bool:
    return any(_is_same_word(a, b) for a in re.split(r"[ -]", left) for b in re.split(r"[ -]", right))


def _is_same_word(left: str, right: str) -> bool:
    # "Ukraine" and "Ukrainian", "secure" and "security" share five letters that are most of the shorter one;
    # "interest" and "international" share five that are not.
    same = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return left == right or same >= max(5, 0.7 * min(len(left), len(right)))


def _find_forms(texts: Sequence[str], avoid: Collection[str], *, wanted: Collection[str]) -> dict[str, str]:
    forms: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for term in (term for text in texts for term in find_terms(text, avoid=avoid) if term.key in wanted):
        forms[term.key][term.form] += _INITIAL_WEIGHT if term.is_initial else 1
    return {key: min(found, key=lambda form: (-found[form], form.isupper(), form)) for key, found in forms.items()}
