import pytest
from pydantic import ValidationError

from pipeline.store.search_rows import SearchKind, SearchQuery


def test_a_query_is_kept_as_what_differs_from_the_usual():
    query = SearchQuery(text="treaty", kinds=(SearchKind.CLAIM,), published_from="2025")
    kept = query.model_dump(mode="json", exclude_defaults=True)
    assert kept == {"text": "treaty", "kinds": ["claim"], "published_from": "2025"}
    assert SearchQuery.model_validate(kept) == query


@pytest.mark.parametrize(
    "wrong", [{"kinds": ()}, {"published_to": "soon"}, {"limit": 0}, {"limit": 201}, {"offset": -1}]
)
def test_what_cannot_be_asked_is_refused(wrong):
    with pytest.raises(ValidationError):
        SearchQuery(**wrong)
