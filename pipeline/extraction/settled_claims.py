"""Claims, settled: those of the rules that the tagger believes, and stretches of text that only it sees as claims.

A stretch is cut at sentence ends and where a new content begins. Who speaks is the speaker that the tagger sees in the sentence,
or in the one before, by the entity there if there is one; what is the author's own has no other speaker.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span, Token

from pipeline.enumerations import ClaimType
from pipeline.extraction.claims import find_about, mark_words
from pipeline.extraction.clauses import Voice, find_child
from pipeline.extraction.confidence import describe_claim, rate
from pipeline.extraction.discourse import read_discourse
from pipeline.extraction.relations import Floats
from pipeline.extraction.signals import Signals
from pipeline.extraction.speakers import Discourse, can_speak, find_narrator, find_voice
from pipeline.extraction.voices import RuleVoices, find_speaking, pair_speakers, read_rule_voices
from pipeline.records import AUTHOR

GROUP = "claims"
_TYPES = tuple(ClaimType)
_OWN_TYPES = (ClaimType.EVALUATION, ClaimType.PREDICTION, ClaimType.RECOMMENDATION)
_AUTHOR, _ATTRIBUTED = 2, 1
_LEAST_SPEAKER = 0.1  #: of what is surely attributed somebody is the speaker, also if none is sure
#: That a word around is the speaker; below it the likeliest of the sentence is taken. Speakers of attributed claims are right in
#: .818 on dev; .778 by the likeliest of the sentence alone.
_LEAST_VOICE = 0.3
_SURE_VOICE = 0.5
_BACK = 60  #: tokens; two sentences


@dataclass(frozen=True)
class ClaimThresholds:
    """From which mean probability on content is believed; chosen on the dev split."""

    keep: float = 0.3  #: a claim of the rules
    own: float = 0.6  #: one of the author, of the rules: claims found with F1 .747 on dev; .743 with .45
    new: float = (
        0.35  #: each token of a stretch that only the tagger sees; claims found with F1 .738 on dev, .729 with .45
    )
    whole: float = 0.75  #: such a stretch on the whole
    shortest: int = 3  #: tokens of it: claims found with F1 .757 on dev, .749 with 4 and with 2
    covered: float = (
        0.5  #: share of it that other claims may have already; claims found .759 with both, .749 with 4 and .4
    )
    #: What the type that a rule gave counts beside the probabilities: types right .733 on dev, .820 of real prose (.723, .802).
    by_rule: float = 0.25


DEFAULTS = ClaimThresholds()


@dataclass(frozen=True)
class _Heads:
    """The probabilities that claims are settled by."""

    inside: Floats  #: tokens: being content
    begins: Floats  #: tokens: beginning one
    types: Floats  #: tokens x types
    voice: Floats
    speaker: Floats
    cue: Floats
    hedged: Floats
    negated: Floats


class _Voices(NamedTuple):
    """What speakers are found by."""

    signals: Signals
    words: list[tuple[int, int]]  #: that may stand for one
    rules: RuleVoices


def settle_claims(doc: Doc, signals: Signals, thresholds: ClaimThresholds = DEFAULTS) -> None:
    """Rewrite the span groups "claims", "speakers" and "cues" of one Doc."""
    heads = _read_heads(signals)
    claims = [claim for claim in _claims_of_rules(doc) if _is_believed(claim, heads, thresholds)]
    discourse = read_discourse(doc)
    voices = _Voices(signals, find_speaking(doc), read_rule_voices(doc))
    taken = {i for claim in claims for start, end in claim["runs"] for i in range(start, end)}
    for start, end in _find_stretches(doc, heads, thresholds):
        if sum(i in taken for i in range(start, end)) <= thresholds.covered * (end - start):
            claims.append(_make_claim(discourse, (start, end), heads, voices))
    for claim in claims:
        tokens = _tokens(claim)
        if claim["speaker"] == AUTHOR:
            _ask_again(claim, discourse, heads, voices)
        claim["type"] = _decide_type(claim, heads.types[tokens].mean(axis=0), by_rule=thresholds.by_rule)
        inside = heads.inside[tokens].tolist()
        claim["evidence"] = describe_claim(claim, inside=inside, own=float(heads.voice[tokens, _AUTHOR].mean()))
        claim["confidence"] = rate(GROUP.removesuffix("s"), claim["evidence"])
    _write(doc, sorted(claims, key=lambda claim: claim["runs"][0]))


def _read_heads(signals: Signals) -> _Heads:
    content = signals.judge("claim")
    return _Heads(
        inside=1.0 - content[:, 0],
        begins=content[:, 1::2].sum(axis=1),
        types=content[:, 1::2] + content[:, 2::2],
        voice=signals.judge("voice"),
        speaker=signals.judge("speaker"),
        cue=signals.judge("cue")[:, 1],
        hedged=signals.judge("hedged")[:, 1],
        negated=signals.judge("negated")[:, 1],
    )


def _claims_of_rules(doc: Doc) -> list[dict[str, Any]]:
    group = doc.spans[GROUP]
    runs: dict[str, list[list[int]]] = {}
    types: dict[str, str] = {}
    for span in group:
        runs.setdefault(span.id_, []).append([span.start, span.end])
        types[span.id_] = span.label_
    facts = group.attrs.get(GROUP, {})
    return [{**facts[key], "runs": found, "type": types[key]} for key, found in runs.items()]


def _tokens(claim: dict[str, Any]) -> list[int]:
    return [i for start, end in claim["runs"] for i in range(start, end)]


def _is_believed(claim: dict[str, Any], heads: _Heads, thresholds: ClaimThresholds) -> bool:
    least = thresholds.own if claim["speaker"] == AUTHOR else thresholds.keep
    return bool(heads.inside[_tokens(claim)].mean() >= least)


def _find_stretches(doc: Doc, heads: _Heads, thresholds: ClaimThresholds) -> list[tuple[int, int]]:
    """Runs of tokens that are content, cut at sentence ends and where a new one surely begins; short ones left out."""
    found: list[tuple[int, int]] = []
    for sent in doc.sents:
        start: int | None = None
        for i in range(sent.start, sent.end + 1):
            is_in = i < sent.end and heads.inside[i] >= thresholds.new
            is_new = i < sent.end and heads.begins[i] >= thresholds.new
            if start is not None and (not is_in or is_new):
                found.append((start, i))
                start = None
            if is_in and start is None:
                start = i
    trimmed = [_trim(doc, start, end) for start, end in found]
    return [
        (start, end)
        for start, end in trimmed
        if end - start >= thresholds.shortest and heads.inside[start:end].mean() >= thresholds.whole
    ]


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (doc[start].is_space or doc[start].text in ",;:.–—-”\"'’"):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in ",;:.!?–—“\"'‘"):
        end -= 1
    return start, end


def _make_claim(discourse: Discourse, run: tuple[int, int], heads: _Heads, voices: _Voices) -> dict[str, Any]:
    doc = discourse.doc
    inside = slice(*run)
    is_own = heads.voice[inside, _AUTHOR].mean() > heads.voice[inside, _ATTRIBUTED].mean()
    cue = None if is_own else _find_cue(doc, run, heads)
    voice = find_narrator(discourse, doc[run[0]]) if is_own else _find_voice(discourse, run, heads, voices)
    return {
        "runs": [list(run)],
        "speaker": voice.name,
        "speaker_span": _offsets(doc, voice),
        "cue": None if cue is None else [doc[cue].idx, doc[cue].idx + len(doc[cue])],
        "hedged": bool(heads.hedged[inside].mean() >= 0.5),
        "negated": bool(heads.negated[inside].mean() >= 0.5),
        "direct": doc[run[0] - 1].text in {"“", '"'} if run[0] else False,
        "about": find_about(discourse, list(range(*run))),
        "confidence": 0.5,
        "rule": "tagger_author" if is_own else "tagger",
    }


def _ask_again(claim: dict[str, Any], discourse: Discourse, heads: _Heads, voices: _Voices) -> None:
    """Give what the rules took for the author's own to whom it is attributed, where that is likely."""
    tokens = _tokens(claim)
    if heads.voice[tokens, _ATTRIBUTED].mean() <= heads.voice[tokens, _AUTHOR].mean():
        return
    voice = _ask_voice(discourse, tokens, voices, _SURE_VOICE)
    if voice is not None:
        claim |= {"speaker": voice.name, "speaker_span": _offsets(discourse.doc, voice)}


def _offsets(doc: Doc, voice: Voice) -> list[int] | None:
    words = None if voice.start is None or voice.end is None else doc[voice.start : voice.end]
    return None if words is None else [words.start_char, words.end_char]


def _find_cue(doc: Doc, run: tuple[int, int], heads: _Heads) -> int | None:
    sent = doc[run[0]].sent
    outside = [i for i in range(sent.start, sent.end) if not run[0] <= i < run[1] and heads.cue[i] >= 0.5]
    return min(outside, key=lambda i: min(abs(i - run[0]), abs(i - run[1])), default=None)


def _find_voice(discourse: Discourse, run: tuple[int, int], heads: _Heads, voices: _Voices) -> Voice:
    """Who speaks: whom the likeliest word around stands for; an office, a name, a pronoun resolved as the rules resolve them.

    In somebody's statement that is its giver, unless a word around is likely enough.
    """
    doc = discourse.doc
    found = _ask_voice(discourse, range(*run), voices)
    if found is not None:
        return found
    narrator = find_narrator(discourse, doc[run[0]])
    if narrator.name != AUTHOR:
        return narrator
    speaker = _find_speaker(doc, run, heads)
    if speaker is None:
        return Voice(None)
    # Of "the ministry" only "the" may be seen.
    noun = speaker.root.head if speaker.root.pos_ == "DET" else speaker.root
    return find_voice(discourse, noun) or Voice(speaker.text, speaker.start, speaker.end)


def _ask_voice(
    discourse: Discourse, content: Collection[int], voices: _Voices, least: float = _LEAST_VOICE
) -> Voice | None:
    """The likeliest speaker of the words around that can speak at all ("the ministry", not "these sanctions")."""
    pairs = pair_speakers(voices.signals.layout, voices.words, content, voices.rules)
    pairs = [pair for pair in pairs if can_speak(discourse, discourse.doc[pair.second])]
    likely = voices.signals.relate("voice", pairs)
    if not len(likely) or likely.max() < least:
        return None
    word = discourse.doc[pairs[int(likely.argmax())].second]
    return Voice(None) if _is_impersonal(word) else find_voice(discourse, word)


def _is_impersonal(word: Token) -> bool:
    """As in "It is hoped in Oslo that most ships return": nobody is named."""
    is_passive = word.lower_ == "it" and find_child(word.head, "auxpass") is not None
    return is_passive and find_child(word.head, "ccomp") is not None


def _find_speaker(doc: Doc, run: tuple[int, int], heads: _Heads) -> Span | None:
    """The likeliest speaker of the sentence; where it has none, the last one surely seen in the sentences before it."""
    sent = doc[run[0]].sent
    begins, goes_on = heads.speaker[:, 1], heads.speaker[:, 1:].sum(axis=1) >= 0.5
    start = max(
        (i for i in range(sent.start, sent.end) if not run[0] <= i < run[1]), key=lambda i: begins[i], default=-1
    )
    if start < 0 or begins[start] < _LEAST_SPEAKER:
        earlier = range(max(0, sent.start - _BACK), sent.start)
        start = max((i for i in earlier if begins[i] >= 0.5), default=-1)
    if start < 0:
        return None
    end = start + 1
    while end < len(doc) and goes_on[end] and begins[end] < 0.5:
        end += 1
    return doc[start:end]


def _decide_type(claim: dict[str, Any], likely: Floats, *, by_rule: float) -> ClaimType:
    """The likeliest type; of the author's own only what an author's claim may be."""
    if claim.get("type") is not None:
        likely = likely.copy()
        likely[_TYPES.index(ClaimType(claim["type"]))] += by_rule
    if claim["speaker"] == AUTHOR:
        return max(_OWN_TYPES, key=lambda each: float(likely[_TYPES.index(each)]))
    return _TYPES[int(likely.argmax())]


def _write(doc: Doc, claims: list[dict[str, Any]]) -> None:
    contents: list[Span] = []
    facts: dict[str, dict[str, Any]] = {}
    for number, claim in enumerate(claims):
        key = f"c{number}"
        contents += [Span(doc, start, end, label=claim["type"].value, span_id=key) for start, end in claim["runs"]]
        facts[key] = {name: value for name, value in claim.items() if name not in {"runs", "type"}}
    doc.spans[GROUP] = contents
    doc.spans[GROUP].attrs[GROUP] = facts
    doc.spans["speakers"] = mark_words(doc, facts, "speaker_span")
    doc.spans["cues"] = mark_words(doc, facts, "cue")
