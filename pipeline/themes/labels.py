"""Names for groups of texts: the words and pairs of words that tell one group from the others.

A term's score is its share among a group's texts, weighted by how much larger that share is than among all texts
(class-based TF-IDF, counted by texts, so that one text that repeats itself has one vote).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

from models import load_lexicon

_TERMS = 6  # more are not read
_TITLE_TERMS = 3  # about what fits a line of a list
_LEAST_SCORE = 0.25  # beyond the title's terms, one a quarter as telling as the best says nothing more
# A pair scores double: so it is preferred to its words where it makes up half of their uses ("Black Sea" to "sea").
_PAIR_WEIGHT = 2.0
_ONCE_WEIGHT = 1e-3  # what one text alone says is no common subject: taken only where nothing is said twice
_INITIAL_WEIGHT = 0.01  # a capital at the start of a sentence says nothing, unless there is no other use to go by

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]\w*(?:[-’'][^\W_]\w*)*")
_POSSESSIVE = re.compile(r"[’']s$|(?<=s)[’']$")
_SENTENCE_START = re.compile(r"(?:^|(?<![A-Z])\.|[!?…:\n•])[\s\"'“‘(\[#*-]*$")  # but not after the dots of "U.S."


@dataclass(frozen=True, slots=True)
class ThemeLabel:
    """A group's terms, the most telling first, and a title made of the first few: "Black Sea, mine warfare, Turkey"."""

    terms: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class _Term:
    key: str  #: what is counted: lower case, singular
    form: str  #: as written here
    is_initial: bool  #: begins a sentence


def find_labels(
    groups: Sequence[Sequence[str]], *, others: Sequence[str] = (), avoid: Collection[str] = ()
) -> list[ThemeLabel]:
    """A label for each group of texts, in their order, no term in two of them.

    Three to six terms of one or two words where the texts have as many: no stop words, no two forms of a word
    ("sanction", "sanctions"; "Ukraine", "Ukrainian"), none that contains another, in the case the texts mostly have.

    Args:
        groups: the texts of each group.
        others: texts that are in no group; they only help to tell what is common everywhere.
        avoid: names that say nothing of the subject, such as those of publishers ("The Daily Star").
    """
    texts = [text for group in groups for text in group] + list(others)
    if not groups or not any(next(_find_terms(text), None) for text in texts):
        return [ThemeLabel((), "") for _ in groups]
    vectorizer = CountVectorizer(analyzer=_find_keys, binary=True, dtype=np.int64)
    counts = vectorizer.fit_transform(texts)
    keys = vectorizer.get_feature_names_out()
    ends = np.cumsum([0, *(len(group) for group in groups)])
    by_group = np.array([_sum(counts[start:end]) for start, end in pairwise(ends)])
    shares = by_group / np.diff(ends)[:, None]
    scores = np.where(by_group < 2, _ONCE_WEIGHT, 1.0) * _score(shares, _sum(counts) / len(texts), keys)
    forms = _find_forms(texts)
    return [_make_label(row, keys, forms) for row in _keep_owners(scores)]


def _sum(counts: csr_matrix) -> NDArray[Any]:
    return np.asarray(counts.sum(axis=0)).ravel()


def _score(shares: NDArray[Any], background: NDArray[Any], keys: NDArray[Any]) -> NDArray[Any]:
    is_pair = np.array([" " in key for key in keys])
    return np.asarray(shares * np.log1p(shares / background) * np.where(is_pair, _PAIR_WEIGHT, 1.0))


def _keep_owners(scores: NDArray[Any]) -> NDArray[Any]:
    # A term names the group where it tells most and no other, so that labels differ.
    is_owner = np.arange(len(scores))[:, None] == scores.argmax(axis=0)[None, :]
    return np.where(is_owner, scores, 0.0)


def _make_label(scores: NDArray[Any], keys: NDArray[Any], forms: dict[str, str]) -> ThemeLabel:
    chosen: list[str] = []
    best = scores.max()
    for column in np.argsort(-scores, kind="stable"):
        is_enough = len(chosen) >= _TITLE_TERMS and scores[column] < best * _LEAST_SCORE
        if len(chosen) == _TERMS or scores[column] <= 0 or is_enough:
            break
        if not any(_is_related(keys[column], other) for other in chosen):
            chosen.append(keys[column])
    terms = tuple(forms[key] for key in chosen)
    title = ", ".join(terms[:_TITLE_TERMS])
    return ThemeLabel(terms, title[:1].upper() + title[1:])


def _is_related(left: str, right: str) -> bool:
    return any(_is_same_word(a, b) for a in re.split(r"[ -]", left) for b in re.split(r"[ -]", right))


def _is_same_word(left: str, right: str) -> bool:
    # "Ukraine" and "Ukrainian", "secure" and "security" share five letters that are most of the shorter one;
    # "interest" and "international" share five that are not.
    same = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return left == right or same >= max(5, 0.7 * min(len(left), len(right)))


def _find_keys(text: str) -> list[str]:
    return [term.key for term in _find_terms(text)]


def _find_terms(text: str) -> Iterator[_Term]:
    previous: _Term | None = None
    previous_end = 0
    for word in _WORD.finditer(text):
        form = _POSSESSIVE.sub("", word[0])
        is_initial = bool(_SENTENCE_START.search(text[max(0, word.start() - 8) : word.start()]))
        term = _Term(_fold(form), form, is_initial)
        if _is_stop(term):
            previous = None
            continue
        yield term
        is_adjacent = text[previous_end : word.start()] in {" ", "\n"} and not is_initial
        if previous and is_adjacent and previous.key != term.key:
            yield _Term(f"{previous.key} {term.key}", f"{previous.form} {form}", previous.is_initial)
        # Nothing is paired across an apostrophe: "Ukraine's security" is not "Ukraine security".
        previous = term if form == word[0] else None
        previous_end = word.end()


def _fold(form: str) -> str:
    # One key for singular and plural; a wrong one ("texa") is never shown. Acronyms have no plural here: US, not "u".
    key = form.replace(".", "").casefold()
    if form.isupper() or len(key) <= 3 or key.endswith(("ss", "us", "is")):
        return key
    if key.endswith("ies") and len(key) > 4:
        return key[:-3] + "y"
    if key.endswith(("sses", "shes", "ches", "xes", "zes")):
        return key[:-2]
    return key.removesuffix("s")


def _is_stop(term: _Term) -> bool:
    if term.form.isupper() and len(term.key) > 1:
        return False  # US, IT and WHO are no pronouns
    return len(term.key) < 3 or term.key in _stop_words()


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    lexicon = load_lexicon("labels")
    words = (ENGLISH_STOP_WORDS | set(lexicon["stop"])) - set(lexicon["keep"])
    return frozenset(words | {_fold(word) for word in words})


def _find_forms(texts: Sequence[str]) -> dict[str, str]:
    forms: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for text in texts:
        for term in _find_terms(text):
            forms[term.key][term.form] += _INITIAL_WEIGHT if term.is_initial else 1
    return {key: min(found, key=lambda form: (-found[form], form.isupper(), form)) for key, found in forms.items()}
