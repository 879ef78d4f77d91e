"""What an article says of a name beside it: whose it is, what office it holds, where the article is set.

"[French] Defence Minister [Mara Lind]", "[Jon Berg], [Chile]'s president", "the [Ukrainian] [Ministry of Defence]":
``state:FR``, ``office:minister``. The two states an article names most are the scene of everybody in it: ``scene:FR``.
Traits tell namesakes apart and confirm a surname; who somebody is without being told is never known.
"""

import re
from collections.abc import Sequence

from pipeline.enumerations import EntityType
from pipeline.linking.actor_keys import load_words
from pipeline.records import Entity, Mention

_REACH = 60  # characters: "Federal Minister for Economic Cooperation and Development" is 57
_NEAR = 8  # characters: " of the "
_MOST_BETWEEN = 6  # words, as officials in extraction
_SCENES = 2
_BREAK = re.compile(r"[.;:!?()\n]| (?:and|but|while|who|whose|which|that|said|says|told|met|with) ")
_OWNED = {EntityType.ORG, EntityType.DOCUMENT, EntityType.MILITARY_UNIT_OP, EntityType.FACILITY}


def find_traits(text: str, entities: Sequence[Entity]) -> dict[str, tuple[str, ...]]:
    """The traits of each entity of an article that has some, by the entity's id; sorted, each once."""
    states = _find_states(entities)
    scenes = [f"scene:{code}" for code in _find_scenes(entities)]
    found = {}
    for entity in entities:
        if entity.type is EntityType.PERSON:
            told = {trait for mention in entity.mentions for trait in _describe(text, mention, states)}
            found[entity.id] = tuple(sorted(told | set(scenes)))
        elif entity.type in _OWNED:
            found[entity.id] = tuple(sorted({o for each in entity.mentions for o in _find_owner(text, each, states)}))
    return {entity_id: traits for entity_id, traits in found.items() if traits}


def _find_states(entities: Sequence[Entity]) -> list[tuple[int, int, str]]:
    return sorted(
        (mention.start, mention.end, _code(entity))
        for entity in entities
        if entity.type is EntityType.STATE
        for mention in entity.mentions
    )


def _find_scenes(entities: Sequence[Entity]) -> list[str]:
    states = [entity for entity in entities if entity.type is EntityType.STATE]
    states.sort(key=lambda entity: (-len(entity.mentions), entity.id))
    return [_code(entity) for entity in states[:_SCENES]]


def _code(state: Entity) -> str:
    return state.iso or state.canonical


def _describe(text: str, person: Mention, states: list[tuple[int, int, str]]) -> set[str]:
    """Office and state in the words before a person's name, else behind it."""
    before = _BREAK.split(text[max(0, person.start - _REACH) : person.start])[-1]
    told = _read(before, person.start - len(before), states)
    if told:
        return told
    behind = text[person.end : person.end + _REACH]
    if not re.match(r", | of | \(", behind):
        return set()
    behind = behind[:2] + _BREAK.split(behind[2:])[0]
    return _read(behind, person.end, states)


def _read(words: str, start: int, states: list[tuple[int, int, str]]) -> set[str]:
    """What a piece of text says, if it names an office, with no more words than an office takes."""
    offices = [word for word in re.findall(r"[a-z]+", words.lower()) if word in load_words()["offices"]]
    inside = [state for state in states if start <= state[0] and state[1] <= start + len(words)]
    if not offices:
        return set()
    if inside and len(words[inside[-1][1] - start :].split()) > _MOST_BETWEEN:
        inside = []
    return {f"office:{office}" for office in offices[-1:]} | {f"state:{code}" for _, _, code in inside[-1:]}


def _find_owner(text: str, mention: Mention, states: list[tuple[int, int, str]]) -> set[str]:
    """As in "[French] Ministry of Defence", "[Ukraine]'s parliament", "the parliament of [Moldova]"."""
    for start, end, code in states:
        if 0 <= mention.start - end <= _NEAR and re.fullmatch(r"(?:['’]s?)? ", text[end : mention.start]):
            return {f"state:{code}"}
        if 0 <= start - mention.end <= _NEAR and re.fullmatch(r" (?:of|in) (?:the )?", text[mention.end : start]):
            return {f"state:{code}"}
    return set()
