"""Who is named in a generated store: actors and what hangs on them, as linking entities would have left it.

The pure function that links entities is asked with the right actors alone; what it says is summed up here and goes in at the end.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from generated.articles import Made

from pipeline.linking.actor_keys import NamedEntity
from pipeline.linking.entities import ActorLink, KnownActor, link_to_actors
from pipeline.linking.faces import KnownKey, make_face
from pipeline.linking.traits import find_traits
from pipeline.records import AUTHOR, Entity, normalise

_MOST_TRAITS = 20  # as the store gives them

# What rows name follows from the links of both sorts; the sums are those of pipeline.store.actor_agreements.
COUNT_ROWS = (
    """
    INSERT INTO actor_row (actor_id, row_id, roles, articles, last_published)
    SELECT p.actor_id, l.row_id, array_agg(DISTINCT p.role ORDER BY p.role), count(DISTINCT p.article_id), max(n.published)
    FROM actor_party p JOIN link l USING (agreement_id) JOIN actor_link n USING (entity_id) GROUP BY p.actor_id, l.row_id
    """,
    """
    INSERT INTO actor_role (actor_id, role, agreements)
    SELECT actor_id, role, count(*) FROM actor_row, unnest(roles || ''::text) AS role GROUP BY actor_id, role
    """,
    """
    WITH placed AS (SELECT *, row_number() OVER (PARTITION BY row_id ORDER BY articles DESC, actor_id) AS place FROM actor_row)
    INSERT INTO actor_pair (actor_id, other_id, agreements)
    SELECT one.actor_id, other.actor_id, count(*) FROM placed one JOIN placed other USING (row_id)
    WHERE one.actor_id <> other.actor_id AND one.place <= 40 AND other.place <= 40 GROUP BY 1, 2
    """,
)


class Table(Protocol):
    """Takes rows."""

    rows: dict[str, list[dict[str, Any]]]

    def add(self, table: str, rows: Iterable[dict[str, Any]]) -> None: ...


class _Seen(NamedTuple):
    published: str | None
    at: Any
    mentions: int


class ActorBook:
    """Everybody who was named so far."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}  # by name: a world has no namesakes
        self.types: dict[str, Any] = {}
        self.keys: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        self.traits: dict[str, list[str]] = defaultdict(list)
        self.links: Counter[str] = Counter()
        self.seen: dict[str, list[_Seen]] = defaultdict(list)

    def add(self, made: Made, table: Table) -> None:
        article, entities = made.article, made.extraction.entities
        traits = find_traits(article.text, entities)
        known = [self._know(self.ids[each.canonical]) for each in entities if each.canonical in self.ids]
        linked = link_to_actors([_name(each, article.id, traits) for each in entities], known)
        by_id = {each.id: each for each in entities}
        places = {}
        for link in linked.links:
            entity = by_id[link.entity_id]
            self._note(link, entity, made)
            places[normalise(entity.canonical)] = {"entity_id": entity.id, "actor_id": link.actor_id}
            facts = {"article_id": article.id, "published": article.published, "mentions": len(entity.mentions)}
            facts |= {"base_id": link.actor_id, "actor_id": link.actor_id, "first_seen": made.at, "linked_at": made.at}
            facts |= {"keys": sorted(link.names), "traits": list(link.traits)}
            table.add("actor_link", [facts | link.model_dump(include={"entity_id", "reason", "score"})])
        self._add_parts(made, places, table)

    def _know(self, actor_id: str) -> KnownActor:
        keys: Counter[str] = Counter()
        for (key, _), uses in self.keys[actor_id].items():
            keys[key] += uses
        return KnownActor(id=actor_id, keys=dict(keys), traits=tuple(sorted(set(self.traits[actor_id]))))

    def _note(self, link: ActorLink, entity: Entity, made: Made) -> None:
        actor_id = link.actor_id
        self.ids.setdefault(entity.canonical, actor_id)
        self.types.setdefault(actor_id, entity)
        self.keys[actor_id].update(link.names.items())
        if link.traits and self.links[actor_id] < _MOST_TRAITS and entity.type == "PERSON":
            self.links[actor_id] += 1
            self.traits[actor_id] += link.traits
        self.seen[actor_id].append(_Seen(made.article.published, made.at, len(entity.mentions)))

    def _add_parts(self, made: Made, places: dict[str, dict[str, str]], table: Table) -> None:
        article = made.article
        for said in made.extraction.agreements:
            named = {(each.entity, each.role) for each in said.parties}
            facts = {"agreement_id": said.id, "article_id": article.id}
            rows = [facts | {"role": role} | places[normalise(name)] for name, role in sorted(named)]
            table.add("actor_party", rows)
        for claim in made.extraction.claims:
            facts = {"claim_id": claim.id, "article_id": article.id, "type": claim.type, "published": article.published}
            speaker = claim.speaker.name if claim.speaker else None
            said_by = [("by", speaker)] if speaker and speaker != AUTHOR else []
            sides = [*said_by, *(("about", each) for each in claim.about)]
            rows = [facts | {"side": side} | places[normalise(n)] for side, n in sides if normalise(n) in places]
            table.add("actor_claim", rows)

    def finish(self, table: Table) -> None:
        """All actors, and what each is found by."""
        for actor_id, founder in self.types.items():
            keys = [KnownKey(key=key, text=text, uses=uses) for (key, text), uses in self.keys[actor_id].items()]
            seen = self.seen[actor_id]
            days = [each.published for each in seen if each.published]
            facts = {"id": actor_id, "type": founder.type, "found_type": founder.type}
            facts |= make_face(founder.type, keys).model_dump() | {"articles": len(seen), "is_rejected": False}
            facts |= {"mentions": sum(each.mentions for each in seen)}
            facts |= {"first_published": min(days, default=None), "last_published": max(days, default=None)}
            table.rows["actor"].append(facts | {"first_seen": seen[0].at, "last_seen": max(each.at for each in seen)})
            table.add("actor_key", [each.model_dump() | {"actor_id": actor_id} for each in keys])


def _name(entity: Entity, article_id: str, traits: dict[str, tuple[str, ...]]) -> NamedEntity:
    return NamedEntity(
        entity_id=entity.id,
        article_id=article_id,
        is_listed=entity.rule == "gazetteer",
        traits=traits.get(entity.id, ()),
        **entity.model_dump(include={"type", "canonical", "iso", "wikidata", "aliases"}),
    )
