"""Records that a person adds from an article's words: an entity, an agreement or a claim that extraction missed.

The truth is the ``create`` decision in the log. The record itself stands among what the article says now, so that register,
claims, actors, search and exports have it without knowing of people; its rule is ``person``. An article that is saved anew
gets it again where its words still stand; one that is taken back is set aside under a fingerprint of its own, as what an
older version of the pipeline found would be.
"""

from collections.abc import Iterable
from typing import Any, Literal

from sqlalchemy import Connection, Table, delete, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as put

from pipeline.corrections import check_values, find_again
from pipeline.decisions import Decision
from pipeline.enumerations import DecisionAction
from pipeline.errors import InputError, NotFoundError
from pipeline.records import Mention, Record, Span, make_record_id
from pipeline.store import schema
from pipeline.store.added_records import make_added
from pipeline.store.decisions import append, load_undone, read_decisions, select_decisions
from pipeline.store.extractions import insert_record
from pipeline.store.links import mark_unlinked
from pipeline.store.locks import lock_register
from pipeline.store.places import check_places, load_text
from pipeline.store.queries import is_current, is_current_revision
from pipeline.store.search_entries import index_article
from pipeline.store.store import Store, now
from pipeline.store.touched import find_touched_rows, mark_todo, refresh_touched

#: Stands in place of a pipeline's fingerprint where a person took back what they had added.
WITHDRAWN = "withdrawn"
_TABLES = {"en": schema.entity, "ag": schema.agreement, "cl": schema.claim}
_PREFIXES = {"entity": "en", "agreement": "ag", "claim": "cl"}
_Key = tuple[str, int, str]  # article id, revision, fingerprint


class NewAddition(Record):
    """A record that somebody adds, with the places in the article that it stands on."""

    who: str
    article_id: str
    sort: Literal["entity", "agreement", "claim"]
    values: dict[str, Any]  #: its fields as in :mod:`pipeline.corrections`, without its places
    places: tuple[Span, ...]  #: an entity's or agreement's mentions, a claim's content
    batch: str | None = None


def add_record(store: Store, new: NewAddition) -> Decision:
    """Add a record to an article; an agreement is linked into the register by the next run of linking.

    Raises:
        NotFoundError: there is no such article.
        InputError: a field has a value that it cannot have, or the words do not stand there.
    """
    with store.begin() as connection:
        lock_register(connection)
        key, digest = _load_key(connection, new.article_id)
        prefix = _PREFIXES[new.sort]
        values = _complete(prefix, new)
        check_places(connection, new.article_id, values["content" if prefix == "cl" else "mentions"])
        made = Decision(
            who=new.who,
            when=now(),
            record_id=_find_free_id(connection, prefix, key, _find_anchor(prefix, values)),
            action=DecisionAction.CREATE,
            after=values,
            quote=new.places[0].text,
            batch=new.batch,
            extractor=key[2],
            article_id=new.article_id,
            kind=values.get("kind") or values.get("type"),
            text_sha256=digest,
        )
        made = append(connection, made)
        insert_record(connection, key, make_added(made.record_id, values), first_seen=made.when)
        _follow(connection, made)
    return made


def set_aside(connection: Connection, root: Decision) -> None:
    """Take an added record out of what its article says; after an undo, in its transaction."""
    table = _TABLES[root.record_id[:2]]
    assert root.article_id is not None, "what is added stands in an article"
    key, _ = _load_key(connection, root.article_id)
    _move_aside(connection, table, root.record_id, key)
    _follow(connection, root)


def put_back(connection: Connection, root: Decision) -> None:
    """Have its article say again what was added and taken back; its places are found again where the text has changed."""
    assert root.article_id is not None, "what is added stands in an article"
    key, _ = _load_key(connection, root.article_id)
    if _restore(connection, key, root):
        _follow(connection, root)


def restore_additions(connection: Connection, article_id: str) -> None:
    """Bring what people added to an article, that is saved anew, over to what it says now; in the transaction that saves it."""
    decision = schema.decision
    query = select_decisions().where(
        decision.c.article_id == article_id, decision.c.action == DecisionAction.CREATE.value
    )
    roots = read_decisions(connection, query.order_by(decision.c.number))
    if not roots:
        return
    undone = load_undone(connection, [each.number for each in roots if each.number is not None])
    key, _ = _load_key(connection, article_id)
    for root in roots:
        if root.number in undone:
            _move_aside(connection, _TABLES[root.record_id[:2]], root.record_id, key)
        else:
            _restore(connection, key, root)


def _follow(connection: Connection, root: Decision) -> None:
    """Have search, linking and actors look at the article again."""
    assert root.article_id is not None, "what is added stands in an article"
    if root.record_id.startswith("ag-"):
        mark_unlinked(connection, [root.record_id])
        refresh_touched(connection, find_touched_rows(connection, [root.record_id]))
    mark_todo(connection, [root.article_id])
    index_article(connection, root.article_id)


def _complete(prefix: str, new: NewAddition) -> dict[str, Any]:
    if not new.places:
        raise InputError("Mark the words that it stands on.")
    field, kind = ("content", Span) if prefix == "cl" else ("mentions", Mention if prefix == "en" else Span)
    given = [kind(start=each.start, end=each.end, text=each.text).model_dump(mode="json") for each in new.places]
    return check_values(f"{prefix}-", new.values | {field: given})


def _find_anchor(prefix: str, values: dict[str, Any]) -> str:
    if prefix == "cl":
        return " … ".join(each["text"] for each in values["content"])
    return str(values["canonical"] if prefix == "en" else values["name"] or values["mentions"][0]["text"])


def _find_free_id(connection: Connection, prefix: str, key: _Key, anchor: str) -> str:
    """As extraction would call it, so that a decision finds it again where a later version finds it too."""
    table, occurrence = _TABLES[prefix], 0
    taken = set(connection.execute(select(table.c.id).where(table.c.article_id == key[0])).scalars())
    while (record_id := make_record_id(prefix, key[0], anchor, occurrence)) in taken:
        occurrence += 1
    return record_id


def _load_key(connection: Connection, article_id: str) -> tuple[_Key, str]:
    article, revision = schema.article, schema.revision
    query = select(article.c.revision, article.c.fingerprint, revision.c.sha256)
    query = query.where(article.c.id == article_id, is_current_revision()).with_for_update(read=True, of=article)
    found = connection.execute(query).first()
    if found is None:
        raise NotFoundError(f"No article bears the id {article_id}.")
    return (article_id, found[0], found[1]), found[2]


def _restore(connection: Connection, key: _Key, root: Decision) -> bool:
    table = _TABLES[root.record_id[:2]]
    there = select(table.c.id).where(table.c.id == root.record_id, is_current(table))
    if connection.execute(there).first() is not None:
        return False  # extraction finds it by itself now
    values = _find_places(load_text(connection, key[0]) or "", root.after)
    if values is None:
        return False
    _drop(connection, table, root.record_id, (key[0], key[1], WITHDRAWN))
    insert_record(connection, key, make_added(root.record_id, values), first_seen=root.when)
    return True


def _find_places(text: str, values: dict[str, Any]) -> dict[str, Any] | None:
    """The same with its places as they are in this text; None where none of its words is left."""
    field = "content" if "content" in values else "mentions"
    found = [
        (each, find_again(text, Span(**{name: each[name] for name in Span.model_fields}))) for each in values[field]
    ]
    places = [each | place.model_dump() for each, place in found if place is not None]
    cue = values.get("cue") and find_again(text, Span(**values["cue"]))
    return values | {field: places} | ({"cue": cue and cue.model_dump()} if "cue" in values else {}) if places else None


def _parts(table: Table) -> Iterable[Table]:
    return (schema.party, schema.act) if table is schema.agreement else ()


def _move_aside(connection: Connection, table: Table, record_id: str, key: _Key) -> None:
    aside = (key[0], key[1], WITHDRAWN)
    query = select(table.c.id).where(table.c.id == record_id, table.c.revision == key[1], table.c.fingerprint == key[2])
    is_ours = table.c.record["rule"].astext == "person"  # else extraction finds it by itself now
    if connection.execute(query.where(is_ours)).first() is None:
        return
    values = {"article_id": key[0], "revision": key[1], "fingerprint": WITHDRAWN, "saved_at": now()}
    connection.execute(put(schema.extraction).values(values).on_conflict_do_nothing())
    _drop(connection, table, record_id, aside)
    names = [column.name for column in table.columns]
    columns = [literal(WITHDRAWN) if name == "fingerprint" else table.c[name] for name in names]
    mine = (table.c.id == record_id, table.c.revision == key[1], table.c.fingerprint == key[2])
    connection.execute(insert(table).from_select(names, select(*columns).where(*mine)))
    for part in _parts(table):
        its = (part.c.agreement_id == record_id, part.c.revision == key[1], part.c.fingerprint == key[2])
        connection.execute(update(part).where(*its).values(fingerprint=WITHDRAWN))
    connection.execute(delete(table).where(*mine))


def _drop(connection: Connection, table: Table, record_id: str, key: _Key) -> None:
    for part in _parts(table):
        its = (part.c.agreement_id == record_id, part.c.revision == key[1], part.c.fingerprint == key[2])
        connection.execute(delete(part).where(*its))
    connection.execute(delete(table).where(table.c.id == record_id, *_is_key(table, key)))


def _is_key(table: Table, key: _Key) -> tuple[Any, ...]:
    return table.c.revision == key[1], table.c.fingerprint == key[2]
