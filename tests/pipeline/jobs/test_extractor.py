import pytest

from pipeline.errors import ModelError
from pipeline.jobs.extractor import extract
from pipeline.records import Article
from pipeline.settings import Settings

ARTICLE = Article(
    id="ar-1", address="a.txt", text="France and Germany signed the Harrowgate Treaty on 12 September 2025."
)


@pytest.mark.slow
def test_an_article_is_extracted_by_the_pipeline_of_the_settings():
    extraction = extract(ARTICLE, Settings())

    assert extraction.article_id == "ar-1"
    assert [agreement.name for agreement in extraction.agreements] == ["Harrowgate Treaty"]


def test_a_model_that_is_not_pinned_is_refused():
    with pytest.raises(ModelError, match="not pinned"):
        extract(ARTICLE, Settings(spacy_model="en_core_web_lg"))
