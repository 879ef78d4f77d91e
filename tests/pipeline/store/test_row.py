import pytest
from pydantic import ValidationError

from pipeline.store.row import Row


class Point(Row):
    """A row of this test: others look at all there are."""

    x: int


def test_a_row_cannot_be_changed_and_has_no_unknown_fields():
    with pytest.raises(ValidationError):
        Point(x=1).x = 2
    with pytest.raises(ValidationError):
        Point.model_validate({"x": 1, "y": 2})
