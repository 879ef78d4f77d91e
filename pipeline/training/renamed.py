"""Marked articles told of other states: what is learned must not be that France signs treaties and Russia breaks them.

Every state of an article becomes another one, in all its forms ("France", "French", "Paris" -> "Chile", "Chilean", "Santiago"),
and all marks move along. What the text says stays the same, so the answers do.
"""

import random
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import models
from models import GazetteerEntry
from pipeline.enumerations import EntityType, MentionFlag
from pipeline.gold.records import GoldArticle, GoldEntity
from pipeline.records import Mention

_NAMED = ("actor", "speaker_name", "name")


@dataclass(frozen=True)
class _Change:
    """Some characters of a text, the mention in them, and what stands there instead."""

    start: int
    mention: int
    end: int
    text: str


def rename_states(gold: GoldArticle, *, seed: int) -> GoldArticle:
    """The same article of other states.

    Args:
        gold: a marked article.
        seed: of the choice; the article's slug goes into it too, so that each gets its own.
    """
    known = {entry.iso: entry for entry in models.load_gazetteer() if entry.type is EntityType.STATE and entry.iso}
    ours = {entity.name: known[entity.iso] for entity in gold.entities if _is_state(entity) and entity.iso in known}
    others = [entry for entry in known.values() if entry.adjectives and entry.seats and entry not in ours.values()]
    order = random.Random(f"{seed} {gold.slug}")  # noqa: S311 -- an order of names, no secret
    chosen = dict(zip(sorted(ours), order.sample(others, len(ours)), strict=True))
    seats = {seat: chosen[name].seats[0] for name, entry in ours.items() for seat in entry.seats}
    changes = sorted(_find_changes(gold, ours, chosen, seats), key=lambda change: change.start)
    names = {name: entry.canonical for name, entry in chosen.items()}
    return GoldArticle.model_validate(_Moved(gold.text, changes, names).move(gold.model_dump()))


def _is_state(entity: GoldEntity) -> bool:
    return entity.type is EntityType.STATE and entity.iso is not None


def _find_changes(
    gold: GoldArticle,
    ours: Mapping[str, GazetteerEntry],
    chosen: Mapping[str, GazetteerEntry],
    seats: Mapping[str, str],
) -> Iterable[_Change]:
    for entity in gold.entities:
        for mention in entity.mentions:
            if MentionFlag.PRONOUN in mention.flags:
                continue
            if entity.name in chosen:
                yield _change(gold.text, mention, _say(mention, ours[entity.name], chosen[entity.name]))
            elif entity.type is EntityType.PLACE and mention.text in seats:
                yield _change(gold.text, mention, seats[mention.text])


def _say(mention: Mention, old: GazetteerEntry, new: GazetteerEntry) -> str:
    """The form of the new state that stands for a form of the old one."""
    if mention.text in old.demonyms:
        return (new.demonyms or new.adjectives)[0]
    if MentionFlag.ADJECTIVAL in mention.flags:
        return new.adjectives[0]
    return new.seats[0] if MentionFlag.METONYM in mention.flags else new.canonical


def _change(text: str, mention: Mention, new: str) -> _Change:
    """The article goes too, before a noun: "the United States" -> "Chile", "the Kremlin" -> "Santiago"."""
    has_article = text[max(0, mention.start - 4) : mention.start].lower() == "the "
    has_article &= MentionFlag.ADJECTIVAL not in mention.flags
    return _Change(mention.start - 4 if has_article else mention.start, mention.start, mention.end, new)


class _Moved:
    """A text after its changes, and where its places have gone."""

    def __init__(self, text: str, changes: list[_Change], names: Mapping[str, str]) -> None:
        self._changes = changes
        self._starts = [change.start for change in changes]
        self._names = names
        parts, at, self._shifts = [], 0, [0]
        for change in changes:
            parts += [text[at : change.start], change.text]
            self._shifts.append(self._shifts[-1] + len(change.text) - (change.end - change.start))
            at = change.end
        self.text = "".join([*parts, text[at:]])

    def move(self, value: Any) -> Any:  # noqa: ANN401 -- any part of a record
        """A part of the article with its places and names changed."""
        if isinstance(value, list | tuple):
            return tuple(self.move(each) for each in value)
        if not isinstance(value, dict):
            return value
        moved = {key: self.move(each) for key, each in value.items()}
        if {"start", "end", "text"} <= moved.keys():
            start, end = self._find(moved["start"], is_end=False), self._find(moved["end"], is_end=True)
            return {**moved, "start": start, "end": end, "text": self.text[start:end]}
        for key in _NAMED:
            moved |= {key: self._names.get(moved[key], moved[key])} if key in moved else {}
        return moved | ({"text": self.text} if "entities" in moved else {})

    def _find(self, place: int, *, is_end: bool) -> int:
        """Where a place has gone; one inside what was changed goes to the nearer edge of it."""
        number = bisect_right(self._starts, place - int(is_end))
        before = self._changes[number - 1] if number else None
        if before is None or place >= before.end:
            return place + self._shifts[number]
        first = before.start + self._shifts[number - 1]
        return first + len(before.text) if is_end and place > before.mention else first
