from datetime import UTC, datetime

from pipeline.store.theme_rows import EventRow, NewEvent


def test_an_event_has_its_moment_once_it_is_saved():
    event = {"fate": "merged", "theme_id": "th-1", "other_id": "th-2", "members": 3, "reason": "most are in it"}
    saved = EventRow(**event, at=datetime(2025, 7, 18, tzinfo=UTC))
    assert NewEvent(**event).model_dump() == saved.model_dump(exclude={"at"})
