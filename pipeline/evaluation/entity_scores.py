"""How right the entities of one article are: spans, types, canonical names."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.enumerations import EntityType, MentionFlag
from pipeline.evaluation.names import find_actor
from pipeline.evaluation.pairing import Pairing, count_shared, find_closeness, is_comparable, make_pairs
from pipeline.gold.records import GoldEntity
from pipeline.records import Entity, Mention

# A found span may be at most this much larger than the marked one and still be an overlap: a whole sentence is not.
_MOST_CHARACTERS = 60
_MOST_TIMES = 4


class Named(NamedTuple):
    """One mention with what it stands for."""

    span: Mention
    type: EntityType
    name: str | None
    iso: str | None


def list_marked(entities: Iterable[GoldEntity]) -> list[Named]:
    """The marked mentions in the order of the text, without pronouns."""
    named = [Named(mention, e.type, e.name, e.iso) for e in entities for mention in _find_named(e.mentions)]
    return sorted(named, key=lambda each: (each.span.start, each.span.end))


def list_found(entities: Iterable[Entity]) -> list[Named]:
    """The found mentions, without pronouns; of several on the same words the first counts."""
    found: dict[tuple[int, int], Named] = {}
    for entity in entities:
        for mention in _find_named(entity.mentions):
            found.setdefault((mention.start, mention.end), Named(mention, entity.type, entity.canonical, entity.iso))
    return list(found.values())


def _find_named(mentions: Iterable[Mention]) -> list[Mention]:
    return [mention for mention in mentions if MentionFlag.PRONOUN not in mention.flags]


def pair_exactly(marked: list[Named], found: list[Named]) -> Pairing[Named, Named]:
    """Mentions on exactly the same words."""
    return make_pairs(marked, found, lambda a, b: float((a.span.start, a.span.end) == (b.span.start, b.span.end)))


def pair_overlapping(marked: list[Named], found: list[Named]) -> Pairing[Named, Named]:
    """Mentions that share a character, the closest first."""
    return make_pairs(marked, found, _find_likeness)


def _find_likeness(a: Named, b: Named) -> float:
    if not count_shared(a.span, b.span):
        return 0.0
    is_fair = is_comparable(a.span, b.span, most=_MOST_CHARACTERS, times=_MOST_TIMES)
    return find_closeness(a.span, b.span) if is_fair else 0.0


def is_same_entity(marked: Named, found: Named) -> bool:
    """The same ISO code, or the same name for an actor."""
    if marked.iso and marked.iso == found.iso:
        return True
    return bool(found.name) and find_actor(marked.name) == find_actor(found.name)


def count_entities(gold: Iterable[GoldEntity], entities: Iterable[Entity]) -> Counter[str]:
    """What is added up over articles for the measures of entities."""
    marked, found = list_marked(gold), list_found(entities)
    counts = Counter({"entity.gold": len(marked), "entity.found": len(found)})
    for how, pairs in (
        ("exact", pair_exactly(marked, found).pairs),
        ("overlap", pair_overlapping(marked, found).pairs),
    ):
        counts[f"entity.{how}"] = len(pairs)
        counts[f"entity.{how}.type"] = sum(a.type == b.type for a, b in pairs)
        counts[f"entity.{how}.name"] = sum(is_same_entity(a, b) for a, b in pairs)
        if how == "exact":
            counts.update(f"entity.{a.type}.right" for a, b in pairs if a.type == b.type)
    counts.update(f"entity.{each.type}.gold" for each in marked)
    counts.update(f"entity.{each.type}.found" for each in found)
    return counts
