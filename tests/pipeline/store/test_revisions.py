import pytest

from pipeline.errors import NotFoundError
from pipeline.store.revisions import load_revisions


def test_revisions_come_oldest_first_with_their_texts(store, save):
    article, _ = save(text="Norland signed it.")
    save(text="Norland and Sudland signed it.", published="2025-07-19")
    found = load_revisions(store, article.id[:9])
    assert [(row.revision, row.text, row.published) for row in found] == [
        (1, "Norland signed it.", "2025-07-18"),
        (2, "Norland and Sudland signed it.", "2025-07-19"),
    ]


def test_an_unknown_article_is_said_to_be_so(store):
    with pytest.raises(NotFoundError):
        load_revisions(store, "ar-123456")
