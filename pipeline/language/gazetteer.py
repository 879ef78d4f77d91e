"""Known names in a Doc: states, bodies and places with their ids, found token by token.

Forms handled: names ("Poland", "European Defence Agency"), acronyms ("EDA"), adjectives and demonyms of states ("Polish",
"Poles"), combining prefixes before a hyphen ("Franco-British"), and seats of government ("Kyiv", "the Élysée"), which may
stand for the state or for the place; which of the two is decided mention by mention in extraction.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

import models
from models import GazetteerEntry
from pipeline.enumerations import EntityType, MentionFlag


@dataclass(frozen=True)
class KnownName:
    """One known name in a Doc (token offsets), with every entry it may stand for."""

    start: int
    end: int
    entry: GazetteerEntry
    flags: tuple[MentionFlag, ...]
    is_seat: bool
    place: GazetteerEntry | None  #: the city of that name, where a seat is one


_OWNED = {EntityType.DOCUMENT, EntityType.MILITARY_UNIT_OP, EntityType.WEAPON_PROGRAMME}
_OWNERS = {EntityType.STATE, EntityType.ALLIANCE_BLOC}
Form = tuple[GazetteerEntry, tuple[MentionFlag, ...], bool]


class GazetteerMatcher:
    """The gazetteer compiled for one vocabulary; made once a pipeline, called once a Doc."""

    def __init__(self, nlp: Language) -> None:
        self._forms = _collect_forms(models.load_gazetteer())
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        for text, doc in zip(self._forms, map(nlp.make_doc, self._forms), strict=True):
            self._matcher.add(text, [doc])

    def find_names(self, doc: Doc) -> list[KnownName]:
        """All known names, longest first among overlapping ones; a prefix counts only before a hyphen."""
        found: list[KnownName] = []
        taken: set[int] = set()
        matches = sorted(self._matcher(doc), key=lambda match: (match[1] - match[2], match[1]))
        for key, start, end in matches:
            if taken.isdisjoint(range(start, end)):
                name = self._choose(doc, doc.vocab.strings[key], start, end)
                if name:
                    found.extend(self._without_owner(doc, name))
                    taken.update(range(start, end))
        return sorted(found, key=lambda name: name.start)

    def _without_owner(self, doc: Doc, name: KnownName) -> list[KnownName]:
        """As "US National Security Strategy": the state in front is a mention of its own, the rest is the document's."""
        if name.entry.type not in _OWNED or name.end - name.start < 3:
            return [name]
        owners = [form for form in self._forms.get(doc[name.start].text, ()) if form[0].type in _OWNERS and not form[2]]
        if not owners or MentionFlag.ADJECTIVAL in owners[0][1]:
            return [name]
        entry, flags, _ = owners[0]
        owner = KnownName(name.start, name.start + 1, entry, flags, is_seat=False, place=None)
        return [owner, replace(name, start=name.start + 1)]

    def _choose(self, doc: Doc, text: str, start: int, end: int) -> KnownName | None:
        forms = self._forms[text]
        before_hyphen = end < len(doc) and doc[end].text in "-–"
        for entry, flags, is_seat in forms:
            if text in entry.prefixes or f"{text}-" in entry.prefixes:
                if before_hyphen:
                    return KnownName(start, end, entry, (MentionFlag.ADJECTIVAL,), is_seat=False, place=None)
                continue
            place = next((other for other, _, _ in forms if other.type is EntityType.PLACE), None) if is_seat else None
            return KnownName(start, end, entry, flags, is_seat=is_seat, place=place)
        return None


def _collect_forms(entries: Iterable[GazetteerEntry]) -> dict[str, list[Form]]:
    forms: dict[str, list[Form]] = defaultdict(list)
    # Forms that stand outright come before those that need support ("Korean": South Korea before North Korea).
    for entry in sorted(entries, key=lambda entry: entry.context):
        adjectival = (MentionFlag.ADJECTIVAL,)
        for text in entry.names:
            _add(forms, text, (entry, (), False))
        for text in entry.acronyms:
            _add(forms, text, (entry, (MentionFlag.ACRONYM,), False))
        for text in (*entry.adjectives, *entry.demonyms, *(prefix.rstrip("-–") for prefix in entry.prefixes)):
            _add(forms, text, (entry, adjectival, False))
        for text in entry.seats:
            _add(forms, text, (entry, (), True))
    return forms


def _add(forms: dict[str, list[Form]], text: str, form: Form) -> None:
    for written in {text, text.replace("'", "’")}:
        if form not in forms[written]:
            forms[written].append(form)
