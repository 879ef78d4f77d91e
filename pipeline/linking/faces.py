"""How an actor is called: of all that articles call it, its name, its ids, and the rest as aliases."""

from collections.abc import Iterable

from pipeline.linking.actor_keys import is_acronym, is_surname
from pipeline.records import Record, normalise

_SHOWN = ("name", "also", "seen", "listed")  #: sorts of keys whose words are names
_MOST_ALIASES = 50  # shown; it is found by all


class KnownKey(Record):
    """One thing that an actor is found by, as it was written, and by how many entities."""

    key: str
    text: str
    uses: int


class Face(Record):
    """What an actor is shown and searched by."""

    canonical: str
    iso: str | None
    wikidata: str | None
    aliases: tuple[str, ...]  #: full ones before short ones, then the most used
    words: str  #: of all names, as they are compared


def make_face(kind: str, keys: Iterable[KnownKey]) -> Face:
    """The face of an actor of this type.

    The gazetteer's name is first; else the one most articles use, where full names go before surnames and acronyms
    (``kind`` says whether a single word is a surname: of a PERSON it is).
    """
    known = sorted(keys, key=lambda each: _rank(kind, each))
    names: dict[str, str] = {}
    for each in known:
        if each.key.partition(" ")[0] in _SHOWN:
            names.setdefault(normalise(each.text), each.text)
    canonical, *aliases = names.values()
    return Face(
        canonical=canonical,
        iso=_find(known, "iso "),
        wikidata=_find(known, "wikidata "),
        aliases=tuple(aliases[:_MOST_ALIASES]),
        words=" ".join(names),
    )


def _rank(kind: str, known: KnownKey) -> tuple[bool, bool, bool, int, int, str]:
    sort = known.key.partition(" ")[0]
    is_short = is_surname(known.text) if kind == "PERSON" else is_acronym(known.text)
    # An acronym that articles use as the name ("NATO") goes before what is only another name there ("the Alliance").
    return sort != "listed", sort in {"also", "seen"}, is_short, -known.uses, -len(known.text), known.text


def _find(known: list[KnownKey], sort: str) -> str | None:
    return next((each.text for each in known if each.key.startswith(sort)), None)
