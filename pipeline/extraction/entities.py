"""Entities: every actor and thing that an article names, with all its mentions, ids and flags.

Three finders, the longest mention winning, known names before unknown ones of equal length: the gazetteer (ids), names by
their head word (:mod:`pipeline.extraction.names`), and the model's own named entities with their labels mapped. Mentions
that mean the same are joined by ids, by acronyms in brackets ("European Sky Shield Initiative (ESSI)"), by surnames of
persons named in full before, and by equal names. Written to ``doc.spans["entities"]``; records are built from there.
"""

from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

import models
from pipeline.enumerations import EntityType, MentionFlag
from pipeline.extraction.candidates import (
    Candidate,
    from_brackets,
    from_gazetteer,
    from_heads,
    from_model,
    from_quotes,
    from_surnames,
)
from pipeline.extraction.forms import KnownForms
from pipeline.extraction.names import plain_names, trim_end
from pipeline.language.gazetteer import GazetteerMatcher
from pipeline.records import Entity, Mention, make_record_id, normalise

# What the model's ORG label finds beyond organisations: words that are nobody's name.
_NOT_NAMES = {"Article", "Posted", "State", "Treaty", "Section", "Annex", "Cold War", "West", "East", "North", "South"}
_ACTOR_TYPES = {EntityType.STATE, EntityType.ALLIANCE_BLOC}
_DATED_TYPES = {
    EntityType.DOCUMENT,
    EntityType.MILITARY_UNIT_OP,
}  # what texts put a date behind: "Operation X in May 2022"
_OWNED_TYPES = {EntityType.DOCUMENT, EntityType.MILITARY_UNIT_OP, EntityType.WEAPON_PROGRAMME}
GROUP = "entities"
#: Who finds a name, by the rank of what is found.
_FINDERS = {-1: "acronym", 0: "gazetteer", 1: "name", 2: "model", 3: "surname"}


@Language.factory("entente_entities")
def make_entity_finder(nlp: Language, name: str) -> "EntityFinder":  # noqa: ARG001 -- spaCy's factories are called with it
    """The component ``entente_entities``: it writes ``doc.spans["entities"]``."""
    return EntityFinder(nlp)


class EntityFinder:
    """A spaCy component (their contract asks for a class where there is state): holds the compiled gazetteer."""

    def __init__(self, nlp: Language) -> None:
        self._gazetteer = GazetteerMatcher(nlp)
        self._known = {name: entry for entry in models.load_gazetteer() if not entry.context for name in entry.names}

    def __call__(self, doc: Doc) -> Doc:
        """Find and join all mentions of one Doc."""
        known = from_gazetteer(doc, self._gazetteer.find_names(doc))
        listed = {doc[candidate.start : candidate.end].text for candidate in known}
        candidates = [
            *known,
            *from_heads(doc),
            *(_explained(candidate, listed) for candidate in from_brackets(doc)),
            *from_quotes(doc),
            *(by_model := from_model(doc)),
            *from_surnames(doc, by_model),
        ]
        actors = {c.start: c.end for c in candidates if c.rank == 0 and not c.flags and c.type in _ACTOR_TYPES}
        actors |= {
            c.start: c.end
            for c in candidates
            if c.rank == 0 and MentionFlag.ACRONYM in c.flags and c.type in _ACTOR_TYPES
        }
        chosen = _choose([_trim(doc, candidate, actors) for candidate in candidates])
        _write_group(doc, _join(doc, [self._identify(candidate) for candidate in chosen]))
        return doc

    def _identify(self, candidate: Candidate) -> Candidate:
        """A name with its acronym in brackets inside it as the known name that it is, else without the brackets."""
        plain = plain_names(candidate.canonical)
        if len(plain) == 1 or candidate.rank == 0:
            return candidate
        entry = next((self._known[name] for name in plain if name in self._known), None)
        if entry is None:
            return replace(candidate, canonical=plain[0], short=plain[1])
        return replace(
            candidate, canonical=entry.canonical, type=entry.type, iso=entry.iso, wikidata=entry.wikidata, rank=0
        )


def _explained(candidate: Candidate, listed: set[str]) -> Candidate:
    """An acronym that the text explains itself means that, whatever it means elsewhere, unless the long form is known too."""
    own = MentionFlag.ACRONYM in candidate.flags and candidate.canonical not in listed
    return replace(candidate, rank=-1) if own else candidate


def _trim(doc: Doc, candidate: Candidate, actors: dict[int, int]) -> Candidate:
    """Without a leading article, quotation mark or space, a possessive at the end, or an actor's own name in front.

    "US National Security Strategy", "NATO Response Force": the actor is a mention of its own.
    """
    start, end = candidate.start, candidate.end
    if candidate.rank and start in actors and end - actors[start] >= 2 and candidate.type in _OWNED_TYPES:
        start = actors[start]
    while start < end and (doc[start].lower_ in {"the", "a", "an"} or not doc[start].text[:1].isalnum()):
        start += 1
    while end > start and (doc[end - 1].text in {"'s", "’s", "'", "’"} or not doc[end - 1].text[-1:].isalnum()):
        end -= 1
    if candidate.rank and candidate.type in _DATED_TYPES:
        end = trim_end(doc, start, end)
    if (start, end) == (candidate.start, candidate.end) or candidate.rank == 0:
        return candidate
    return replace(candidate, start=start, end=end, canonical=doc[start:end].text)


def _choose(candidates: list[Candidate]) -> list[Candidate]:
    """No two overlap; the longest wins, then the better finder."""
    taken: set[int] = set()
    chosen = []
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, c.rank, c.start)):
        tokens = range(candidate.start, candidate.end)
        if candidate.start < candidate.end and candidate.canonical not in _NOT_NAMES and taken.isdisjoint(tokens):
            taken.update(tokens)
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _join(doc: Doc, chosen: list[Candidate]) -> list[tuple[Candidate, str]]:
    """Each mention with the key of its entity: by id, by acronym, by surname, by name."""
    keys: dict[str, str] = {}
    known: KnownForms[Candidate] = KnownForms()
    joined = []
    for written in chosen:
        found = known.find(written.canonical, written.type) if written.rank else None
        candidate = written if found is None else _as(written, found)
        by_iso = candidate.type is EntityType.STATE and candidate.iso
        identity = candidate.iso if by_iso else normalise(candidate.canonical)
        key = keys.setdefault(f"{candidate.type}:{identity}", f"e{len(keys)}")
        for name in (doc[candidate.start : candidate.end].text, candidate.canonical, candidate.short):
            if name:
                known.add(name, candidate.type, candidate)
        joined.append((candidate, key))
    return joined


def _as(candidate: Candidate, known: Candidate) -> Candidate:
    return replace(candidate, type=known.type, canonical=known.canonical, iso=known.iso, wikidata=known.wikidata)


def _write_group(doc: Doc, joined: list[tuple[Candidate, str]]) -> None:
    entities: dict[str, dict[str, Any]] = {}
    flags: dict[str, list[str]] = {}
    spans = []
    for candidate, key in joined:
        span = Span(doc, candidate.start, candidate.end, label=candidate.type.value, span_id=key)
        spans.append(span)
        facts = entities.setdefault(key, _facts(candidate))
        if span.text not in facts["aliases"] and span.text != facts["canonical"] and not candidate.flags:
            facts["aliases"].append(span.text)
        if candidate.flags:
            flags[str(span.start_char)] = [flag.value for flag in candidate.flags]
    doc.spans[GROUP] = spans
    doc.spans[GROUP].attrs.update({"entities": entities, "flags": flags})


def _facts(candidate: Candidate) -> dict[str, Any]:
    return {
        "type": candidate.type.value,
        "canonical": candidate.canonical,
        "iso": candidate.iso,
        "wikidata": candidate.wikidata,
        "aliases": [],
        "rule": _FINDERS[candidate.rank],
    }


def build_entities(doc: Doc, text: str, article_id: str) -> tuple[Entity, ...]:
    """The entity records of a Doc; texts are sliced from the article, whose offsets the Doc shares."""
    group = doc.spans[GROUP]
    mentions: dict[str, list[Mention]] = {}
    for span in group:
        flags = tuple(MentionFlag(flag) for flag in group.attrs["flags"].get(str(span.start_char), ()))
        words = text[span.start_char : span.end_char]
        mentions.setdefault(span.id_, []).append(
            Mention(start=span.start_char, end=span.end_char, text=words, flags=flags)
        )
    return tuple(_build_entity(facts, mentions[key], article_id) for key, facts in group.attrs["entities"].items())


def _build_entity(facts: dict[str, Any], mentions: list[Mention], article_id: str) -> Entity:
    anchor = f"{facts['type']} {facts['iso'] or facts['canonical']}"
    return Entity(
        id=make_record_id("en", article_id, anchor),
        type=EntityType(facts["type"]),
        canonical=facts["canonical"],
        iso=facts["iso"],
        wikidata=facts["wikidata"],
        aliases=tuple(facts["aliases"]),
        mentions=tuple(mentions),
        rule=facts.get("rule"),
    )
