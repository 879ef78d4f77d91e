"""What the rules found, token by token, as the trained tagger is told it: it learns where they are right and where not.

One row a token, one column a fact (1.0 where it holds): the word's shape, the entity that begins or goes on there, the kind of
the agreement whose mention is headed there, the act that is said there, the claim that begins or goes on, cue and speaker. All
are read from span groups, so the tagger works behind any components that write these (and behind none of them).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from pipeline.enumerations import ActType, AgreementKind, ClaimType, EntityType

Floats = NDArray[np.float32]
#: Shapes: lower case, Capitalised, ALL CAPITALS, mIxed, with digits, without letters.
LOWER, TITLE, UPPER, MIXED, DIGITS, NO_LETTER = range(6)
_SHAPES = tuple(f"shape:{i}" for i in range(6))
_ENTITIES = tuple(f"{place}:{each}" for each in EntityType for place in "BI")
_KINDS = tuple(f"agreement:{each}" for each in AgreementKind)
_ACTS = tuple(f"act:{each}" for each in ActType)
_CLAIMS = tuple(f"{place}:{each}" for each in ClaimType for place in "BI")
#: The columns, by name.
HINTS = (*_SHAPES, *_ENTITIES, *_KINDS, *_ACTS, *_CLAIMS, "cue", "speaker")
_COLUMN = {name: column for column, name in enumerate(HINTS)}


def read_hints(doc: Doc) -> Floats:
    """The hints (tokens x :data:`HINTS`) of a Doc, from its words and the span groups that are there."""
    hints = np.zeros((len(doc), len(HINTS)), dtype=np.float32)
    for token in doc:
        hints[token.i, shape_of(token.text.strip())] = 1.0
    for name, tokens in _facts(doc):
        hints[list(tokens), _COLUMN[name]] = 1.0
    return hints


def shape_of(word: str) -> int:
    """Which of the six shapes a word has: "may" 0, "May" and "A" 1, "NATO" 2, "eFP" 3, "2025" 4, "–" 5."""
    if any(character.isdigit() for character in word):
        return DIGITS
    if not any(character.isalpha() for character in word):
        return NO_LETTER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    if word.islower():
        return LOWER
    return TITLE if word[0].isupper() and word[1:].islower() else MIXED


def _facts(doc: Doc) -> Iterator[tuple[str, range]]:
    for group in ("entities", "claims"):
        for span in doc.spans.get(group, ()):
            yield f"B:{span.label_}", range(span.start, span.start + 1)
            yield f"I:{span.label_}", range(span.start + 1, span.end)
    for span in doc.spans.get("agreements", ()):
        yield f"agreement:{span.label_}", range(span.root.i, span.root.i + 1)
    for span in doc.spans.get("acts", ()):
        yield f"act:{span.label_}", range(span.start, span.end)
    for group, name in (("cues", "cue"), ("speakers", "speaker")):
        for span in doc.spans.get(group, ()):
            yield name, range(span.start, span.end)
