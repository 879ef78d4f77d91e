"""Entities across articles: those of new and changed articles are put to their actors, a batch of articles at a time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.jobs.counts import Counts
from pipeline.linking.actor_keys import NamedEntity, find_keys
from pipeline.linking.actor_rules import list_wanted
from pipeline.linking.entities import ActorLink, KnownActor, Sayings, link_to_actors, spread
from pipeline.linking.faces import KnownKey, make_face
from pipeline.linking.traits import find_traits
from pipeline.store.actor_agreements import find_rows_of, refresh_actor_rows
from pipeline.store.actor_faces import load_called, save_faces
from pipeline.store.actor_joins import settle_joins
from pipeline.store.actor_links import (
    Known,
    Named,
    NewLink,
    OldLink,
    load_doubtful,
    load_known,
    load_named,
    load_old_links,
    load_places,
    put_due,
    save_actor_links,
    take_due,
)
from pipeline.store.actor_parts import save_parts
from pipeline.store.standing import Judgements, load_judgements
from pipeline.store.store import Store

# One transaction: what an interrupted job loses, and how long another one waits.
_BATCH = 20
_ROWS = 200  # of the register, likewise
# A surname or acronym that stood alone in so many articles is an actor of its own by now; what comes in will not change that.
_MOST_DOUBTFUL = 20


class ActorCounts(Counts):
    """What linking made of the entities of new and changed articles."""

    entities: int = 0  #: that were looked at
    actors: int = 0  #: that were not there before


def link_entities(store: Store) -> ActorCounts:
    """Put the entities of all articles that are new or have changed to their actors; the others are not looked at.

    What it is interrupted in is done by the next one. Where an article brings the full name of what stood under an acronym
    or a surname alone, the few articles that name it so are looked at again.
    """
    parts = []
    while (counts := link_batch(store)) is not None:
        parts.append(counts)
    return ActorCounts.total(parts)


def link_batch(store: Store) -> ActorCounts | None:
    """One batch of what is due, in one transaction; None where nothing is."""
    with store.begin() as connection:
        due = take_due(connection, articles=_BATCH, others=_ROWS)
        if not due:
            return None
        joined = settle_joins(connection, [each for each in due if each.startswith("ac-")])
        article_ids = [each for each in due if each.startswith("ar-")]
        named = load_named(connection, article_ids)
        old = load_old_links(connection, article_ids)
        entities = _list_entities(named, {each.entity_id: each.base_id for each in old})
        wanted = {key for each in entities for key in list_wanted(each, find_keys(each))}
        judged = load_judgements(connection, [each.entity_id for each in entities])
        places = load_places(connection, {each for pair in judged.same | judged.apart for each in pair})
        # Also the actors that they stand in: whether anybody else does decides what becomes of them.
        standing = {each.base_id for each in old} | set(places.values())
        known = load_known(connection, wanted, standing, old)
        linked = link_to_actors(entities, _list_actors(known), _list_sayings(judged, places, old))
        changed = joined | save_actor_links(connection, article_ids, old, _join(linked.links, named))
        save_parts(connection, named)
        save_faces(connection, _make_faces(load_called(connection, changed)))
        refresh_actor_rows(
            connection, {each for each in due if each.startswith("rw-")} | find_rows_of(connection, article_ids, joined)
        )
        put_due(connection, load_doubtful(connection, linked.doubtful, limit=_MOST_DOUBTFUL))
        return ActorCounts(entities=len(entities), actors=len(linked.founded))


def _list_entities(named: Iterable[Named], linked_to: Mapping[str, str]) -> list[NamedEntity]:
    found = []
    for article in named:
        traits = find_traits(article.text, article.entities)
        for entity in article.entities:
            facts = entity.model_dump(include={"type", "canonical", "iso", "wikidata", "aliases"})
            found.append(
                NamedEntity(
                    entity_id=entity.id,
                    article_id=article.article_id,
                    is_listed=entity.rule == "gazetteer",
                    traits=traits.get(entity.id, ()),
                    linked_to=linked_to.get(entity.id),
                    is_new=entity.id not in linked_to,
                    **facts,
                )
            )
    return found


def _list_actors(known: Mapping[str, Known]) -> list[KnownActor]:
    return [
        KnownActor(id=each, keys=facts.keys, traits=tuple(sorted(set(facts.traits))))
        for each, facts in sorted(known.items())
    ]


def _list_sayings(judged: Judgements, places: Mapping[str, str], old: Iterable[OldLink]) -> Sayings:
    """What people said, and where those stand that are not linked now."""
    same, apart = spread(judged.same, judged.apart)
    moving = {each.entity_id for each in old}
    return Sayings(same=same, apart=apart, places={one: at for one, at in places.items() if one not in moving})


def _join(links: Sequence[ActorLink], named: Iterable[Named]) -> list[NewLink]:
    entities = {entity.id: (entity, article) for article in named for entity in article.entities}
    return [
        NewLink(
            *entities[each.entity_id],
            base_id=each.actor_id,
            names=each.names,
            traits=each.traits,
            reason=each.reason,
            score=each.score,
        )
        for each in links
    ]


def _make_faces(called: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        actor_id: make_face(
            each.type, [KnownKey(key=key, text=text, uses=uses) for key, text, uses in each.keys]
        ).model_dump()
        for actor_id, each in called.items()
    }
