"""What must hold between the files of a corpus."""

import pytest

from pipeline.evaluation.conflicts import find_conflicts


def alter(article, slug, **head):
    return article.model_copy(update={"slug": slug, "header": article.header.model_copy(update=head)})


def test_two_articles_of_one_family_agree(articles):
    assert find_conflicts(articles) == []


@pytest.mark.parametrize(
    ("slug", "head", "said"),
    [
        ("901-other", {"title": "x", "url": None}, "same number as 901-arden-treaty"),
        ("903-other", {"url": None}, "same title as 901-arden-treaty"),
        ("903-other", {"title": "x"}, "same url as 901-arden-treaty"),
        ("903-other", {"title": "x", "url": None, "split": "dev"}, "a topic stands in one split"),
    ],
)
def test_a_conflict_is_named(arden, slug, head, said):
    (conflict,) = find_conflicts([arden, alter(arden, slug, **head)])
    assert conflict.slug == slug
    assert said in conflict.text


def test_a_name_has_one_wikidata_id(arden):
    first, second = (
        arden.model_copy(update={"entities": (arden.entities[0].model_copy(update={"qid": qid}),)})
        for qid in ("Q1", "Q2")
    )
    second = alter(second, "903-other", title="x", url=None)
    assert 'has qid = "Q2", in 901-arden-treaty "Q1"' in find_conflicts([first, second])[0].text


def test_one_name_with_differing_slugs_is_a_note(articles):
    arden, other = articles
    rows = (other.agreements[0].model_copy(update={"shared": None}), other.agreements[1])
    (note,) = find_conflicts([arden, other.model_copy(update={"agreements": rows})])
    assert note.is_note
    assert '"arden treaty" has differing shared slugs' in note.text
