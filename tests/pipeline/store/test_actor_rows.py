import pytest

from pipeline.store import actor_rows
from pipeline.store.rows import Row

ROWS = [each for each in vars(actor_rows).values() if isinstance(each, type) and each.__module__ == actor_rows.__name__]


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.__name__)
def test_rows_of_actors_are_frozen_and_say_what_they_are(kind):
    assert issubclass(kind, Row)
    assert kind.model_json_schema()["description"]
