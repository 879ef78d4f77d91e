"""Scores of claims."""

import pytest

from pipeline.evaluation.claim_scores import count_claims, is_right_speaker, judge_claim, pair_claims
from pipeline.evaluation.perfect import to_extraction
from pipeline.records import AUTHOR, Span, Speaker


def speak(text, words, *, name=None):
    start = text.index(words)
    return Speaker(name=name, start=start, end=start + len(words), text=words)


def test_perfect_claims(arden):
    found = to_extraction(arden).claims
    counts = count_claims(arden.claims, found)
    assert counts["claim.paired"] == counts["claim.speaker"] == counts["claim.hedged"] == 3
    assert counts["claim.attributed"] == 2
    assert all(all(judge_claim(a, b)) for a, b in pair_claims(arden.claims, found).pairs)


@pytest.mark.parametrize(
    ("claim", "name", "words", "is_right"),
    [
        (0, "Mara Lind", "Mara Lind", True),
        (0, "Lind", "Mara Lind", True),
        (0, None, "Mara Lind", True),
        (0, None, "a harbour official", False),
        (0, "Jon Berg", "Mara Lind", False),
        (1, None, "harbour official", True),
        (1, "harbour official", "a harbour official", True),
        (1, AUTHOR, "a harbour official", False),
        (2, "Mara Lind", "Mara Lind", False),
    ],
)
def test_a_speaker(arden, claim, name, words, is_right):
    assert is_right_speaker(arden.claims[claim], speak(arden.text, words, name=name)) is is_right


def test_nobody_and_the_author(articles):
    nobody, author = articles[1].claims[0], articles[1].claims[1]
    assert is_right_speaker(nobody, None)
    assert not is_right_speaker(author, None)
    assert is_right_speaker(author, Speaker(name=AUTHOR))
    assert not is_right_speaker(nobody, Speaker(name=AUTHOR))


@pytest.mark.parametrize(("length", "is_pair"), [(50, True), (25, True), (24, False)])
def test_half_of_the_content_must_be_shared(arden, length, is_pair):
    marked, found = arden.claims[0], to_extraction(arden).claims[0]
    (part,) = found.content
    assert len(part.text) == 50
    cut = Span(start=part.start, end=part.start + length, text=part.text[:length])
    assert bool(pair_claims([marked], [found.model_copy(update={"content": (cut,)})]).pairs) is is_pair
