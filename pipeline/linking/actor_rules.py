"""The rules by which an entity joins an actor, from the surest to the least sure; the first that finds exactly one decides.

| reason | example | not |
|---|---|---|
| wikidata, iso, listed | the same id; the same entry of the gazetteer | |
| name | "Mara Lind" twice | a French minister and a Chilean general of one name; "Ministry of Defence", of nobody |
| spelling | "Volodymyr Zelensky", "Volodymyr Zelenskyy" | |
| alias | "EDA", where one actor is "European Defence Agency (EDA)" | two actors that are called so |
| surname | "Lind" in an article set in the state of the one Lind there is | two Linds |
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

from pipeline.enumerations import EntityType
from pipeline.linking.actor_keys import Keys, NamedEntity, find_group, find_surname, is_surname, is_telling, spell
from pipeline.records import normalise

Reason = Literal["first", "decided", "wikidata", "iso", "listed", "name", "spelling", "alias", "surname"]
# An order for review, as in pipeline.linking.rows; not a probability.
SCORES: dict[Reason, float] = {
    "first": 1.0,
    "decided": 1.0,
    "wikidata": 1.0,
    "iso": 1.0,
    "listed": 1.0,
    "name": 0.95,
    "spelling": 0.8,
    "alias": 0.85,
    "surname": 0.7,
}
# Of several that bear a name, the one that is meant so much oftener: one article that a person took out of an actor must not
# make every later one doubtful.
_OFTENER = 3


class Directory:
    """What actors are found by, while linking goes on: it grows with every link (a class, since it is written to)."""

    def __init__(self) -> None:
        self.traits: dict[str, set[str]] = {}
        self._keys: dict[str, dict[str, int]] = defaultdict(dict)
        self._ids: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._borne: set[str] = set()
        self._taken: dict[str, set[str]] = defaultdict(set)

    def add(self, actor_id: str, keys: Mapping[str, int], traits: Iterable[str]) -> None:
        """Note by how many entities an actor has these keys, and what is said of it."""
        self.traits.setdefault(actor_id, set()).update(traits)
        for key, uses in keys.items():
            self._keys[key][actor_id] = self._keys[key].get(actor_id, 0) + uses
            self._ids[actor_id][key.partition(" ")[0]].add(key)
        if keys:
            self._borne.add(actor_id)

    def is_other(self, keys: Keys, actor_id: str) -> bool:
        """Whether ids say that an actor is somebody else: another Wikidata id, another ISO code."""
        for key in keys.ids:
            known = self._ids[actor_id][key.partition(" ")[0]]
            if known and key not in known:
                return True
        return False

    def take(self, article_id: str, actor_id: str) -> None:
        """Note that an entity of this article is that actor."""
        self._taken[article_id].add(actor_id)

    def find(self, *keys: str) -> dict[str, int]:
        """The actors that have one of the keys, with their uses."""
        found: dict[str, int] = {}
        for key in keys:
            for actor_id, uses in self._keys.get(key, {}).items():
                found[actor_id] = found.get(actor_id, 0) + uses
        return found

    def is_borne(self, actor_id: str) -> bool:
        """Whether some entity is that actor."""
        return actor_id in self._borne

    def is_taken(self, entity: NamedEntity, actor_id: str) -> bool:
        """Whether extraction told an entity of the same article apart that is that actor."""
        return actor_id in self._taken[entity.article_id]

    def find_doubtful(self, entity: NamedEntity, keys: Keys, actor_id: str) -> list[str]:
        """Actors that were named by an alias or surname of this entity alone, before it came in."""
        short = [_name_key(entity, alias) for alias in entity.aliases if is_telling(alias)]
        if entity.type is EntityType.PERSON and not is_surname(entity.canonical):
            short.append(f"name PERSON {find_surname(entity.canonical)}")
        own = {keys.name}
        return sorted({each for key in short if key not in own for each in self.find(key)} - {actor_id})


def list_wanted(entity: NamedEntity, keys: Keys) -> set[str]:
    """All keys by which the actors that an entity may be are found."""
    wanted = set(keys.names)
    names = [entity.canonical, *(alias for alias in entity.aliases if is_telling(alias))]
    for name in names:
        group = find_group(entity.type, name)
        wanted |= {f"name {group} {normalise(name)}", f"also {group} {normalise(name)}"}
    if entity.type is EntityType.PERSON:
        last = find_surname(entity.canonical)
        wanted |= {f"last PERSON {last}", f"name PERSON {last}", f"spelt PERSON {spell(entity.canonical)}"}
    return wanted


def choose(entity: NamedEntity, keys: Keys, directory: Directory, apart: set[str]) -> tuple[str, Reason] | None:
    """The actor that an entity is, and by which rule; None where there is none, or several."""
    for key in keys.ids:
        if found := _only(directory.find(key), apart):
            sort: Reason = "wikidata" if key.startswith("wikidata") else "iso" if key.startswith("iso") else "listed"
            return found, sort
    by_name = _by_name(entity, keys, directory)
    apart = apart | {each for each in by_name if directory.is_other(keys, each)}
    if found := _only(_fit(entity, by_name, directory, is_sure=not _is_short(entity)), apart):
        return found, "name"
    if by_name and not _is_short(entity):
        return None  # it is borne, by somebody else: no weaker rule may find him after all
    rules: tuple[tuple[Reason, dict[str, int]], ...] = (
        ("spelling", _by_spelling(entity, directory)),
        ("alias", _by_alias(entity, keys, directory)),
        ("surname", _by_surname(entity, directory)),
    )
    for reason, claimed in rules:
        found = _only(claimed, apart)
        if (
            len(claimed) == 1
            and found
            and not directory.is_taken(entity, found)
            and not directory.is_other(keys, found)
        ):
            return found, reason
    return None


def _only(found: Mapping[str, int], apart: set[str]) -> str | None:
    """The one actor, or the one that is meant so much oftener than any other."""
    left = sorted(((uses, actor_id) for actor_id, uses in found.items() if actor_id not in apart), reverse=True)
    if not left or (len(left) > 1 and left[0][0] < _OFTENER * left[1][0]):
        return None
    return left[0][1]


def _fit(entity: NamedEntity, found: Mapping[str, int], directory: Directory, *, is_sure: bool) -> dict[str, int]:
    """Those that may be this entity by what is said of them; only those that are confirmed, where there are some."""
    if entity.type is not EntityType.PERSON:
        return dict(found)
    fitting = {each: uses for each, uses in found.items() if not _differ(entity, directory.traits[each])}
    confirmed = {each: uses for each, uses in fitting.items() if _agree(entity, directory.traits[each])}
    return confirmed if confirmed or not is_sure else fitting


def _differ(entity: NamedEntity, traits: set[str]) -> bool:
    """Whether the texts clearly say that these are two: another state, and another office too."""
    ours, theirs = set(entity.traits), traits
    return all(
        (one := _of_sort(ours, sort)) and (other := _of_sort(theirs, sort)) and not one & other
        for sort in ("state:", "office:")
    )


def _agree(entity: NamedEntity, traits: set[str]) -> bool:
    """Whether what is said of both is set in one state: of the office where it is told, else of the scene."""
    ours, theirs = set(entity.traits), traits
    one, other = _of_sort(ours, "state:"), _of_sort(theirs, "state:")
    if one and other:
        return bool(one & other)
    one, other = one or _of_sort(ours, "scene:"), other or _of_sort(theirs, "scene:")
    return bool(one & other)


def _of_sort(traits: Iterable[str], sort: str) -> set[str]:
    return {trait.removeprefix(sort) for trait in traits if trait.startswith(sort)}


def _is_short(entity: NamedEntity) -> bool:
    return entity.type is EntityType.PERSON and is_surname(entity.canonical)


def _by_name(entity: NamedEntity, keys: Keys, directory: Directory) -> dict[str, int]:
    """Who bears the name; a surname alone is no name where persons are known by their full one."""
    if keys.name is None or (_is_short(entity) and directory.find(f"last PERSON {find_surname(entity.canonical)}")):
        return {}
    return directory.find(keys.name)


def _by_spelling(entity: NamedEntity, directory: Directory) -> dict[str, int]:
    if entity.type is not EntityType.PERSON or _is_short(entity):
        return {}
    found = directory.find(f"spelt PERSON {spell(entity.canonical)}")
    return _fit(entity, found, directory, is_sure=True)


def _by_alias(entity: NamedEntity, keys: Keys, directory: Directory) -> dict[str, int]:
    """One actor is called as this entity is named, or is named as this one is called; whoever else claims it spoils it."""
    if entity.type is EntityType.PERSON:
        return {}
    found = directory.find(_also_key(entity, entity.canonical)) if keys.name else {}
    for alias in entity.aliases:
        if is_telling(alias) and (named := directory.find(_name_key(entity, alias))):
            found |= named | directory.find(_also_key(entity, alias))
    return found


def _by_surname(entity: NamedEntity, directory: Directory) -> dict[str, int]:
    """The one person of that surname, if the texts agree; or the one who was named by it alone, if nobody else bears it."""
    if entity.type is not EntityType.PERSON:
        return {}
    last = find_surname(entity.canonical)
    full = directory.find(f"last PERSON {last}", f"also PERSON {normalise(entity.canonical)}")
    if _is_short(entity):
        return full if len(full) == 1 and _fit(entity, full, directory, is_sure=False) else {}
    alone = directory.find(f"name PERSON {last}")
    return _fit(entity, alone, directory, is_sure=False) if not full else {}


def _name_key(entity: NamedEntity, name: str) -> str:
    return f"name {find_group(entity.type, name)} {normalise(name)}"


def _also_key(entity: NamedEntity, name: str) -> str:
    return f"also {find_group(entity.type, name)} {normalise(name)}"
