import pytest
from pydantic import ValidationError

from pipeline.store.filters import ArticleFilter, ClaimFilter, EntityFilter, RegisterFilter


@pytest.mark.parametrize("kind", [ArticleFilter, ClaimFilter, EntityFilter, RegisterFilter])
def test_a_filter_asks_for_everything_unless_told(kind):
    assert not any(kind().model_dump().values())


@pytest.mark.parametrize("wrong", [{"statu": "signed"}, {"status": "sined"}, {"limit": 0}, {"as_of": "July"}])
def test_a_condition_that_does_not_exist_is_an_error(wrong):
    with pytest.raises(ValidationError):
        RegisterFilter.model_validate(wrong)
