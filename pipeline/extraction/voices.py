"""Which words may stand for who utters a claim, and which pairs of claim and word are asked about.

For training and for use the same: a claim is asked about the subjects, agents and names in its sentence and the two before it
that can speak at all, outside its own words; of the speakers marked in the dev split four in five are among these, and most of
the others stand far off, as the signatories of a statement.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from pipeline.enumerations import EntityType
from pipeline.extraction.clauses import SUBJECTS, find_child
from pipeline.extraction.layout import Layout
from pipeline.extraction.relations import Pair

_TYPES = tuple(each.value for each in EntityType)
_BACK = 2  #: sentences
_MOST = 12  #: words of one claim, the nearest
_NEVER = frozenset({"which", "that", "there", "this", "these", "those", "what"})
#: What the rules say of a claim and a word: nothing, that it is the speaker, that another is, that it speaks elsewhere.
_NOTHING, _THIS, _ANOTHER, _ELSEWHERE = range(4)


@dataclass(frozen=True)
class RuleVoices:
    """What the rules say of who speaks."""

    key_of: dict[int, str]  #: token of a claim's content -> key
    speaker_of: dict[str, tuple[int, int]]  #: key -> tokens of its speaker
    speakers: frozenset[int]  #: all tokens of speakers

    def say(self, first: int, word: int) -> int:
        """What they say of the claim that has a token, and of a word."""
        key = self.key_of.get(first)
        if key is not None and key in self.speaker_of:
            start, end = self.speaker_of[key]
            return _THIS if start <= word < end else _ANOTHER
        return _ELSEWHERE if word in self.speakers else _NOTHING


def read_rule_voices(doc: Doc) -> RuleVoices:
    """From ``doc.spans["claims"]``."""
    group = doc.spans.get("claims")
    if group is None:
        return RuleVoices({}, {}, frozenset())
    key_of = {i: span.id_ for span in group for i in range(span.start, span.end)}
    speaker_of = {}
    for key, fact in group.attrs.get("claims", {}).items():
        if fact["speaker_span"]:
            first, last = fact["speaker_span"]
            span = doc.char_span(first, last, alignment_mode="expand")
            if span is not None:
                speaker_of[key] = (span.start, span.end)
    return RuleVoices(key_of, speaker_of, frozenset(i for start, end in speaker_of.values() for i in range(start, end)))


def find_speaking(doc: Doc) -> list[tuple[int, int]]:
    """The words of a Doc that may stand for a speaker, with the number of their entity's type (0 for none), in order."""
    types = {}
    for span in doc.spans.get("entities", ()):
        types[span.root.i] = 1 + _TYPES.index(span.label_)
    return [(token.i, types.get(token.i, 0)) for token in doc if token.i in types or _may_speak(token)]


def _may_speak(token: Token) -> bool:
    """Whether a word is a subject, an agent or behind "according to"; names are taken in whatever place."""
    if token.pos_ not in {"NOUN", "PROPN", "PRON"} or token.lower_ in _NEVER:
        return False
    if token.dep_ in SUBJECTS or token.dep_ in {"ROOT", "appos"}:
        return True
    if token.dep_ in {"dobj", "attr"} and find_child(token.head, *SUBJECTS) is None:
        return True  # '"Ships rust," warned a sailor', where the parser sees an object
    is_owner = token.pos_ == "PRON" and token.dep_ == "poss"  # "in her view"
    return is_owner or (token.dep_ == "pobj" and token.head.dep_ in {"agent", "prep", "pcomp"})


def pair_speakers(
    layout: Layout, words: Sequence[tuple[int, int]], content: Collection[int], rules: RuleVoices
) -> list[Pair]:
    """The pairs of a claim (by the head of its content) with the words around that may be its speaker."""
    doc = layout.doc
    head = head_of(doc, content)
    sentence = layout.sentences[head]
    near = [
        (word, kind)
        for word, kind in words
        if sentence - _BACK <= layout.sentences[word] <= sentence and word not in content
    ]
    near = sorted(near, key=lambda each: (abs(each[0] - head), each[0]))[:_MOST]
    return [Pair(head, word, kind, 0, rules.say(min(content), word)) for word, kind in sorted(near)]


def head_of(doc: Doc, content: Iterable[int]) -> int:
    """The head of a claim's content: of its words the one that stands highest in the parse, of equals the first."""
    tokens = sorted(content)
    inside = set(tokens)
    return next((i for i in tokens if doc[i].head.i not in inside or doc[i].head.i == i), tokens[0])
