"""What a list shows of records that are to be reviewed: fifty are three looks at the database, whatever their articles' sizes."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, String, Table, cast, select

from pipeline.records import Agreement, Claim
from pipeline.store import schema
from pipeline.store.extractions import claim_content, speaker_name
from pipeline.store.observations import best_quote
from pipeline.store.queries import is_current, is_current_revision, is_one_of
from pipeline.store.queue_rows import QueueItem
from pipeline.store.register_rows import ObservationRow, RegisterRow
from pipeline.store.standing import Standing, load_standing

_NOBODY = Standing(record_id="", decision=0)


def load_items(connection: Connection, record_ids: Sequence[str]) -> list[QueueItem]:
    """These records in this order; what is current no more is left out."""
    standing = load_standing(connection, record_ids)
    found: dict[str, QueueItem] = {}
    for prefix, load in _LOADERS.items():
        ids = [each for each in record_ids if each.startswith(prefix)]
        if ids:
            found |= {item.id: item for item in load(connection, ids, standing)}
    return [found[each] for each in record_ids if each in found]


def _load_agreements(connection: Connection, ids: Collection[str], standing: dict[str, Standing]) -> list[QueueItem]:
    items = []
    for row in connection.execute(_select(schema.agreement, ids)):
        record, held = Agreement.model_validate_json(row.record), standing.get(row.id, _NOBODY)
        quote = best_quote(record)
        parties = held.fields.get("parties", [each.entity for each in record.parties])
        names = [each["entity"] if isinstance(each, dict) else each for each in parties or ()]
        facts = {
            "label": held.fields.get("label") or held.fields.get("name") or record.label,
            "type": held.fields.get("kind") or record.kind.value,
            "status": held.fields.get("status", record.status),
            "who": tuple(dict.fromkeys(names)),
            "quote": quote.text if quote else None,
        }
        items.append(_make_item(row, "agreement", held, facts | _trust(record)))
    return items


def _load_claims(connection: Connection, ids: Collection[str], standing: dict[str, Standing]) -> list[QueueItem]:
    items = []
    for row in connection.execute(_select(schema.claim, ids)):
        record, held = Claim.model_validate_json(row.record), standing.get(row.id, _NOBODY)
        speaker = held.fields.get("speaker", speaker_name(record))
        content = held.fields.get("content")
        facts = {
            "label": " … ".join(each["text"] for each in content) if content else claim_content(record),
            "type": held.fields.get("type") or record.type.value,
            "status": None,
            "who": (speaker,) if speaker else (),
            "quote": record.cue.text if record.cue else None,
        }
        items.append(_make_item(row, "claim", held, facts | _trust(record)))
    return items


def _load_rows(connection: Connection, ids: Collection[str], standing: dict[str, Standing]) -> list[QueueItem]:
    table = schema.register_row
    query = select(table.c.id, cast(table.c.record, String)).where(is_one_of(table.c.id, ids), table.c.is_shown)
    return [
        _make_row_item(RegisterRow.model_validate_json(record), standing.get(row_id, _NOBODY))
        for row_id, record in connection.execute(query)
    ]


_LOADERS = {"ag-": _load_agreements, "cl-": _load_claims, "rw-": _load_rows}


def _select(table: Table, ids: Collection[str]) -> Select[Any]:
    revision = schema.revision
    return select(
        table.c.id,
        cast(table.c.record, String).label("record"),
        schema.article.c.id.label("article_id"),
        revision.c.title,
        revision.c.publisher,
        revision.c.published,
    ).where(is_one_of(table.c.id, ids), is_current(table), is_current_revision())


def _trust(record: Agreement | Claim) -> dict[str, Any]:
    return {"confidence": record.confidence, "rule": record.rule}


def _make_item(row: Row[Any], kind: str, held: Standing, facts: dict[str, Any]) -> QueueItem:
    place = {name: getattr(row, name) for name in ("id", "article_id", "title", "publisher", "published")}
    return QueueItem(kind=kind, **place, **facts, **_review(held))


def _review(held: Standing) -> dict[str, Any]:
    return {"review": held.review, "is_reopened": held.is_reopened, "decision": held.decision}


def _make_row_item(row: RegisterRow, held: Standing) -> QueueItem:
    """A row of the register; its review is its own, not what those of its observations come to."""
    return QueueItem(
        id=row.id,
        kind="row",
        label=row.label,
        type=row.kind.value,
        status=row.status.value if row.status else None,
        who=tuple(dict.fromkeys(each.entity for each in row.parties)),
        quote=None,
        sayings=tuple(map(_say, row.observations)),
        confidence=row.confidence,
        rule=None,
        article_id=None,
        title=None,
        publisher=None,
        published=row.last_published,
        articles=row.independent,
        **_review(held),
    )


def _say(observation: ObservationRow) -> str:
    """``signed (The Example, 2025-07-18)``."""
    status = observation.status.value.replace("_", " ") if observation.status else "no status"
    where = ", ".join(filter(None, (observation.publisher or observation.title, observation.published)))
    return f"{status} ({where})" if where else status
