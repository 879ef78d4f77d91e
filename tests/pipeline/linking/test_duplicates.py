"""Copies, parts and digests, told by runs of four words."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking.duplicates import (
    LEAST_SHARED,
    Overlap,
    Text,
    count_shared,
    find_duplicates,
    find_runs,
    make_sketch,
)

MORNING = datetime(2025, 7, 18, 6, tzinfo=UTC)


def write(seed: int, words: int) -> list[str]:
    """A text of invented words; two seeds have no run in common."""
    numbers = random.Random(seed)
    return [f"word{numbers.randrange(10**9)}" for _ in range(words)]


def edit(words: list[str], every: int) -> list[str]:
    return [f"{word}x" if at % every == 0 else word for at, word in enumerate(words, 1)]


STORY, OTHER, THIRD = write(1, 400), write(2, 300), write(3, 300)


def judge(texts: dict[str, list[str]], *, published: dict[str, str] | None = None) -> dict[tuple[str, str], str]:
    """What repeats what among texts that came in in this order: {(what repeats, what is repeated): kind}."""
    joined = {name: " ".join(words) for name, words in texts.items()}
    facts = [
        Text(
            article_id=name,
            size=make_sketch(find_runs(text)).size,
            published=(published or {}).get(name),
            first_seen=MORNING + timedelta(minutes=at),
        )
        for at, (name, text) in enumerate(joined.items())
    ]
    overlaps = [
        Overlap(article_id=one, other_id=other, shared=count_shared(joined[one], joined[other]))
        for one in joined
        for other in joined
        if one < other
    ]
    return {(each.article_id, each.other_id): each.kind for each in find_duplicates(facts, overlaps)}


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        pytest.param({"a": STORY, "b": OTHER}, {}, id="two-stories"),
        pytest.param({"a": STORY, "b": STORY}, {("b", "a"): "copy"}, id="the-same-words"),
        pytest.param({"a": STORY, "b": edit(STORY, 40)}, {("b", "a"): "copy"}, id="every-fortieth-word-edited"),
        pytest.param({"a": STORY, "b": edit(STORY, 6)}, {}, id="every-sixth-word-edited"),
        pytest.param({"a": STORY, "b": STORY[:50]}, {("b", "a"): "part"}, id="a-teaser"),
        pytest.param({"a": STORY[:50], "b": STORY}, {("a", "b"): "part"}, id="a-teaser-that-came-first"),
        pytest.param({"a": STORY[:40], "b": [*STORY[:40], *OTHER]}, {("a", "b"): "part"}, id="an-extended-version"),
        pytest.param({"a": STORY, "b": [*STORY[:90], *OTHER]}, {}, id="a-long-quotation"),
        pytest.param({"a": STORY, "b": STORY[:14]}, {}, id="a-clause"),
        pytest.param(
            {"a": STORY, "b": OTHER, "c": [*STORY[:90], *OTHER[:90], *THIRD[:60]]},
            {("c", "a"): "digest", ("c", "b"): "digest"},
            id="a-digest-of-two",
        ),
        pytest.param(
            {"a": STORY[:80], "b": OTHER[:80], "c": [*STORY[:80], *OTHER[:80]]},
            {("c", "a"): "digest", ("c", "b"): "digest"},
            id="a-digest-that-has-them-whole",
        ),
        pytest.param(
            {"a": STORY, "b": STORY, "c": [*STORY[:90], *THIRD[:60]]},
            {("b", "a"): "copy"},
            id="two-copies-are-one-source",
        ),
        pytest.param({"a": [], "b": []}, {}, id="nothing"),
    ],
)
def test_what_repeats_what(texts, found):
    if ("c", "a") in found and len(texts["a"]) == 80:
        # Each half stands whole in the digest, and it is more than half of it: then it is told of by its largest part.
        texts = texts | {"c": [*texts["c"], *THIRD[:40]]}
    assert judge(texts) == found


@pytest.mark.parametrize(
    ("published", "found"),
    [
        ({"a": "2025-07-18", "b": "2025-07-17"}, ("a", "b")),
        ({"a": "2025-07-17", "b": "2025-07-18"}, ("b", "a")),
        ({"a": "2025-07-17"}, ("b", "a")),
        ({"b": "2025-07-17"}, ("a", "b")),
    ],
)
def test_the_original_is_what_was_published_first(published, found):
    assert list(judge({"a": STORY, "b": STORY}, published=published)) == [found]


def test_a_digest_is_not_made_of_what_came_after_it():
    texts = {"a": STORY, "b": OTHER, "c": [*STORY[:90], *OTHER[:90], *THIRD[:60]]}
    days = {"a": "2025-07-18", "b": "2025-07-18", "c": "2025-07-17"}
    assert judge(texts, published=days) == {}


def test_of_two_rounds_of_a_rolling_story_the_later_is_made_of_the_earlier():
    first, second = [*STORY[:100], *OTHER[:100]], [*STORY[:100], *THIRD[:100]]
    found = judge({"a": OTHER, "b": THIRD, "c": first, "d": second})
    assert ("d", "c") in found
    assert ("c", "d") not in found


def test_case_and_punctuation_are_no_difference():
    assert count_shared("Norland and Sudland signed it.", "NORLAND and Sudland, signed «it»") == 2


@given(st.text(max_size=200))
def test_a_sketch_is_a_sample_of_its_text(text):
    sketch = make_sketch(find_runs(text))
    assert len(sketch.hashes) <= sketch.size == count_shared(text, text)
    assert list(sketch.hashes) == sorted(set(sketch.hashes))
    assert all(0 <= each < 2**63 for each in sketch.hashes)


def test_a_teasers_sketch_meets_its_articles():
    article, teaser = (set(make_sketch(find_runs(" ".join(words))).hashes) for words in (STORY, STORY[100:140]))
    assert teaser <= article
    assert len(teaser) >= 12


def test_the_sketch_of_a_book_stays_small():
    assert len(make_sketch(find_runs(" ".join(write(9, 60_000)))).hashes) == 5_000


def test_the_least_is_a_sentence():
    assert count_shared(" ".join(STORY[:15]), " ".join(STORY)) == LEAST_SHARED


def ball(pairs, start, steps):
    reached = set(start)
    for _ in range(steps):
        reached |= {each for pair in pairs if reached & set(pair) for each in pair}
    return reached


EDGES = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from((12, 20, 30, 45, 60)),
    max_size=14,
)


@given(EDGES, EDGES, st.lists(st.sampled_from((60, 80, 120)), min_size=8, max_size=8), st.integers(0, 7))
def test_what_one_article_changes_lies_within_two_steps(before, after, sizes, changed):
    texts = [
        Text(article_id=str(n), size=size, published=None, first_seen=MORNING + timedelta(minutes=n))
        for n, size in enumerate(sizes)
    ]

    def judge_all(edges):
        overlaps = [Overlap(article_id=str(a), other_id=str(b), shared=n) for (a, b), n in edges.items()]
        return {(each.article_id, each.other_id): each for each in find_duplicates(texts, overlaps)}

    kept = {pair: shared for pair, shared in before.items() if changed not in pair}
    after = kept | {pair: shared for pair, shared in after.items() if changed in pair}
    around = {changed, *(each for pair in (*before, *after) if changed in pair for each in pair)}
    near = ball(after, around, 2)
    found = judge_all({pair: shared for pair, shared in after.items() if set(pair) <= near})
    names = {str(each) for each in around}
    stay = {pair: each for pair, each in judge_all(before).items() if names.isdisjoint(pair)}
    assert stay | {pair: each for pair, each in found.items() if not names.isdisjoint(pair)} == judge_all(after)
