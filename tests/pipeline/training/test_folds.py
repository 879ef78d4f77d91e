"""Parts of the marked articles."""

import pytest

from pipeline.training.folds import make_folds


@pytest.fixture
def of_topics(articles):
    """Seven articles of four topics, by their topics' first letters."""
    return [
        articles[0].model_copy(
            update={"slug": f"{n}-{topic}", "header": articles[0].header.model_copy(update={"topic": topic})}
        )
        for n, topic in enumerate("aaabbcd")
    ]


def test_each_article_is_held_out_once_and_topics_stay_together(of_topics):
    folds = make_folds(of_topics, 2)
    held_out = [{article.slug for article in fold.held_out} for fold in folds]
    assert sorted(map(len, held_out)) == [3, 4]
    assert sorted(slug for part in held_out for slug in part) == sorted(article.slug for article in of_topics)
    for fold in folds:
        assert {article.header.topic for article in fold.learned}.isdisjoint(
            article.header.topic for article in fold.held_out
        )
        assert len(fold.learned) + len(fold.held_out) == 7


def test_none_are_made_where_none_are_wanted(of_topics):
    assert make_folds(of_topics, 0) == []
    assert make_folds([], 2) == []


def test_one_topic_makes_no_fold(of_topics):
    assert make_folds(of_topics[:3], 2) == []


def test_real_documents_are_dealt_out(of_topics):
    real = [
        each.model_copy(
            update={
                "slug": f"9{n}",
                "header": each.header.model_copy(update={"topic": "set", "source": f"set.json#{n}"}),
            }
        )
        for n, each in enumerate(of_topics[:4])
    ]
    folds = make_folds([*of_topics, *real], 2)
    assert [sum(article.header.source is not None for article in fold.held_out) for fold in folds] == [2, 2]
