"""What a person reads of an article to decide on it: its text, its records, what was decided, and the rows they stand in."""

from collections.abc import Collection

from sqlalchemy import Connection, String, Table, cast, select

from pipeline.decisions import Decision
from pipeline.errors import NotFoundError
from pipeline.records import Agreement, Claim, Entity
from pipeline.store import schema
from pipeline.store.articles import load_texts
from pipeline.store.decisions import read_decisions, select_decisions
from pipeline.store.past import load_past
from pipeline.store.places import load_text
from pipeline.store.queries import is_current, is_one_of
from pipeline.store.rows import ArticleText, Row
from pipeline.store.standing import Standing, load_standing
from pipeline.store.store import Store
from pipeline.store.subjects import find_subject_id

# Of one record; whoever wants more finds it in the history.
_MOST_DECISIONS = 20


class ReadRecord(Row):
    """One record of an article, as it was extracted, and what people decided of it."""

    record: Entity | Agreement | Claim
    article_id: str
    standing: Standing | None = None
    row_id: str | None = None  #: of an agreement: the row of the register that it stands in


class Reading(Row):
    """An article with all its records, in the order of the text."""

    text: ArticleText
    records: tuple[ReadRecord, ...]  #: agreements, claims, entities


class RecordStory(Row):
    """One record with its article's text, and what was decided of it, the newest first."""

    read: ReadRecord
    text: str
    decisions: tuple[Decision, ...]


def load_reading(store: Store, article_id: str) -> Reading:
    """An article as it stands now (a whole id).

    Raises:
        NotFoundError: there is no such article.
    """
    with store.read() as connection:
        if not connection.execute(select(schema.article.c.id).where(schema.article.c.id == article_id)).first():
            raise NotFoundError(f"No article bears the id {article_id}.")
        text = load_texts(connection, [article_id])[0]
        found = load_past(connection, article_id, (text.article.revision, text.article.fingerprint))
        records: list[Entity | Agreement | Claim] = [*found.agreements, *found.claims, *found.entities]
        ids = [each.id for each in records]
        standing, rows = load_standing(connection, ids), _load_rows(connection, ids)
    return Reading(
        text=text,
        records=tuple(
            ReadRecord(record=each, article_id=article_id, standing=standing.get(each.id), row_id=rows.get(each.id))
            for each in records
        ),
    )


def load_read_record(store: Store, record_id: str) -> ReadRecord:
    """One record, without its article's text.

    Raises:
        NotFoundError: no current record of an article bears that id.
    """
    with store.read() as connection:
        return _load_record(connection, record_id)


def load_story(store: Store, record_id: str) -> RecordStory:
    """One record with all that is known of it.

    Raises:
        NotFoundError: no current record of an article bears that id.
    """
    decision = schema.decision
    with store.read() as connection:
        read = _load_record(connection, record_id)
        query = select_decisions().where(decision.c.record_id == read.record.id)
        decisions = read_decisions(connection, query.order_by(decision.c.number.desc()).limit(_MOST_DECISIONS))
        text = load_text(connection, read.article_id) or ""
    return RecordStory(read=read, text=text, decisions=tuple(decisions))


def _load_record(connection: Connection, record_id: str) -> ReadRecord:
    kinds: dict[str, tuple[Table, type[Entity | Agreement | Claim]]] = {
        "en-": (schema.entity, Entity),
        "ag-": (schema.agreement, Agreement),
        "cl-": (schema.claim, Claim),
    }
    if record_id[:3] not in kinds:
        raise NotFoundError(
            f"{record_id} stands in no article: entities (en-…), agreements (ag-…) and claims (cl-…) do."
        )
    full_id = find_subject_id(connection, record_id)
    table, kind = kinds[record_id[:3]]
    query = select(cast(table.c.record, String), table.c.article_id).where(is_current(table), table.c.id == full_id)
    text, article_id = connection.execute(query).one()
    return ReadRecord(
        record=kind.model_validate_json(text),
        article_id=article_id,
        standing=load_standing(connection, [full_id]).get(full_id),
        row_id=_load_rows(connection, [full_id]).get(full_id),
    )


def _load_rows(connection: Connection, record_ids: Collection[str]) -> dict[str, str]:
    link = schema.link
    query = select(link.c.agreement_id, link.c.row_id).where(is_one_of(link.c.agreement_id, record_ids))
    return {row[0]: row[1] for row in connection.execute(query)}
