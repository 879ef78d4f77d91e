"""Claims: who says, thinks, wants or promises what, and what the author judges, predicts or recommends.

:func:`find_claims` writes span groups on the Doc (they survive ``n_process=2`` and ``to_bytes``); :func:`build_claims` makes the
records from them. The rules live beside: verbs in ``reporting``, nouns and phrases in ``attributions``, quotations in
``quotations``, the author's own in ``authorial``.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc, Span, Token

from pipeline.enumerations import ClaimType
from pipeline.extraction.attributions import find_attributions
from pipeline.extraction.authorial import find_opinions
from pipeline.extraction.clauses import Draft, Voice, find_runs, iter_sentences
from pipeline.extraction.cues import load_words
from pipeline.extraction.discourse import read_discourse
from pipeline.extraction.modality import find_force, find_type, is_description, is_hedged, is_negated
from pipeline.extraction.quotations import find_quotations, group_quotes
from pipeline.extraction.reporting import find_reports
from pipeline.extraction.speakers import Discourse
from pipeline.extraction.topics import find_claimed_figures, find_topics, read_places
from pipeline.records import AUTHOR, Agreement, Claim, Speaker, make_record_id, normalise
from pipeline.records import Span as Words

_OWN = frozenset({ClaimType.EVALUATION, ClaimType.PREDICTION, ClaimType.RECOMMENDATION})

#: What each rule is worth: the share of its claims that are marked ones (half of the content in common) with the right speaker,
#: to the nearest .05. Measured on the train split of the corpus (68 articles, 890 claims) on 2026-11-22 by `entente evaluate
#: --split train`; what fired there less than ten times, or not at all, has the figure of its nearest kin.
CONFIDENCE = {
    "verb_clause": 0.7,
    "verb_infinitive": 0.65,
    "verb_object_infinitive": 0.5,
    "verb_preposition": 0.4,
    "verb_as": 0.5,
    "verb_complement": 0.75,
    "verb_accusation": 0.6,
    "verb_judgement": 0.5,
    "verb_gerund": 0.5,
    "verb_object": 0.45,
    "verb_passive": 0.7,
    "according_to": 0.7,
    "in_view_of": 0.45,
    "noun": 0.6,
    "noun_light": 0.6,
    "adjective": 0.15,
    "quote_before": 0.65,
    "quote_after": 0.65,
    "quote_inside": 0.65,
    "quote_according": 0.65,
    "quote_continued": 0.65,
    "quote_unsaid": 0.4,
    "statement_pledge": 0.35,
    "author_clause_recommendation": 0.6,
    "author_clause_prediction": 0.3,
    "author_clause_evaluation": 0.35,
    "author_side_recommendation": 0.3,
    "author_side_prediction": 0.1,
    "author_side_evaluation": 0.2,
}
#: What a pronoun takes away: of claims whose speaker is "he" or "they", a quarter were right.
_PRONOUN = 0.35


def find_claims(doc: Doc) -> None:
    """Write the claims of a text to ``doc.spans["claims"]``, ``["speakers"]`` and ``["cues"]``.

    Needs tags, lemmas, dependencies, sentences and ``doc.spans["entities"]``. Each content part is one span labelled with the
    claim's type; parts of one claim share an id ("c0"), under which ``attrs["claims"]`` has the rest, offsets in characters.
    """
    discourse = read_discourse(doc)
    drafts = _find_attributed(discourse)
    taken = {i for draft in drafts for i in (*draft.words, *draft.cue)}
    for sent in iter_sentences(doc):
        drafts += find_opinions(discourse, sent, taken)
    _write(discourse, sorted(drafts, key=lambda draft: (draft.words[0], draft.words[-1])))


def _find_attributed(discourse: Discourse) -> list[Draft]:
    drafts: list[Draft] = []
    for sent in iter_sentences(discourse.doc):
        drafts += _without_twins([*find_attributions(discourse, sent), *find_reports(discourse, sent)])
    drafts = _widen_to_quotes(discourse, drafts)
    drafts += list(find_quotations(discourse, drafts))
    return [draft for draft in drafts if _is_kept(draft)]


def _is_kept(draft: Draft) -> bool:
    return bool(draft.words) and not (
        draft.voice is not None and draft.voice.name == AUTHOR and draft.type not in {None, *_OWN}
    )


def _without_twins(drafts: list[Draft]) -> list[Draft]:
    """Of claims of one sentence with mostly the same content the first stays (phrases are surer than verbs)."""
    kept: list[Draft] = []
    for draft in drafts:
        words = set(draft.words)
        if words and not any(len(words & set(k.words)) > 0.8 * len(words | set(k.words)) for k in kept):
            kept.append(draft)
    return kept


def _widen_to_quotes(discourse: Discourse, drafts: list[Draft]) -> list[Draft]:
    """A content that is mostly a quotation becomes the whole quotation, which may go on over sentences."""
    groups = group_quotes(discourse)
    place = {i: n for n, group in enumerate(groups) for quote in group for i in range(quote.start, quote.end)}
    widened: dict[tuple[int, ...], Draft] = {}
    for draft in drafts:
        quotes = [[i for q in groups[n] for i in range(q.start, q.end)] for n in _touched(draft, place)]
        # Two cues around one quotation ("“A,” he said, adding: “B.”") make one claim, by the first.
        found = _widen(draft, quotes)
        widened.setdefault(found.words, found)
    return list(widened.values())


def _touched(draft: Draft, place: dict[int, int]) -> list[int]:
    return sorted({place[i] for i in draft.words if i in place})


def _widen(draft: Draft, quotes: list[list[int]]) -> Draft:
    quoted = {i for quote in quotes for i in quote}
    inside = [i for i in draft.words if i in quoted]
    if draft.rule == "verb_judgement" and inside:
        return replace(draft, words=tuple(inside), direct=True)  # hailed the pact as "historic": the quoted judgement
    # Half: "organize a network" in "for the United States to “organize a network”" is what is quoted, the rest leads to it.
    if not inside or len(inside) < 0.5 * len(draft.words):
        return draft
    return replace(draft, words=tuple(sorted(quoted)), direct=True)


def _write(discourse: Discourse, drafts: list[Draft]) -> None:
    doc = discourse.doc
    contents: list[Span] = []
    facts: dict[str, dict[str, Any]] = {}
    for draft in drafts:
        runs, kind = find_runs(doc, draft.words), _decide_type(doc, draft)
        if kind is None or not _says_something(doc, runs):
            continue
        key = f"c{len(facts)}"
        contents += [Span(doc, start, end, label=kind.value, span_id=key) for start, end in runs]
        facts[key] = _describe(discourse, draft, runs)
    doc.spans["claims"] = contents
    doc.spans["claims"].attrs["claims"] = facts
    doc.spans["speakers"] = mark_words(doc, facts, "speaker_span")
    doc.spans["cues"] = mark_words(doc, facts, "cue")


def _says_something(doc: Doc, runs: list[tuple[int, int]]) -> bool:
    """Whether a content has a word of its own, unlike "they will" in "some have said that they will"."""
    own = {"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "X"}
    return any(doc[i].pos_ in own for start, end in runs for i in range(start, end))


def mark_words(doc: Doc, facts: dict[str, dict[str, Any]], field: str) -> list[Span]:
    """The spans of all claims' speakers (``"speaker_span"``) or cues (``"cue"``), those that are whole tokens."""
    found = ((key, fact[field]) for key, fact in facts.items() if fact[field] is not None)
    spans = (
        doc.char_span(start, end, label="CUE" if field == "cue" else "SPEAKER", span_id=key)
        for key, (start, end) in found
    )
    return [span for span in spans if span is not None]


def _decide_type(doc: Doc, draft: Draft) -> ClaimType | None:
    """The cue's type, or what the content itself is: "X said Europe must rearm" is a recommendation.

    None for a plain fact in the author's mouth ("we note that the cable was cut").
    """
    head = _find_head(doc, draft.words)
    own = find_type(head, draft.words) if head is not None else None
    is_own_voice = draft.voice is not None and draft.voice.name == AUTHOR
    if draft.type is ClaimType.EVALUATION and head is not None:
        return find_force(head) or draft.type  # "X believes that Europe must rearm"
    if draft.type is not None:
        return draft.type
    if is_own_voice:
        return own
    return own or _plain_type(doc, draft)


def _plain_type(doc: Doc, draft: Draft) -> ClaimType:
    """Of what has no form of its own: a judgement where the words or the cue argue ("maintains", "replied"), else a fact.

    Quoted sentences mostly judge; quoted words without a verb are but quoted.
    """
    head = _find_head(doc, draft.words)
    if head is None:
        return ClaimType.QUOTATION if draft.direct else ClaimType.ASSERTION_OF_FACT
    argues = any(doc[i].lemma_.lower() in load_words("modality", "arguing") for i in draft.cue)
    return ClaimType.EVALUATION if draft.direct or argues or is_description(head) else ClaimType.ASSERTION_OF_FACT


def _find_head(doc: Doc, words: tuple[int, ...]) -> Token | None:
    """The highest verb of a content."""
    inside = set(words)
    heads = [
        doc[i] for i in words if doc[i].pos_ in {"VERB", "AUX"} and (doc[i].head.i not in inside or doc[i].head.i == i)
    ]
    return heads[0] if heads else None


def _describe(discourse: Discourse, draft: Draft, runs: list[tuple[int, int]]) -> dict[str, Any]:
    doc, head = discourse.doc, _find_head(discourse.doc, draft.words)
    words = [i for start, end in runs for i in range(start, end)]
    voice = draft.voice or Voice(None)
    has_span = voice.start is not None and voice.end is not None
    return {
        "speaker": voice.name,
        "speaker_span": _offsets(doc, voice.start, voice.end) if has_span else None,
        "cue": _offsets(doc, *_cue_range(draft.cue)) if draft.cue else None,
        "hedged": draft.hedged or is_hedged(doc, words),
        "negated": draft.negated != (head is not None and is_negated(head)),
        "direct": draft.direct,
        "about": find_about(discourse, words),
        "confidence": _rate(doc, draft),
        "rule": draft.rule,
    }


def _offsets(doc: Doc, start: int | None, end: int | None) -> list[int]:
    span = doc[start:end]
    return [span.start_char, span.end_char]


def _cue_range(cue: tuple[int, ...]) -> tuple[int, int]:
    # "ruled sending troops out": a far particle would draw the content into the cue.
    return (cue[0], cue[-1] + 1) if cue[-1] - cue[0] < 4 else (cue[0], cue[0] + 1)


def find_about(discourse: Discourse, words: list[int]) -> list[str]:
    """The names that a content has in it, a few at most."""
    return list(dict.fromkeys(discourse.actors[i].canonical for i in words if i in discourse.actors))


def _rate(doc: Doc, draft: Draft) -> float:
    """The rule's figure, less where a pronoun stands for the speaker."""
    start = None if draft.voice is None else draft.voice.start
    is_pronoun = start is not None and doc[start].lower_ in {"he", "she", "it", "they"}
    return round(max(CONFIDENCE[draft.rule] - (_PRONOUN if is_pronoun else 0.0), 0.05), 2)


def build_claims(
    doc: Doc, article_text: str, article_id: str, *, agreements: Sequence[Agreement] = ()
) -> tuple[Claim, ...]:
    """The claims on a Doc as records, with which of its agreements they are about.

    Every text is cut from the article's own text, never from the cleaned one.
    """
    group = doc.spans.get("claims")
    if group is None:
        return ()
    parts: dict[str, list[Span]] = {}
    for span in group:
        parts.setdefault(span.id_, []).append(span)
    seen: Counter[str] = Counter()
    claims, places = [], read_places(doc, agreements)
    for key, spans in parts.items():
        content = tuple(_cut(article_text, (span.start_char, span.end_char)) for span in spans)
        # Occurrences are counted as ids compare anchors: normalised.
        anchor = normalise(" ".join(part.text for part in content))
        fact = group.attrs["claims"][key]
        claims.append(
            Claim(
                id=make_record_id("cl", article_id, anchor, seen[anchor]),
                type=ClaimType(spans[0].label_),
                content=content,
                speaker=_build_speaker(fact, article_text),
                cue=None if fact["cue"] is None else _cut(article_text, fact["cue"]),
                about=find_topics(places, content, entities=fact["about"]),
                figures=find_claimed_figures(doc, content, article_text),
                **{field: fact[field] for field in ("hedged", "negated", "direct", "confidence", "rule")},
            )
        )
        seen[anchor] += 1
    return tuple(claims)


def _cut(text: str, offsets: Sequence[int]) -> Words:
    start, end = offsets
    return Words(start=start, end=end, text=text[start:end])


def _build_speaker(fact: dict[str, Any], text: str) -> Speaker | None:
    """None where the text names nobody; a speaker without a name where a pronoun could not be resolved."""
    offsets = fact["speaker_span"]
    if offsets is None:
        return None if fact["speaker"] is None else Speaker(name=fact["speaker"])
    start, end = offsets
    return Speaker(name=fact["speaker"], start=start, end=end, text=text[start:end])
