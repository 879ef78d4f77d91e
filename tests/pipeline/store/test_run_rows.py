import pytest
from pydantic import ValidationError

from pipeline.store.run_rows import Made, RunEnd, StageTime


def test_rows_know_no_other_fields():
    with pytest.raises(ValidationError):
        StageTime(stage="read", wall=1.0, cpu=1.0, times=1, seconds=2)


def test_what_is_not_said_is_empty():
    assert RunEnd(state="completed", counts={}).failures == ()
    assert Made(article_id="ar-1", revision=1, fingerprint="f1").old_fingerprint is None
