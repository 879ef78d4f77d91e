"""What stands for :mod:`pipeline.road` where flows, kills and machines are on trial and not extraction: no model, a millisecond.

It finds what :func:`write_article` writes, by a pattern.
"""

import os
import random
import re
from pathlib import Path

from pipeline.enumerations import ActType, AgreementKind, ClaimType, EntityType, PartyRole
from pipeline.records import (
    Act,
    Agreement,
    Claim,
    Entity,
    Extraction,
    Mention,
    Party,
    Span,
    Speaker,
    make_record_id,
)
from pipeline.status import status_of

_SIGNED = re.compile(r"(?P<one>\w+) and (?P<other>\w+) signed the (?P<name>\w+ \w+ Treaty) on (?P<day>[\d-]+)\.")
_SAID = re.compile(r"(?P<who>\w+ \w+) (?P<cue>said) that (?P<what>[^.]+)\.")
_FIRST = ("Kestrel", "Linden", "Moor", "Fen", "Arden", "Harrow", "Tarn", "Weald", "Corrie", "Dunmore", "Sable")
_SECOND = ("Harbour", "Ridge", "Delta", "Summit", "Valley", "Strait", "Plateau")
_STATES = ("Norland", "Sudland", "Westia", "Ostmark", "Merania", "Calder", "Tolland", "Varny")
# fmt: off -- a list of words
_WORDS = [
    "talks",
    "hall",
    "opened",
    "noon",
    "hosts",
    "pier",
    "closed",
    "night",
    "harbour",
    "paper",
    "delegates",
    "rain",
    "corridor",
    "clerks",
    "lamps",
    "bridge",
    "winter",
    "draft",
    "annex",
    "seals",
    "ferry",
    "guards",
    "maps",
    "bells",
    "ink",
    "benches",
    "market",
    "tower",
    "stones",
    "lanterns",
    "orchard",
    "barges",
]
# fmt: on


def write_article(number):
    """The text of that article: every fourth one tells of the same treaty, in other words."""
    name = f"{_FIRST[number // 4 % 11]} {_SECOND[number // 44 % 7]} Treaty"
    one, other = _STATES[number // 4 % 8], _STATES[(number // 4 + 1) % 8]
    # No two articles share many runs of words: what does is compared, and linked, as a repetition.
    words = random.Random(number).choices(_WORDS, k=30)
    return (
        f"{one} and {other} signed the {name} on 2025-{1 + number % 12:02}-{1 + number % 28:02}.\n\n"
        f"Mara Lind said that part {number} of it would hold for {number + 2} years. "
        f"{' '.join(words).capitalize()}.\n"
    )


def load_extractor(settings):
    """Nothing is loaded."""
    return


def pipeline_fingerprint(settings):
    """Of no real version."""
    return "light"


def extract_article(nlp, article, *, fingerprint):
    """The treaty of each such sentence, its parties, and what is said; who read what is put down where LIGHT_LOG says so."""
    if log := os.environ.get("LIGHT_LOG"):
        with Path(log).open("a", encoding="utf-8") as out:
            out.write(f"{os.getpid()} {article.address}\n")
    treaties = [_make_agreement(article, found) for found in _SIGNED.finditer(article.text)]
    names = {found[key] for found in _SIGNED.finditer(article.text) for key in ("one", "other")}
    return Extraction(
        article_id=article.id,
        fingerprint=fingerprint,
        agreements=tuple(treaties),
        entities=tuple(_make_entity(article, name) for name in sorted(names)),
        claims=tuple(_make_claim(article, found) for found in _SAID.finditer(article.text)),
    )


def _cut(found, key=0):
    return {"start": found.start(key), "end": found.end(key), "text": found[key]}


def _make_agreement(article, found):
    acts = (Act(**_cut(found), act=ActType.SIGNED, date=found["day"]),)
    return Agreement(
        id=make_record_id("ag", article.id, found["name"]),
        name=found["name"],
        label=found["name"],
        kind=AgreementKind.TREATY,
        status=status_of(acts),
        date=found["day"],
        parties=tuple(Party(**_cut(found, key), entity=found[key], role=PartyRole.PARTY) for key in ("one", "other")),
        mentions=(Span(**_cut(found, "name")),),
        acts=acts,
        confidence=0.9,
        rule="light",
    )


def _make_entity(article, name):
    start = article.text.index(name)
    mention = Mention(start=start, end=start + len(name), text=name)
    return Entity(id=make_record_id("en", article.id, name), type=EntityType.STATE, canonical=name, mentions=(mention,))


def _make_claim(article, found):
    return Claim(
        id=make_record_id("cl", article.id, found["what"]),
        type=ClaimType.PREDICTION,
        hedged=False,
        negated=False,
        direct=False,
        about=(),
        content=(Span(**_cut(found, "what")),),
        speaker=Speaker(name=found["who"], **_cut(found, "who")),
        cue=Span(**_cut(found, "cue")),
        confidence=0.8,
        rule="light",
    )
