"""The gold as records."""

from pipeline.gold.records import GoldArticle


def test_an_agreement_s_names_leave_out_what_is_not_there(articles):
    assert [row.names for row in articles[1].agreements] == [
        ("Arden Treaty", "Treaty of Arden"),
        ("Westland's accession to the Arden Treaty",),
    ]


def test_the_gold_survives_json(articles):
    for article in articles:
        assert GoldArticle.model_validate_json(article.model_dump_json()) == article
