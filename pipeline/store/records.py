"""Reading current records: the register, claims, entities, an article's whole extraction, and any record by its id."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, String, Table, cast, select

from pipeline.errors import InputError, NotFoundError
from pipeline.records import Agreement, Claim, Entity, Extraction, IsoDate, Record, Span
from pipeline.store import schema
from pipeline.store.articles import load_texts
from pipeline.store.claim_conditions import find_claim_conditions, is_after_claim, order_claims
from pipeline.store.extractions import join_content, speaker_name
from pipeline.store.filters import ClaimFilter
from pipeline.store.links import resolve_row
from pipeline.store.queries import is_current, is_current_revision, only_id
from pipeline.store.register import load_register
from pipeline.store.row_pages import load_page, quoted_articles
from pipeline.store.rows import ArticleText, ClaimRow, FoundRecord
from pipeline.store.standing import is_rejected, load_standing, read_decided, select_decided
from pipeline.store.store import Store
from pipeline.store.themes import count_themes

__all__ = ["load_register"]  # with all that follow

_R = TypeVar("_R", bound=Record)
_SHORTEST_ID = 6  # "rw-" and three digits more: 4,096 of a kind, enough to tell apart what stands on one page


def load_claims(store: Store, wanted: ClaimFilter | None = None) -> list[ClaimRow]:
    """Claims, the youngest publication first (undated ones last), then in the order of the text.

    With a limit, the next ones are those ``after`` the last of these. What a person rejected is listed only where that is
    asked for.

    Raises:
        NotFoundError: there is no claim ``after`` which to go on.
    """
    wanted = wanted or ClaimFilter()
    query = select_wanted_claims(wanted).limit(wanted.limit)
    if wanted.review is None:
        query = query.where(~is_rejected(schema.claim.c.id))
    with store.begin() as connection:
        if wanted.after:
            query = query.where(is_after_claim(connection, wanted.after))
        return [make_claim_row(row) for row in connection.execute(query).mappings()]


def select_wanted_claims(wanted: ClaimFilter) -> Select[Any]:
    """The claims that a filter asks for, in the order of their list; ``limit`` and ``after`` are left to the caller."""
    return select_claims().where(*find_claim_conditions(wanted)).order_by(*order_claims())


def select_claims() -> Select[Any]:
    """All current claims, with what was decided of them and their articles' facts; for :func:`make_claim_row`."""
    claim, article, revision = schema.claim, schema.article, schema.revision
    return select(
        cast(claim.c.record, String).label("record"),
        article.c.id.label("article_id"),
        article.c.address,
        revision.c.url,
        revision.c.title,
        revision.c.publisher,
        revision.c.published,
        claim.c.first_seen,
        select_decided(claim.c.id).label("decided"),
    ).where(is_current(claim), is_current_revision())


def make_claim_row(row: RowMapping) -> ClaimRow:
    """A claim from a row of :func:`select_claims`."""
    facts = dict(row)
    claim, decided = Claim.model_validate_json(facts.pop("record")), read_decided(facts.pop("decided"))
    said = claim.model_dump(include={"type", "hedged", "negated", "direct", "about"}) | {"speaker": speaker_name(claim)}
    spans = tuple(Span(**each) for each in decided.fields.get("content", ())) or claim.content
    cue = decided.fields.get("cue", claim.cue and claim.cue.model_dump())
    return ClaimRow(
        **claim.model_dump(include={"id", "confidence", "rule"}),
        **(said | {name: value for name, value in decided.fields.items() if name in said}),
        review=decided.review,
        content=join_content(spans),
        cue=cue["text"] if cue else None,
        spans=spans,
        figures=claim.figures,
        **facts,
    )


def load_extraction(store: Store, article_id: str) -> Extraction:
    """Everything extracted from an article, as it stands now, in the order of the text.

    Raises:
        NotFoundError: there is no such article.
    """
    with store.read() as connection:
        query = select(schema.article.c.fingerprint).where(schema.article.c.id == article_id)
        fingerprint = connection.execute(query).scalar()
        if fingerprint is None:
            raise NotFoundError(f"No article bears the id {article_id}.")
        return Extraction(
            article_id=article_id,
            fingerprint=fingerprint,
            entities=tuple(_load_all(connection, schema.entity, Entity, article_id)),
            agreements=tuple(_load_all(connection, schema.agreement, Agreement, article_id)),
            claims=tuple(_load_all(connection, schema.claim, Claim, article_id)),
        )


def load_record(store: Store, record_id: str, *, as_of: IsoDate | None = None) -> FoundRecord:
    """What an id, or an unambiguous beginning of one of at least six characters, stands for.

    ``as_of`` shows a row of the register as a reader of what was published until then knew it.
    Articles (ar-), agreements (ag-), entities (en-), claims (cl-), rows of the register (rw-) and themes (th-);
    of what a person or an import entered (ow-) the row that it stands in.

    Raises:
        NotFoundError: nothing bears that id now.
        InputError: it is too short, or several ids begin like that.
    """
    if len(record_id) < _SHORTEST_ID:
        raise InputError(
            f"{record_id!r} is too short for an id: give at least {_SHORTEST_ID} characters, as in rw-1a2."
        )
    finders: dict[str, Callable[[Connection, str], FoundRecord]] = {
        "ar-": _find_article,
        "ag-": _find_agreement,
        "en-": _find_entity,
        "cl-": _find_claim,
        "rw-": partial(_find_row, as_of=as_of),
        "ow-": partial(_find_own, as_of=as_of),
        "th-": _find_theme,
    }
    if record_id[:3] not in finders:
        raise NotFoundError(f"Nothing bears the id {record_id}: ids begin with {', '.join(finders)}.")
    with store.read() as connection:
        found = finders[record_id[:3]](connection, record_id)
        return found.model_copy(update={"standing": load_standing(connection, [found.id]).get(found.id)})


def find_row_id(store: Store, row_id: str) -> str:
    """The whole id of a row as it stands now, by its own, by an unambiguous beginning, or by one that was merged into it.

    Raises:
        NotFoundError: nothing bears that id now.
        InputError: it is too short, or several ids begin like that.
    """
    if len(row_id) < _SHORTEST_ID:
        raise InputError(f"{row_id!r} is too short for an id: give at least {_SHORTEST_ID} characters, as in rw-1a2.")
    with store.read() as connection:
        return _resolve_row(connection, row_id)


def _load_all(connection: Connection, table: Table, kind: type[_R], article_id: str) -> list[_R]:
    query = select(cast(table.c.record, String)).where(is_current(table), schema.article.c.id == article_id)
    return [
        kind.model_validate_json(record) for record in connection.execute(query.order_by(table.c.position)).scalars()
    ]


def _full_id(connection: Connection, query: Select[tuple[str]], column: ColumnElement[str], record_id: str) -> str:
    query = query.where(column.startswith(record_id, autoescape=True)).distinct().limit(6)
    return only_id(list(connection.execute(query).scalars()), record_id)


def _find_article(connection: Connection, record_id: str) -> FoundRecord:
    column = schema.article.c.id
    full_id = _full_id(connection, select(column), column, record_id)
    texts = load_texts(connection, [full_id])
    return FoundRecord(id=full_id, kind="article", record=texts[0].article, articles=tuple(texts))


def _find_extracted(connection: Connection, table: Table, record_id: str) -> tuple[str, str, tuple[ArticleText, ...]]:
    column = table.c.id
    full_id = _full_id(connection, select(column).where(is_current(table)), column, record_id)
    query = select(cast(table.c.record, String), table.c.article_id).where(is_current(table), column == full_id)
    record, article_id = connection.execute(query).one()
    return full_id, record, tuple(load_texts(connection, [article_id]))


def _find_agreement(connection: Connection, record_id: str) -> FoundRecord:
    full_id, record, texts = _find_extracted(connection, schema.agreement, record_id)
    return FoundRecord(id=full_id, kind="agreement", record=Agreement.model_validate_json(record), articles=texts)


def _find_entity(connection: Connection, record_id: str) -> FoundRecord:
    full_id, record, texts = _find_extracted(connection, schema.entity, record_id)
    return FoundRecord(id=full_id, kind="entity", record=Entity.model_validate_json(record), articles=texts)


def _find_claim(connection: Connection, record_id: str) -> FoundRecord:
    full_id, record, texts = _find_extracted(connection, schema.claim, record_id)
    return FoundRecord(id=full_id, kind="claim", record=Claim.model_validate_json(record), articles=texts)


def _find_own(connection: Connection, record_id: str, *, as_of: IsoDate | None) -> FoundRecord:
    own, link = schema.own_agreement.c.id, schema.link
    full_id = _full_id(connection, select(own), own, record_id)
    row_id = connection.execute(select(link.c.row_id).where(link.c.agreement_id == full_id)).scalar()
    if row_id is None:
        raise NotFoundError(f"{full_id} stands in no row: it was withdrawn (entente decisions --record {full_id}).")
    return _find_row(connection, row_id, as_of=as_of)


def _resolve_row(connection: Connection, row_id: str) -> str:
    row, moved = schema.register_row, schema.row_redirect
    is_there = row.c.is_shown | select(1).where(moved.c.row_id == row.c.id).exists()
    return resolve_row(connection, _full_id(connection, select(row.c.id).where(is_there), row.c.id, row_id))


def _find_row(connection: Connection, record_id: str, as_of: IsoDate | None) -> FoundRecord:
    full_id = _resolve_row(connection, record_id)
    page = load_page(connection, full_id, as_of=as_of)
    texts = load_texts(connection, quoted_articles(page))
    return FoundRecord(id=full_id, kind="row", record=page, articles=tuple(texts))


def _find_theme(connection: Connection, record_id: str) -> FoundRecord:
    column = schema.theme.c.id
    full_id = _full_id(connection, select(column), column, record_id)
    counted = count_themes(connection, ids=[full_id])
    if not counted:
        raise NotFoundError(f"The theme {full_id} has no members any more.")
    theme = counted[0].theme
    texts = load_texts(connection, _once([each.article_id for each in theme.exemplars]))
    return FoundRecord(id=full_id, kind="theme", record=theme, articles=tuple(texts))


def _once(ids: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ids))
