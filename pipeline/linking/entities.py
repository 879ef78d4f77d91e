"""Entities of many articles become one actor: by ids, known names, equal names, and aliases and surnames with care.

Pure: entities and what is known of the actors they may be in, links out, each with its reason and score, and the actors whose
articles are worth another look. A wrong merge is worse than a missed one: where two actors fit, an entity founds one of its own.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from pydantic import Field

from pipeline.linking.actor_keys import Keys, NamedEntity, find_keys
from pipeline.linking.actor_rules import SCORES, Directory, Reason, choose
from pipeline.records import Confidence, Record, make_record_id

Pairs = frozenset[tuple[str, str]]


class KnownActor(Record):
    """An actor as it is known: what it is found by, and what articles say of it."""

    id: str
    keys: dict[str, int] = Field(default_factory=dict)  #: how many entities brought each
    traits: tuple[str, ...] = ()


class Sayings(Record):
    """What people said of pairs of entities (or of an entity and an actor): one, or not one."""

    same: Pairs = frozenset()
    apart: Pairs = frozenset()
    places: dict[str, str] = Field(default_factory=dict)  #: the actor of each entity they name that is not linked now


def spread(same: Iterable[tuple[str, str]], apart: Iterable[tuple[str, str]]) -> tuple[Pairs, Pairs]:
    """What follows from pairs that people named: who is one with one is one with all of them, and so is who is not.

    Example::

        spread([("a", "b"), ("b", "c")], [("c", "d")])  # a, b, c are one; d is none of them
    """
    groups: dict[str, set[str]] = {}
    for one, other in same:
        joined = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(joined, joined))
    together = {pair for group in groups.values() for pair in combinations(sorted(group), 2)}
    parted = {
        (min(a, b), max(a, b))
        for one, other in apart
        for a in groups.get(one, {one})
        for b in groups.get(other, {other})
    }
    return frozenset(together - parted), frozenset(parted)


class ActorLink(Record):
    """An entity's place among the actors."""

    entity_id: str
    actor_id: str
    names: dict[str, str]  #: what the actor is found by through it, each with its words
    traits: tuple[str, ...]
    reason: Reason
    score: Confidence


class Linked(Record):
    """What linking came to."""

    links: tuple[ActorLink, ...]
    founded: tuple[str, ...]  #: ids of actors that were not known
    doubtful: tuple[
        str, ...
    ]  #: actors that bear an alias or surname of what came in, and may be it: to be looked at again


def link_to_actors(
    entities: Iterable[NamedEntity], actors: Iterable[KnownActor], sayings: Sayings | None = None
) -> Linked:
    """The actor of every entity, in the order in which they came; full names of an article before its surnames.

    Args:
        entities: of whole articles; what these were linked by before is not to be among what ``actors`` are known by.
        actors: all that share a key with one of them (:func:`pipeline.linking.actor_rules.list_wanted`), or that one stands in.
        sayings: a person's word, which stands above everything else.
    """
    sayings = sayings or Sayings()
    directory = Directory()
    for actor in actors:
        directory.add(actor.id, actor.keys, actor.traits)
    known = set(directory.traits)
    places = dict(sayings.places)
    links, doubtful = [], dict[str, None]()
    for entity, keys in _order(entities):
        link = _link(entity, keys, directory, sayings, places)
        places[entity.entity_id] = link.actor_id
        if entity.is_new:
            doubtful |= dict.fromkeys(directory.find_doubtful(entity, keys, link.actor_id))
        directory.add(link.actor_id, dict.fromkeys(link.names, 1), entity.traits)
        directory.take(entity.article_id, link.actor_id)
        links.append(link)
    founded = dict.fromkeys(link.actor_id for link in links if link.actor_id not in known)
    return Linked(links=tuple(links), founded=tuple(founded), doubtful=tuple(doubtful))


def _order(entities: Iterable[NamedEntity]) -> list[tuple[NamedEntity, Keys]]:
    """Article by article as they came; in each what ids settle, then the longest names."""
    found = [(entity, find_keys(entity)) for entity in entities]
    articles = {article_id: at for at, article_id in enumerate(dict.fromkeys(e.article_id for e, _ in found))}
    return sorted(
        found,
        key=lambda each: (articles[each[0].article_id], not each[1].ids, -len(each[0].canonical), each[0].entity_id),
    )


def _link(entity: NamedEntity, keys: Keys, directory: Directory, sayings: Sayings, places: dict[str, str]) -> ActorLink:
    apart = {places.get(other, other) for other in _partners(sayings.apart, entity.entity_id)}
    same = [places.get(other, other) for other in _partners(sayings.same, entity.entity_id)]
    told = next((actor_id for actor_id in same if actor_id.startswith("ac-") and actor_id not in apart), None)
    reason: Reason
    if told is not None:
        actor_id, reason = told, "decided"
    else:
        found = choose(entity, keys, directory, apart)
        actor_id, reason = found or (_found(entity, keys, directory, apart), "first")
    # What a person took out of an actor must not draw the next article's entity of that name to itself.
    is_alone = reason == "first" and bool(apart) and not entity.traits
    names = {f"seen {key.partition(' ')[2]}": text for key, text in keys.names.items()} if is_alone else keys.names
    return ActorLink(
        entity_id=entity.entity_id,
        actor_id=actor_id,
        names=names,
        traits=entity.traits,
        reason=reason,
        score=SCORES[reason],
    )


def _partners(pairs: Iterable[tuple[str, str]], entity_id: str) -> list[str]:
    return sorted({other for pair in pairs if entity_id in pair for other in pair if other != entity_id})


def _found(entity: NamedEntity, keys: Keys, directory: Directory, apart: set[str]) -> str:
    """The id of an actor that nobody else is in: by the known id, else the one it founded before, else the entity's own."""
    first = entity.linked_to
    if first is not None and not keys.ids and first not in apart and not directory.is_borne(first):
        return first
    anchors: Sequence[str] = sorted(keys.ids, reverse=True)[:1]  # a Wikidata id before an ISO code
    ids = [make_record_id("ac", "", anchor) for anchor in anchors]
    ids += [make_record_id("ac", entity.entity_id, "", number) for number in range(len(apart) + 2)]
    return next(each for each in ids if each not in apart and not directory.is_borne(each))
