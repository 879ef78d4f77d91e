"""Who says a direct quotation: the speaker before, behind or inside it, or the one who spoke just before.

"X said: “...”"; "“...,” said X"; "“...,” X said, “...”" (one claim in two pieces); "“...,” X said. “...”" too.
The parser is not trusted between quotation marks: the cue is looked for beside the marks, only its subject is parsed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from pipeline.enumerations import ClaimType
from pipeline.extraction.clauses import MAX_SENTENCE, Draft, Voice, find_child, find_subject, is_edge
from pipeline.extraction.cues import find_verb_cues, load_words
from pipeline.extraction.quotes import Quote
from pipeline.extraction.speakers import Discourse, find_voice

_REACH = 18  #: tokens between mark and cue: room for a name with its office ("Y's foreign minister, X, said")
_GAP = 45  #: tokens between two pieces of a quotation: the speaker may come with a long apposition
_PIECES = 8  #: of one quotation; more are a page of dialogue
_FINAL = frozenset(",?!…—–-") | {"..."}


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue beside a quotation, with the speaker it names."""

    voice: Voice | None
    cue: tuple[int, ...]
    type: ClaimType | None
    rule: str


def group_quotes(discourse: Discourse) -> list[tuple[Quote, ...]]:
    """Quotations that are one statement: interrupted by their speaker, or going on in the next paragraph."""
    groups: list[list[Quote]] = []
    for quote in discourse.quotes:
        may_grow = bool(groups) and len(groups[-1]) < _PIECES
        if may_grow and (quote.is_continued or _goes_on(discourse, groups[-1][-1], quote)):
            groups[-1].append(quote)
        else:
            groups.append([quote])
    return [tuple(group) for group in groups]


def _goes_on(discourse: Discourse, before: Quote, quote: Quote) -> bool:
    """As in "“If we fail,” Kallas warned, “others will follow.”" and "“We agree,” she said. “We will sign.”".

    Both are one claim in two pieces, as the attribution corpora mark them (F1 on a third of PolNeAR's
    development part .58; .55 when the second sentence was a claim of its own).
    """
    doc, gap = discourse.doc, discourse.doc[before.end : quote.start]
    if len(gap) > _GAP or doc[before.end - 1].text not in {",", "?", "!"} or any("\n" in token.text for token in gap):
        return False
    ends = sum(token.text in {".", "!", "?"} for token in gap)
    return ends < 2 and any(find_verb_cues(token) for token in gap) and not (ends and _has_own_cue(discourse, quote))


def _has_own_cue(discourse: Discourse, quote: Quote) -> bool:
    """As in "“We agree,” she said. “We do not,” he said.": the second sentence has a speaker of its own."""
    return _ends_open(discourse, quote) and any(find_verb_cues(token) for token in _words_after(discourse, quote))


def find_quotations(discourse: Discourse, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The quotations that are statements and not part of a claim already found (``drafts``)."""
    last: tuple[Quote, Attribution] | None = None
    taken = {i: draft for draft in drafts for i in draft.words}
    for group in group_quotes(discourse):
        words = [i for quote in group for i in range(quote.start, quote.end)]
        known = next((taken[i] for i in words if i in taken), None)
        if known is not None and known.direct:
            last = (group[-1], Attribution(known.voice, known.cue, None, known.rule))
        if known is not None or not is_statement(discourse, group):
            continue
        found = _find_attribution(discourse, group) or _continue(discourse, last, group[0])
        found = found or _find_unsaid(discourse, group[0])
        if found is not None:
            last = (group[-1], found) if found.voice is not None else last
            yield Draft(tuple(words), found.type, found.rule, found.voice, found.cue, direct=True)


def is_statement(discourse: Discourse, group: Sequence[Quote]) -> bool:
    """Whether a quotation says something by itself, unlike a quoted term ("burden sharing")."""
    words = [token for quote in group for token in discourse.doc[quote.start : quote.end] if not is_edge(token)]
    has_verb = any(token.pos_ in {"VERB", "AUX"} for token in words)
    return has_verb and len(words) >= 3 and not _is_title(words)


def _is_title(words: Sequence[Token]) -> bool:
    # A book or article: nearly every long word has a capital.
    long = [token for token in words if len(token) > 3]
    return len(long) > 1 and sum(token.is_title for token in long) / len(long) > 0.7


def _find_attribution(discourse: Discourse, group: Sequence[Quote]) -> Attribution | None:
    inside = [] if len(group) == 1 else _between(discourse, group)
    after, before = _words_after(discourse, group[-1]), _words_before(discourse, group[0])
    is_open = _ends_open(discourse, group[-1])
    places = [(inside, "quote_inside"), (after, "quote_after"), (before, "quote_before")]
    if not is_open:
        places = [places[0], places[2], places[1]]
    for words, rule in places:
        found = _read_place(discourse, words[::-1] if rule == "quote_before" else words, rule)
        if found is not None:
            return found
    return None


def _between(discourse: Discourse, group: Sequence[Quote]) -> list[Token]:
    return [t for a, b in pairwise(group) for t in discourse.doc[a.end : b.start] if len(t.doc) > b.start]


def _ends_open(discourse: Discourse, quote: Quote) -> bool:
    doc = discourse.doc
    after = doc[quote.end + 1].text if quote.end + 1 < len(doc) else ""
    return doc[quote.end - 1].text in _FINAL or after in _FINAL


def _words_after(discourse: Discourse, quote: Quote) -> list[Token]:
    """What stands behind a quotation in its sentence, or the next sentence where the marks ended one ("“...!” she said.")."""
    doc, start = discourse.doc, quote.end + 1
    if start >= len(doc) or "\n" in doc[start].text:
        return []
    if doc[start].is_sent_start and doc[quote.end - 1].text not in _FINAL:
        return []  # a full stop inside the marks: the next sentence is about something else
    end = discourse.sentences[discourse.sentence_of[start]].end
    return _take(discourse, list(doc[start : min(end, start + _REACH)]))


def _words_before(discourse: Discourse, quote: Quote) -> list[Token]:
    """What stands before a quotation in its sentence, or the sentence before where it ends in a colon."""
    doc, end = discourse.doc, quote.start - 1
    if end <= 0:
        return []
    start = discourse.sentences[discourse.sentence_of[end]].start
    last = next((doc[i] for i in range(end - 1, max(end - 4, -1), -1) if not doc[i].is_space), None)
    if last is not None and (last.text == ":" or (start >= end and last.text == ",")):
        start = min(start, discourse.sentences[discourse.sentence_of[last.i]].start)
    reach = MAX_SENTENCE if last is not None and last.text == ":" else _REACH
    return _take(discourse, list(doc[max(start, end - reach) : end])[::-1])[::-1]


def _take(discourse: Discourse, words: list[Token]) -> list[Token]:
    """Words up to the next quotation."""
    for n, token in enumerate(words):
        if discourse.quoted[token.i] >= 0:
            return words[:n]
    return words


def _read_place(discourse: Discourse, words: Sequence[Token], rule: str) -> Attribution | None:
    """The first verb met on the way from the mark must be a cue that can stand with a quotation."""
    for token in words:
        if token.lower_ == "according" and (to := find_child(token, "prep")) is not None:
            return Attribution(find_voice(discourse, find_child(to, "pobj")), (token.i, to.i), None, "quote_according")
        if token.pos_ == "VERB" and token.dep_ not in {"amod", "compound"}:
            cues = [(w, cue) for w, cue in find_verb_cues(token) if "quote" in cue.frames]
            if cues:
                voice = find_voice(discourse, find_subject(token) or _nearest_noun(discourse, token, words))
                return Attribution(voice, cues[0][0], cues[0][1].type, rule)
            if rule != "quote_before":
                return None
    return None


def _nearest_noun(discourse: Discourse, verb: Token, words: Sequence[Token]) -> Token | None:
    """The name beside a cue whose subject the parser missed ("said Kallas")."""
    near = sorted((t for t in words if t.i in discourse.actors or t.pos_ == "PRON"), key=lambda t: abs(t.i - verb.i))
    if not near:
        return None
    actor = discourse.actors.get(near[0].i)
    return discourse.doc[actor.end - 1] if actor is not None else near[0]


def _continue(discourse: Discourse, last: tuple[Quote, Attribution] | None, quote: Quote) -> Attribution | None:
    """A quotation right behind another, with nothing but its speaker's clause between, is by the same speaker."""
    if last is None:
        return None
    doc = discourse.doc
    start = discourse.sentences[discourse.sentence_of[max(quote.start - 1, 0)]].start
    if start < quote.start - 2 or quote.start - last[0].end > 40:
        return None
    gap = doc[last[0].end : start]
    if sum("\n" in t.text for t in gap) > 1 or sum(t.pos_ == "VERB" for t in gap) > 1:
        return None
    return Attribution(last[1].voice, (), None, "quote_continued")


def _find_unsaid(discourse: Discourse, quote: Quote) -> Attribution | None:
    """A longer quotation that hangs on a participle ("tasked with “...”"): quoted from somebody the text does not name."""
    doc = discourse.doc
    if quote.end - quote.start < 6 or quote.start < 3:
        return None
    before = [
        t
        for t in doc[max(quote.start - 5, 0) : quote.start - 1]
        if t.tag_ in {"VBN", "VBG"} and (t.dep_ in {"acl", "advcl"} or find_child(t, "auxpass") is not None)
    ]
    if not before or before[-1].lemma_.lower() in load_words("phrases", "unsaid"):
        return None
    cue = tuple(range(before[-1].i, quote.start - 1))
    return Attribution(None, cue if len(cue) <= 3 else cue[:1], ClaimType.QUOTATION, "quote_unsaid")
