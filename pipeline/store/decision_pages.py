"""The log of decisions by the page, the newest first."""

from pipeline.decisions import Decision
from pipeline.store import schema
from pipeline.store.decisions import load_undone, read_decisions, select_decisions
from pipeline.store.filters import Filter
from pipeline.store.row import Row
from pipeline.store.store import Store


class LogFilter(Filter):
    """Which decisions of the log to list."""

    record_id: str | None = None  #: a whole id
    article_id: str | None = None  #: where the records stood
    who: str | None = None
    batch: str | None = None
    limit: int = 50
    before: int | None = None  #: number of the decision before which to go on


class Logged(Row):
    """A decision of the log, and whether it is undone at present."""

    decision: Decision
    is_undone: bool


def load_log(store: Store, wanted: LogFilter) -> list[Logged]:
    """Decisions, the newest first; the next ones are those ``before`` the last of these."""
    decision = schema.decision
    names = ("record_id", "article_id", "who", "batch")
    given = [decision.c[name] == value for name in names if (value := getattr(wanted, name)) is not None]
    query = select_decisions().where(*given).order_by(decision.c.number.desc()).limit(wanted.limit)
    if wanted.before is not None:
        query = query.where(decision.c.number < wanted.before)
    with store.begin() as connection:
        found = read_decisions(connection, query)
        undone = load_undone(connection, [each.number for each in found if each.number is not None])
    return [Logged(decision=each, is_undone=each.number in undone) for each in found]
