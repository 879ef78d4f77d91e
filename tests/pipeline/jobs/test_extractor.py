import pytest

from pipeline.errors import ModelError
from pipeline.jobs.extractor import NOT_ENGLISH, extract, is_extracted, mark_language
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


FRENCH = (
    "La Norvège et l'Islande ont signé le traité de Bergen le 12 mars 2025. Le traité engage les deux États à défendre "
    "les voies maritimes du Nord, et chacun enverra quatre navires par an."
)
LONG = ARTICLE.text + " Its parties promised to send four ships a year to the northern sea lanes, said their ministers."


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        (FRENCH, "en", "fr"),
        (LONG, "fr", "en"),
        (LONG, "en", "en"),
        ("Traité de Bergen", "fr", "fr"),
    ],
)
def test_the_text_says_its_language_and_its_source_where_it_is_too_short(text: str, said: str, language: str):
    article = mark_language(ARTICLE.model_copy(update={"text": text, "language": said}))
    assert article.language == language
    assert is_extracted(article) is (language == "en")


def test_from_another_language_nothing_is_extracted_and_no_model_is_asked_for():
    article = ARTICLE.model_copy(update={"text": FRENCH, "language": "fr"})
    extraction = extract(article, Settings(spacy_model="no_such_model"))
    assert (extraction.fingerprint, extraction.entities, extraction.claims) == (NOT_ENGLISH, (), ())
