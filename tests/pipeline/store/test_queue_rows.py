import pytest
from pydantic import ValidationError

from pipeline.enumerations import Queue
from pipeline.store.queue_rows import QueueFilter


def test_without_conditions_the_most_doubtful_is_asked_for():
    wanted = QueueFilter()
    assert (wanted.queue, wanted.kind, wanted.after) == (Queue.DOUBTFUL, None, None)


@pytest.mark.parametrize("wanted", [{"queue": "all"}, {"kind": "row"}, {"limit": 0}, {"speaker": "Mara Lind"}])
def test_what_no_queue_has_is_refused(wanted):
    with pytest.raises(ValidationError):
        QueueFilter.model_validate(wanted)
