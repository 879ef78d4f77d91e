from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from pipeline.errors import StoreError
from pipeline.records import Decision
from pipeline.store.decisions import load_decisions, save_decision


def decide(**facts) -> Decision:
    at = datetime(2025, 7, 18, tzinfo=UTC)
    return Decision(**({"who": "ana", "when": at, "record_id": "ag-1", "action": "correct"} | facts))


def test_decisions_come_back_in_the_order_they_were_made(store):
    made = [decide(field="status", before=None, after={"status": "signed"}), decide(record_id="ag-2", action="accept")]
    numbers = [save_decision(store, each) for each in made]
    assert numbers == sorted(numbers)
    assert load_decisions(store) == made
    assert load_decisions(store, record_id="ag-2") == made[1:]


@pytest.mark.parametrize("query", ["UPDATE decision SET who = 'eve'", "DELETE FROM decision", "TRUNCATE decision"])
def test_the_database_itself_refuses_to_change_one(store, query):
    save_decision(store, decide())
    with pytest.raises(StoreError, match="only added, never changed|cannot truncate"), store.begin() as connection:
        connection.execute(text(query))
    assert load_decisions(store) == [decide()]
