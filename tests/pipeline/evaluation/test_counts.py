"""Counts of the two small articles."""

import pytest

from pipeline.evaluation.counts import count_corpus, render_counts


@pytest.mark.parametrize(
    ("what", "number"),
    [
        ("articles", 2),
        ("entities", 9),
        ("entity mentions", 13),
        ("agreements", 4),
        ("agreements without a name", 2),
        ("acts", 6),
        ("acts planned", 1),
        ("acts denied", 1),
        ("acts presupposed", 1),
        ("figures", 1),
        ("due dates", 1),
        ("claims", 6),
        ("claims direct", 1),
        ("claims indirect", 2),
        ("claims of the author", 3),
        ("claims without a speaker", 1),
        ("claims in several parts", 1),
        ("style wire", 1),
        ("agreements told in 3 articles or more", 0),
    ],
)
def test_what_is_counted(articles, what, number):
    (line,) = [line for line in count_corpus(articles) if line.what == what]
    assert line.splits == {"train": number, "dev": 0, "test": 0}
    assert line.total == number


def test_an_agreement_told_in_three_articles(articles):
    arden, other = articles
    third = other.model_copy(update={"slug": "903-third"})
    lines = {line.what: line.total for line in count_corpus([arden, other, third])}
    assert lines["agreements told in 3 articles or more"] == 1


def test_the_table(articles):
    lines = render_counts(count_corpus(articles)).splitlines()
    assert lines[0] == "| | train | dev | test | all |"
    assert "| articles | 2 | 0 | 0 | 2 |" in lines
