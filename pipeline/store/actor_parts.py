"""Which actor stands behind the names in an article's agreements and claims; made anew with the article's links."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from pipeline.records import AUTHOR, normalise
from pipeline.store import schema
from pipeline.store.actor_links import Named
from pipeline.store.queries import is_current, is_current_revision, is_one_of


class _Place(NamedTuple):
    entity_id: str
    actor_id: str


def save_parts(connection: Connection, named: Collection[Named]) -> None:
    """Put what these articles' current agreements and claims name to the actors that their entities are in."""
    article_ids = [each.article_id for each in named]
    link = schema.actor_link
    query = select(link.c.entity_id, link.c.actor_id).where(is_one_of(link.c.article_id, article_ids))
    actors = {row[0]: row[1] for row in connection.execute(query)}
    names = {
        each.article_id: {name: _Place(entity_id, actors[entity_id]) for name, entity_id in each.names.items()}
        for each in named
    }
    for table, rows in (
        (schema.actor_party, _find_parties(connection, article_ids, names)),
        (schema.actor_claim, _find_claims(connection, article_ids, names)),
    ):
        connection.execute(delete(table).where(is_one_of(table.c.article_id, article_ids)))
        if rows:
            connection.execute(insert(table).on_conflict_do_nothing(), rows)


_Names = Mapping[str, Mapping[str, _Place]]  # article -> compared name


def _find_parties(connection: Connection, article_ids: Collection[str], names: _Names) -> list[dict[str, Any]]:
    party, agreement = schema.party, schema.agreement
    query = select(agreement.c.id, agreement.c.article_id, party.c.normal, party.c.role).where(
        is_current(agreement),
        is_one_of(schema.article.c.id, article_ids),
        party.c.agreement_id == agreement.c.id,
        party.c.revision == agreement.c.revision,
        party.c.fingerprint == agreement.c.fingerprint,
    )
    return [
        {"agreement_id": agreement_id, "article_id": article_id, "role": role, **place._asdict()}
        for agreement_id, article_id, normal, role in connection.execute(query)
        if (place := names[article_id].get(normal))
    ]


def _find_claims(connection: Connection, article_ids: Collection[str], names: _Names) -> list[dict[str, Any]]:
    claim, rows = schema.claim, []
    query = select(
        claim.c.id,
        claim.c.article_id,
        claim.c.type,
        schema.revision.c.published,
        claim.c.record["speaker"]["name"].astext,
        claim.c.record["about"],
    ).where(is_current(claim), is_current_revision(), is_one_of(schema.article.c.id, article_ids))
    for claim_id, article_id, kind, published, speaker, about in connection.execute(query):
        facts = {"claim_id": claim_id, "article_id": article_id, "type": kind, "published": published}
        said = [("by", speaker)] if speaker and speaker != AUTHOR else []
        for side, name in [*said, *(("about", each) for each in about)]:
            if place := names[article_id].get(normalise(name)):
                rows.append(facts | {"side": side, **place._asdict()})
    return rows
