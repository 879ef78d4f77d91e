"""How actors are called: what linking makes of all that they are found by, and what a person corrected in that."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, func, or_, select, update

from pipeline.enumerations import Review
from pipeline.records import normalise
from pipeline.store import schema
from pipeline.store.queries import is_one_of
from pipeline.store.standing import load_standing


class Called(NamedTuple):
    """What one actor, and those that are shown as it, are found by."""

    type: str
    keys: list[tuple[str, str, int]]  #: key, words, by how many entities


def load_called(connection: Connection, actor_ids: Collection[str]) -> dict[str, Called]:
    """What these actors are called now; those that nothing calls any more are left out, and keep their name."""
    actor, key = schema.actor, schema.actor_key
    head = func.coalesce(actor.c.joined_to, actor.c.id)
    query = select(head, key.c.key, key.c.text, func.sum(key.c.uses)).where(
        key.c.actor_id == actor.c.id, or_(is_one_of(actor.c.id, actor_ids), is_one_of(actor.c.joined_to, actor_ids))
    )
    keys: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for actor_id, name, words, uses in connection.execute(query.group_by(head, key.c.key, key.c.text)):
        keys[actor_id].append((name, words, int(uses)))
    types = select(actor.c.id, actor.c.type).where(actor.c.id.in_(keys))
    return {actor_id: Called(kind, sorted(keys[actor_id])) for actor_id, kind in connection.execute(types)}


def save_faces(connection: Connection, faces: Mapping[str, Mapping[str, Any]]) -> None:
    """Have actors shown and searched so: ``canonical``, ``iso``, ``wikidata``, ``aliases``, ``words`` of each id.

    What a person corrected of an actor stands above it; one that a person rejected is not listed.
    """
    actor, standing = schema.actor, load_standing(connection, faces.keys())
    query = select(actor).where(is_one_of(actor.c.id, faces.keys())).order_by(actor.c.id)
    changed = []
    for known in connection.execute(query).mappings():
        said = standing.get(known["id"])
        values = _correct(faces[known["id"]], said.fields if said else {}, known["found_type"])
        values["is_rejected"] = bool(said and said.review is Review.REJECT)
        if any(known[name] != value for name, value in values.items()):
            changed.append({f"new_{name}": value for name, value in values.items()} | {"at": known["id"]})
    if changed:
        columns: dict[str, BindParameter[Any]] = {
            name.removeprefix("new_"): bindparam(name) for name in changed[0] if name != "at"
        }
        connection.execute(update(actor).where(actor.c.id == bindparam("at")).values(columns), changed)


def _correct(face: Mapping[str, Any], corrected: Mapping[str, Any], found_type: str) -> dict[str, Any]:
    """A face as it is kept: with a person's values, found by these as well as by the articles' own."""
    own = (corrected.get("canonical") or "", *(corrected.get("aliases") or ()))
    words = " ".join((face["words"], *map(normalise, own))).strip()
    values = {**face, "type": found_type, **corrected, "words": words}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
