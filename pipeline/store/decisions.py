"""What people decided about records: rows are added, never changed; the database itself refuses anything else."""

from sqlalchemy import insert, select

from pipeline.records import Decision
from pipeline.store.schema import decision
from pipeline.store.store import Store


def save_decision(store: Store, made: Decision) -> int:
    """Add a decision; returns its number."""
    with store.begin() as connection:
        query = insert(decision).values(made.model_dump()).returning(decision.c.number)
        number: int = connection.execute(query).scalar_one()
    return number


def load_decisions(store: Store, *, record_id: str | None = None) -> list[Decision]:
    """Decisions in the order they were made: all, or those about one record."""
    columns = [decision.c[name] for name in Decision.model_fields]
    query = select(*columns).order_by(decision.c.number)
    if record_id:
        query = query.where(decision.c.record_id == record_id)
    with store.begin() as connection:
        return [Decision(**row) for row in connection.execute(query).mappings()]
