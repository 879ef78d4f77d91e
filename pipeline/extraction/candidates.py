"""Possible mentions of entities, by who finds them: the gazetteer, the heads of names, brackets, quotation marks, the model.

A lower rank wins among mentions of equal length; :mod:`pipeline.extraction.entities` chooses between them and joins them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from pipeline.enumerations import EntityType, MentionFlag
from pipeline.extraction.acronyms import find_acronyms
from pipeline.extraction.labels import find_quoted_names, label_before
from pipeline.extraction.metonyms import means_government
from pipeline.extraction.names import find_names, head_of
from pipeline.language.gazetteer import KnownName

MODEL_TYPES = {
    "PERSON": EntityType.PERSON,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "ORG": EntityType.ORG,
    "LAW": EntityType.DOCUMENT,
    "PRODUCT": EntityType.WEAPON_PROGRAMME,
    "FAC": EntityType.FACILITY,
}
_FIRST = ("Operation ", "Exercise ")
MAX_AGAIN = 6  #: tokens of a name that is looked for again without its head or marks


@dataclass(frozen=True)
class Candidate:
    """A possible mention: token offsets, what it stands for, and who found it (a lower rank wins among equals)."""

    start: int
    end: int
    type: EntityType
    canonical: str
    rank: int
    iso: str | None = None
    wikidata: str | None = None
    flags: tuple[MentionFlag, ...] = ()
    short: str | None = None  #: another form it gives itself: "INF Treaty"


def from_gazetteer(doc: Doc, names: list[KnownName]) -> list[Candidate]:
    """Known names; a capital is a government or a place by its syntax, an ambiguous name needs the model's support."""
    found = []
    for name in names:
        entry, flags, span = name.entry, name.flags, doc[name.start : name.end]
        if entry.context and not _model_agrees(span, entry.type):
            continue
        if name.is_seat:
            if means_government(span):
                flags = (MentionFlag.METONYM,)
            elif name.place is not None:
                entry = name.place
            else:
                found.append(Candidate(name.start, name.end, EntityType.PLACE, span.text, 0))
                continue
        found.append(Candidate(name.start, name.end, entry.type, entry.canonical, 0, entry.iso, entry.wikidata, flags))
    return found


def _model_agrees(span: Span, kind: EntityType) -> bool:
    """Whether an ambiguous known name ("Georgia", "SAFE") is used as a name here: the model tags it as one that fits."""
    label = span[0].ent_type_
    fits = {
        EntityType.STATE: {"GPE", "NORP"},
        EntityType.PLACE: {"GPE", "LOC"},
        EntityType.ALLIANCE_BLOC: {"ORG", "LOC", "NORP", "GPE"},
    }.get(kind, {"ORG", "LAW", "PRODUCT", "FAC", "WORK_OF_ART", "GPE"})
    return label in fits


def from_heads(doc: Doc) -> list[Candidate]:
    """Capitalised names by their head ("Kensington Treaty"), and operations again without it ("Amber Lantern")."""
    found = [Candidate(n.start, n.end, n.head.type, doc[n.start : n.end].text, 1) for n in find_names(doc)]
    return [*found, *_again(doc, [(c.canonical.split()[1:], c) for c in found if c.canonical.startswith(_FIRST)])]


def from_brackets(doc: Doc) -> list[Candidate]:
    """Names with their acronym in brackets, and the acronym wherever it comes back."""
    found, shorts = [], []
    for acronym in find_acronyms(doc):
        long, label = doc[acronym.long_start : acronym.long_end], label_before(doc, acronym.long_start)
        head = head_of(long.text)
        kind = head.type if head else label or MODEL_TYPES.get(long.root.ent_type_)
        if kind is not None:
            found.append(Candidate(acronym.long_start, acronym.long_end, kind, long.text, 1))
            flags = (MentionFlag.ACRONYM,)
            short = Candidate(acronym.short_start, acronym.short_end, kind, long.text, 1, flags=flags)
            found.append(short)
            shorts.append(([token.text for token in doc[short.start : short.end]], short))
    return [*found, *_again(doc, shorts)]


def from_model(doc: Doc) -> list[Candidate]:
    """The model's own named entities, with their labels mapped."""
    found = []
    for ent in doc.ents:
        kind = MODEL_TYPES.get(ent.label_)
        head = head_of(ent.text)
        if head is not None and ent.label_ in {"ORG", "LAW", "PRODUCT", "FAC", "WORK_OF_ART", "EVENT"}:
            kind = head.type
        if kind is None or "\n" in ent.text or not any(c.isupper() for c in ent.text) or _is_plain_word(ent):
            continue
        found.append(Candidate(ent.start, ent.end, kind, ent.text, 2))
    return found


def _is_plain_word(span: Span) -> bool:
    """A single common word whose capital is that of the sentence ("Protecting the airspace ...", "Momentum is ...")."""
    return len(span) == 1 and bool(span[0].is_sent_start) and span[0].pos_ != "PROPN"


def from_quotes(doc: Doc) -> list[Candidate]:
    """Names in quotation marks, and the same words again without them: “coalition of the willing”."""
    found = [Candidate(n.start, n.end, n.head.type, doc[n.start : n.end].text, 1) for n in find_quoted_names(doc)]
    words = [([token.lower_ for token in doc[c.start : c.end]], c) for c in found]
    return [*found, *_again(doc, words, is_lower=True)]


def from_surnames(doc: Doc, persons: Sequence[Candidate]) -> list[Candidate]:
    """Surnames of persons named in full before: "Mara Lind … Lind"; only where the word is a proper noun."""
    names = [([c.canonical.split()[-1]], c) for c in persons if c.type is EntityType.PERSON and " " in c.canonical]
    found = _again(doc, [(words, c) for words, c in names if words[0][:1].isupper() and len(words[0]) > 2])
    return [replace(c, rank=3, canonical=doc[c.start : c.end].text) for c in found if doc[c.start].pos_ == "PROPN"]


def _again(doc: Doc, names: Sequence[tuple[list[str], Candidate]], *, is_lower: bool = False) -> list[Candidate]:
    """The same words wherever they come back after the first time, in one pass over the text."""
    known: dict[tuple[str, ...], Candidate] = {}
    for words, candidate in names:
        if 0 < len(words) <= MAX_AGAIN:
            known.setdefault(tuple(words), candidate)
    sizes = {words[0]: {len(other) for other in known if other[0] == words[0]} for words in known}
    found = []
    for token in doc:
        for size in sizes.get(token.lower_ if is_lower else token.text, ()):
            span = doc[token.i : token.i + size]
            first = known.get(tuple(t.lower_ if is_lower else t.text for t in span))
            if first is not None and first.end <= token.i:
                found.append(replace(first, start=token.i, end=token.i + size))
    return found
