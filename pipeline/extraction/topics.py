"""What a claim is about: the agreements that its words speak of, else the entities in them; and the figures in them.

"Poland said [the Arden Pact] would hold" is about the pact; so is "[it] would hold" two sentences on. Entities are named only
where no agreement is: a claim that a pact helps Poland is about the pact.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from pipeline.extraction.figures import find_figures
from pipeline.records import Agreement, Figure, Span

_MOST = 5  #: more say what the sentence is long about, not what it is about
_REACH = 2_000  #: characters looked back in a paragraph: more than nearly all have, and a text without any stays linear
#: What takes up an agreement told of before. On the train and dev splits the agreement named last in the paragraph is what a
#: claim is about in 56 % of the claims that begin so, in 59 % where the paragraph names no other, and in 37 % of the rest.
_ANAPHORS = frozenset({"it", "this", "that", "these", "they", "its", "their", "such", "both"})


@dataclass(frozen=True, slots=True)
class Places:
    """Where a text speaks of which agreements."""

    doc: Doc
    text: str  #: of the Doc, which makes it anew each time it is asked
    mentions: tuple[
        tuple[int, int, str], ...
    ]  #: first and last character, and the agreement's label, in the order of the text
    starts: tuple[int, ...]  #: of the mentions


def read_places(doc: Doc, agreements: Sequence[Agreement]) -> Places:
    """Index the mentions of a text's agreements, for :func:`find_topics`."""
    mentions = sorted((span.start, span.end, row.label) for row in agreements for span in row.mentions)
    return Places(doc, doc.text, tuple(mentions), tuple(start for start, _, _ in mentions))


def find_topics(places: Places, content: Sequence[Span], *, entities: Sequence[str]) -> tuple[str, ...]:
    """Names of what a claim is about, agreements by their labels; at most five.

    Args:
        places: by :func:`read_places`.
        content: the claim's own words.
        entities: canonical names of the entities in them, which count where there is no agreement.
    """
    inside = [label for part in content for label in _labels_within(places, part.start, part.end)]
    before = [] if inside else _find_before(places, content[0].start)
    return tuple(list(dict.fromkeys(inside or before or entities))[:_MOST])


def _labels_within(places: Places, start: int, end: int) -> Iterator[str]:
    # A mention that begins before the words may still reach into them: as far back as one of 200 characters can begin.
    first = bisect_right(places.starts, start - 200)
    for begin, stop, label in places.mentions[first : bisect_right(places.starts, end - 1)]:
        if begin < end and start < stop:
            yield label


def _find_before(places: Places, start: int) -> list[str]:
    """The last agreement of the sentence, before the claim's words; else that of the paragraph, where it can only be meant."""
    here = bisect_right(places.starts, start)
    paragraph = max(places.text.rfind("\n", max(start - _REACH, 0), start) + 1, start - _REACH)
    first = bisect_right(places.starts, paragraph - 1)
    told = places.mentions[first:here]
    words = places.doc.char_span(start, start + 1, alignment_mode="expand")
    if not told or words is None:
        return []
    begin, _, label = told[-1]
    in_sentence = begin >= words[0].sent.start_char
    is_only = len({each for _, _, each in told}) == 1
    return [label] if in_sentence or is_only or words[0].lower_ in _ANAPHORS else []


def find_claimed_figures(doc: Doc, content: Sequence[Span], text: str) -> tuple[Figure, ...]:
    """The numbers in a claim's own words, each with the words it stands in.

    Args:
        doc: the text as spaCy has it.
        content: the claim's own words.
        text: the article's text, which the words are cut from.
    """
    spans = (doc.char_span(part.start, part.end, alignment_mode="contract") for part in content)
    found = [figure for span in spans if span is not None for figure in find_figures(span)]
    return tuple(
        Figure(
            name=each.name,
            value=each.value,
            unit=each.unit,
            start=each.start,
            end=each.end,
            text=text[each.start : each.end],
        )
        for each in found
    )
