"""Texts, and parts of texts, that are somebody's own statement: who "we" are outside quotation marks, where it is not the author.

"Foreign Secretary Ann Lee said:" and a new paragraph; "Ann Lee said: The fleet is ready. We will …"; "We, the ministers of
Norway and Denmark, …"; "Joint statement of the ministers of Norway and Denmark" above a text in "we"; "The United States
condemns the attack. We stand by …". A text full of "we" without any of these is that of whoever "We" are.
Counter-example: an author who writes "we" now and then, or "I", is AUTHOR.
"""

from collections.abc import Container, Iterator
from typing import TypeGuard

from spacy.tokens import Span, Token

from pipeline.extraction.clauses import Voice, find_child, find_subject, is_edge
from pipeline.extraction.cues import find_verb_cues, load_words
from pipeline.extraction.speakers import Discourse, find_voice
from pipeline.records import AUTHOR

_LONGEST = 40  #: tokens of "We, the ministers of …"; what is longer is no list of signatories
_HEAD = 12  #: sentences in which a heading, or what an institution first says, stands
_NEAR = 2  #: sentences between an institution's stand and "we"
#: Of all sentences in "we": news and letters of authors that write without "I" have .02 to .08 of them, notices of .1 on.
_SHARE = 0.1
#: So many need no institution that speaks first: the statements of the train split without "We, the …" have 10 to 18, the
#: authors that write without "I" at most four.
_DENSE = 5
_SHORT, _LEAST_STANDS = 20, 3  #: sentences of a notice, and of stands in it
_FIRST = frozenset({"we", "our", "us", "ours"})
_ALONE = frozenset({"i", "my", "me"})
_KINDS = frozenset({"statement", "declaration", "communiqué", "communique", "remarks"})
_INSTITUTIONS = frozenset({"STATE", "ORG", "ALLIANCE_BLOC"})


def find_statements(discourse: Discourse) -> Iterator[tuple[int, Voice]]:
    """From which token on the text is somebody's statement, in the order of the text."""
    for sent in discourse.sentences:
        found = _read_colon(discourse, sent) or _read_opening(discourse, sent)
        if found is not None:
            yield found
        yield from _read_announced(discourse, sent)


def _read_colon(discourse: Discourse, sent: Span) -> tuple[int, Voice] | None:
    """As in "Foreign Secretary Ann Lee said:" at the end of a paragraph, with no quotation mark behind it."""
    words = [token for token in sent[-4:] if not token.is_space]
    is_last = bool(words) and words[-1].text == ":" and "\n" in sent[-1].text and sent.end < len(sent.doc)
    if not is_last or _is_quoted(discourse, sent.end):
        return None
    cues = [token for token in sent if _leads_to_words(token)]
    voice = find_voice(discourse, find_subject(cues[-1])) if cues else None
    return (sent.end, voice) if _is_somebody(voice) else None


def _read_announced(discourse: Discourse, sent: Span) -> Iterator[tuple[int, Voice]]:
    """As in "Ann Lee issued the following statement:" and a quotation in the next paragraph: "we" in it are hers."""
    place = max((discourse.quoted[i] for i in range(sent.end, min(sent.end + 2, len(sent.doc)))), default=-1)
    words = [token.lower_ for token in sent if not token.is_space]
    if place < 0 or words[-1:] != [":"] or "following" not in words or not _KINDS.intersection(words):
        return
    voice = find_voice(discourse, find_child(sent.root, "nsubj"))
    if _is_somebody(voice):
        yield sent.end, voice
        yield discourse.quotes[place].end + 1, Voice(AUTHOR)


def _is_somebody(voice: Voice | None) -> TypeGuard[Voice]:
    return voice is not None and voice.name not in {None, AUTHOR}


def _read_opening(discourse: Discourse, sent: Span) -> tuple[int, Voice] | None:
    """As in "Ann Lee said: The fleet is ready. We will …": at the start of a paragraph, where others in "we" or "I" follow."""
    doc, place = discourse.doc, discourse.sentence_of[sent.start]
    if sent.start and "\n" not in doc[sent.start - 1].text:
        return None
    colon = next((token.i for token in sent if token.text == ":"), None)
    if colon is None or colon + 1 >= sent.end or _is_quoted(discourse, colon + 1):
        return None
    verb = doc[colon - 1]
    rest = discourse.sentences[place + 1 :]
    if not _leads_to_words(verb) or not rest or not any(_is_in_person(discourse, other) for other in rest[:_NEAR]):
        return None
    voice = find_voice(discourse, find_subject(verb))
    return (colon + 1, voice) if _is_somebody(voice) else None


def _leads_to_words(verb: Token) -> bool:
    return any("quote" in cue.frames for _, cue in find_verb_cues(verb))


def _is_quoted(discourse: Discourse, start: int) -> bool:
    return any(discourse.quoted[i] >= 0 for i in range(start, min(start + 2, len(discourse.doc))))


def _is_in_person(discourse: Discourse, sent: Span) -> bool:
    return any(token.lower_ in _FIRST | _ALONE and discourse.quoted[token.i] < 0 for token in sent)


def find_collective(discourse: Discourse) -> Voice | None:
    """Who speaks in the whole of a text outside quotations and statements; None where it is the author."""
    ours = [token for token in discourse.doc if token.lower_ in _FIRST and discourse.quoted[token.i] < 0]
    named = _read_signatories(discourse, ours)
    if named is not None or discourse.statements or _is_by_one(discourse):
        return named
    if not any(token.lower_ == "we" for token in ours):
        return _read_repeated(discourse)
    places = sorted({discourse.sentence_of[token.i] for token in ours})
    if len(places) < _SHARE * len(discourse.sentences):
        return None
    if len(places) >= _DENSE:
        return _read_heading(discourse) or _read_institution(discourse, range(_HEAD)) or _read_nameless(ours)
    beside = {place + step for place in places for step in range(-_NEAR, _NEAR + 1)}
    return _read_institution(discourse, beside & set(range(_HEAD)))


def _is_by_one(discourse: Discourse) -> bool:
    return any(
        token.text == "I" and discourse.quoted[token.i] < 0 and token.dep_ != "nummod" for token in discourse.doc
    )


def _read_signatories(discourse: Discourse, ours: list[Token]) -> Voice | None:
    """As in "We, the defence ministers of Estonia and Latvia, call on …": the words up to the first verb."""
    doc = discourse.doc
    for token in ours:
        if token.text in {"We", "WE"} and [each.lower_ for each in doc[token.i + 1 : token.i + 3]] == [",", "the"]:
            end = token.i + 3
            while end < min(len(doc), token.i + _LONGEST) and doc[end].pos_ not in {"VERB", "AUX", "ADV", "SPACE"}:
                end += 1
            while is_edge(doc[end - 1]) or doc[end - 1].lower_ in {"that", "which", "who"}:
                end -= 1
            return Voice(doc[token.i : end].text, token.i, end)
    return None


def _read_heading(discourse: Discourse) -> Voice | None:
    """As in "Joint statement of the ministers of Norway and Denmark", "The leaders of Japan and Korea": a line of its own."""
    for sent in discourse.sentences[:_HEAD]:
        line = [token for token in sent if not token.is_space]
        if len(line) > _LONGEST or any(token.pos_ in {"VERB", "AUX"} and token.dep_ == "ROOT" for token in line):
            continue
        kind = next((n for n, token in enumerate(line[:3]) if token.lower_ in _KINDS), None)
        if kind is not None and len(line) > kind + 2 and line[kind + 1].lower_ in {"of", "by", "from"}:
            return _name_line(discourse, line[kind + 2 :])
        if sent.root.tag_ == "NNS" and sent.root.lemma_.lower() in load_words("speakers", "people"):
            return _name_line(discourse, line)
    return None


def _name_line(discourse: Discourse, line: list[Token]) -> Voice:
    """The actor that a line names, or its words."""
    words = line[1:] if line[0].lower_ == "the" else line
    actor = discourse.actors.get(words[0].i)
    is_one = actor is not None and (actor.start, actor.end) == (words[0].i, words[-1].i + 1)
    start, end = words[0].i, words[-1].i + 1
    return Voice(actor.canonical if actor is not None and is_one else discourse.doc[start:end].text, start, end)


def _read_institution(discourse: Discourse, places: Container[int]) -> Voice | None:
    """As in "The United States condemns the attack. We stand by Iraq.": a body that takes a stand, in one of these sentences."""
    found = (_read_stand(discourse, sent) for place, sent in enumerate(discourse.sentences) if place in places)
    return next((voice for voice in found if voice is not None), None)


def _read_repeated(discourse: Discourse) -> Voice | None:
    """As in "The members of the council welcome … The members of the council urge …": most sentences are one body's stands."""
    if len(discourse.sentences) > _SHORT:
        return None
    voices = [voice for sent in discourse.sentences if (voice := _read_stand(discourse, sent)) is not None]
    is_one = len({voice.name for voice in voices}) == 1
    return voices[0] if is_one and len(voices) >= max(_LEAST_STANDS, 0.5 * len(discourse.sentences)) else None


def _read_stand(discourse: Discourse, sent: Span) -> Voice | None:
    subject = find_child(sent.root, "nsubj") if discourse.quoted[sent.root.i] < 0 else None
    if subject is None or not _takes_stand(discourse, sent.root):
        return None
    voice = find_voice(discourse, subject)
    return voice if _is_somebody(voice) and _is_institution(discourse, subject, voice) else None


def _is_institution(discourse: Discourse, subject: Token, voice: Voice) -> bool:
    if any(child.lower_ in _FIRST for child in subject.children):
        return False  # "our government": whose?
    actor = discourse.actors.get(subject.i)
    if actor is not None:
        return actor.type in _INSTITUTIONS
    is_body = subject.lemma_.lower() in load_words("speakers", "bodies")
    return is_body or any(voice.name == each.canonical for each in discourse.actors.values())


def _takes_stand(discourse: Discourse, verb: Token) -> bool:
    """As in "condemns", "remains committed": done by being written, in the present; or in one breath with "we"."""
    is_past = verb.tag_ in {"VBD", "VBN", "VBG"} or find_child(verb, "aux") is not None
    if not is_past and verb.lemma_.lower() in load_words("speakers", "stands"):
        return True
    return verb.tag_ != "VBD" and _is_in_person(discourse, verb.sent)


def _read_nameless(ours: list[Token]) -> Voice | None:
    """The first "We": in a text of statements whose givers are not named."""
    first = next((token for token in ours if token.lower_ == "we"), None)
    return None if first is None else Voice("We", first.i, first.i + 1)
