"""By what an entity is found among the actors of all articles: ids, names, aliases, surnames.

A key is a line of text: its sort, its type (where the sort has one), and the compared form.

``wikidata Q142``, ``iso FR``, ``listed DOCUMENT kestrel plan`` (of the gazetteer), ``name PERSON mara lind``,
``spelt PERSON mara lind`` (without initials and doubled letters), ``also PERSON lind`` (an alias), ``last PERSON lind`` (the
surname of a full name), ``seen ORG ministry`` (an alias that is everybody's: shown, never joined by).
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from pipeline.enumerations import EntityType
from pipeline.records import Record, normalise

# One thing is a body to one article, a programme or a document to the next; a person, state or place is nothing else.
_THINGS = {
    EntityType.ORG,
    EntityType.ALLIANCE_BLOC,
    EntityType.WEAPON_PROGRAMME,
    EntityType.DOCUMENT,
    EntityType.MILITARY_UNIT_OP,
    EntityType.FACILITY,
}
_ACRONYM = re.compile(r"[A-Z0-9][A-Z0-9&/.-]*[A-Z0-9]s?")
_YEAR = re.compile(r"(19|20)\d\d|\d{1,2}")  # or a day
# Ways to write one sound of a name from another alphabet: Zelensky, Zelenskyy, Zelenskiy; Lukashenka is another vowel, and stays.
_SPELLINGS = (("yy", "y"), ("iy", "y"), ("ij", "y"), ("ii", "y"), ("kh", "h"), ("ou", "u"), ("ph", "f"), ("ck", "k"))


class NamedEntity(Record):
    """What linking needs of an entity of one article."""

    entity_id: str
    article_id: str
    type: EntityType
    canonical: str
    iso: str | None = None
    wikidata: str | None = None
    aliases: tuple[str, ...] = ()
    is_listed: bool = False  #: the gazetteer has it
    traits: tuple[str, ...] = ()  #: :mod:`pipeline.linking.traits`
    linked_to: str | None = None  #: the actor it stands in until now
    is_new: bool = True  #: it was never linked before


class Keys(Record):
    """The keys of an entity, each with the words it was made of."""

    ids: dict[str, str]  #: that settle it
    name: str | None  #: None where the name is everybody's and the text does not say whose it is
    names: dict[str, str]  #: all that it is to be found by from now on, ids included


def find_keys(entity: NamedEntity) -> Keys:
    """All keys of an entity."""
    ids = _find_ids(entity)
    name = make_name_key(entity)
    names = dict(ids)
    names[name or f"seen {entity.type} {normalise(entity.canonical)}"] = entity.canonical
    for alias in entity.aliases:
        if normalise(alias) not in {"", normalise(entity.canonical)}:
            sort = "also" if is_telling(alias) else "seen"
            names[f"{sort} {find_group(entity.type, alias)} {normalise(alias)}"] = alias
    if entity.type is EntityType.PERSON and not is_surname(entity.canonical):
        names[f"last PERSON {find_surname(entity.canonical)}"] = entity.canonical
        names[f"spelt PERSON {spell(entity.canonical)}"] = entity.canonical
    return Keys(ids=ids, name=name, names=names)


def make_name_key(entity: NamedEntity) -> str | None:
    """The key of an entity's own name; with its state where the name is everybody's ("Ministry of Defence" @FR)."""
    group = find_group(entity.type, entity.canonical)
    key = f"name {group} {normalise(entity.canonical)}"
    if entity.type is EntityType.PERSON or entity.is_listed or is_telling(entity.canonical):
        return key
    states = [trait for trait in entity.traits if trait.startswith("state:")]
    return f"{key} @{states[0].removeprefix('state:')}" if len(states) == 1 else None


def find_group(kind: EntityType, name: str) -> str:
    """Within which types a name is compared: of its own, or, where it has several telling words, of all sorts of things."""
    is_long = len(normalise(name).split()) > 1 and is_telling(name)
    return "THING" if kind in _THINGS and is_long else kind.value


def is_telling(name: str) -> bool:
    """Whether a name is somebody's own: not "Ministry of Defence", "the Commission", "Declaration of 2023".

    A number that is no year is a name: "Resolution 1701".
    """
    words = normalise(name).split()
    if words and all(word.isdigit() for word in words):
        return False
    return is_acronym(name) or any(word not in load_words()["generic"] and not _YEAR.fullmatch(word) for word in words)


def is_acronym(name: str) -> bool:
    """As in "EDA", "MoD" is none."""
    return bool(_ACRONYM.fullmatch(name)) and not name.isdigit()


def is_surname(name: str) -> bool:
    """Whether a person is named by the surname alone: "Lind", "von der Leyen"."""
    words = name.split()
    return len(words) == 1 or (words[0].lower() in load_words()["particles"] and words[0].islower())


def find_surname(name: str) -> str:
    """The last word of a name, as it is compared: "Ferdinand Marcos Jr." -> "marcos"."""
    words = normalise(name).split()
    while len(words) > 1 and words[-1] in load_words()["suffixes"]:
        words.pop()
    return words[-1] if words else ""


def spell(name: str) -> str:
    """A person's name without initials, doubled letters and ways of spelling.

    Example::

        spell("Volodymyr O. Zelenskyy")  # "volodymyr zelensky"
    """
    words = [word for word in normalise(name).split() if len(word) > 1]
    spelt = " ".join(words)
    for one, other in _SPELLINGS:
        spelt = spelt.replace(one, other)
    return re.sub(r"(\w)\1", r"\1", spelt)


@lru_cache(maxsize=1)
def load_words() -> dict[str, frozenset[str]]:
    """The words of ``actors.toml``."""
    lists = tomllib.loads(Path(__file__).with_name("actors.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in lists.items()}


def _find_ids(entity: NamedEntity) -> dict[str, str]:
    ids = {}
    if entity.wikidata:
        ids[f"wikidata {entity.wikidata}"] = entity.wikidata
    if entity.iso and entity.type is EntityType.STATE:
        ids[f"iso {entity.iso}"] = entity.iso
    if entity.is_listed and not ids:
        ids[f"listed {entity.type} {normalise(entity.canonical)}"] = entity.canonical
    return ids
