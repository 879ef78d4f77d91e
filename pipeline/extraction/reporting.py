"""Claims announced by a verb: "officials fear that ...", "Paris pledged to ...", "Russia is said to ...".

The constructions are in :mod:`pipeline.extraction.frames`, the verbs in ``models/lexicon/claims.toml``.
"""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from pipeline.enumerations import ClaimType
from pipeline.extraction.clauses import Draft, Voice, find_child, find_subject, tree_range
from pipeline.extraction.cues import VerbCue, find_verb_cues, load_words
from pipeline.extraction.frames import FRAMES, read_preposition
from pipeline.extraction.modality import find_modals
from pipeline.extraction.speakers import Discourse, can_speak, find_voice
from pipeline.records import AUTHOR

_EMPTY = frozenset({"this", "that", "these", "those", "which", "it"})  #: subjects that name nobody by themselves


def find_reports(discourse: Discourse, sent: Span) -> Iterator[Draft]:
    """The claims of a sentence that a verb outside quotations announces."""
    for token in sent:
        if discourse.quoted[token.i] < 0 and not _is_unreal(token):
            draft = _read_passive(discourse, token) or _read_active(discourse, token)
            if draft is not None:
                yield draft


def _is_unreal(verb: Token) -> bool:
    """Whether the speaking itself is put as a condition or command: "if Berlin says that", "to say that"."""
    mark = find_child(verb, "mark")
    if mark is not None and mark.lower_ in {"if", "unless", "whether"}:
        return True
    return any(child.tag_ == "TO" for child in verb.children)


def _read_active(discourse: Discourse, verb: Token) -> Draft | None:
    if _is_passive(verb) or _leads_to_quote(discourse, verb) or find_modals(verb) & load_words("modality", "duty"):
        return None  # "the alliance must guarantee that ..." asks for a guarantee, it gives none
    subject = find_subject(verb)
    for cue_words, cue in find_verb_cues(verb):
        if subject is None or not _may_speak(discourse, subject, cue) or _is_imagined(verb, cue):
            continue
        words, frame = _read_frames(verb, cue, cue_words)
        if words:
            return _draft(discourse, verb, (cue_words, cue, frame), words, find_voice(discourse, subject))
    return None


def _is_passive(verb: Token) -> bool:
    """As in "was told", and "countries committed to ..." where the participle has no auxiliary of its own."""
    is_bare = verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl", "relcl"} and find_child(verb, "aux") is None
    return is_bare or find_child(verb, "auxpass") is not None


def _leads_to_quote(discourse: Discourse, verb: Token) -> bool:
    """Whether a comma or colon and a quotation follow: what is said is then the quotation (found from its marks)."""
    doc = discourse.doc
    after = verb.i + 1
    return after + 2 < len(doc) and doc[after].text in {",", ":"} and discourse.quoted[after + 2] >= 0


def _is_imagined(verb: Token, cue: VerbCue) -> bool:
    """As in "others would ask for the same": nobody has asked yet; "many would say that ..." still gives an opinion."""
    return cue.type in {ClaimType.REQUEST_DEMAND, ClaimType.COMMITMENT_PLEDGE} and bool(find_modals(verb))


def _may_speak(discourse: Discourse, subject: Token, cue: VerbCue) -> bool:
    if cue.speaker == "study":
        return subject.lemma_.lower() in load_words("speakers", "studies")
    if cue.speaker == "able":
        return can_speak(discourse, subject)
    is_empty = subject.dep_ in {"csubj", "expl"} or subject.lower_ in _EMPTY
    return not is_empty or can_speak(discourse, subject)


def _read_frames(verb: Token, cue: VerbCue, cue_words: tuple[int, ...]) -> tuple[list[int], str]:
    for frame in cue.frames:
        if frame == "preposition":
            words = read_preposition(verb, cue.prepositions)
        else:
            words = FRAMES[frame](verb) if frame in FRAMES else []
        words = [i for i in words if i not in cue_words]
        if words:
            return words, frame
    return [], ""


def _draft(
    discourse: Discourse,
    verb: Token,
    found: tuple[tuple[int, ...], VerbCue, str],
    words: list[int],
    voice: Voice | None,
) -> Draft | None:
    cue_words, cue, frame = found
    if voice is None:
        return None
    is_denied = find_child(verb, "neg") is not None
    if is_denied and cue.type not in {ClaimType.EVALUATION, ClaimType.PREDICTION}:
        return None  # "did not say that" reports no claim; "does not believe that" reports its opposite
    if frame == "preposition":
        cue_words = (
            *cue_words,
            *(c.i for c in verb.children if c.dep_ == "prep" and c.lower_ in cue.prepositions and c.i not in cue_words),
        )[:2]
    if voice.start is not None and voice.end is not None:
        words = [i for i in words if not voice.start <= i < voice.end]
    return Draft(
        words=tuple(i for i in words if i not in cue_words),
        type=_own_words(discourse, verb, voice, frame) or cue.type,
        rule=f"verb_{frame}",
        voice=voice,
        cue=tuple(sorted(cue_words)),
        negated=is_denied or cue.is_negated,
    )


def _own_words(discourse: Discourse, verb: Token, voice: Voice, frame: str) -> ClaimType | None:
    """As in "The coalition announced that it would support Kyiv": a promise, since the speaker is the one who will act."""
    if frame != "clause" or voice.name == AUTHOR:
        return None
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    subject = None if clause is None else find_child(clause, "nsubj")
    if clause is None or subject is None or not _is_volition(clause):
        return None
    actor = discourse.actors.get(subject.i)
    is_same = _may_be_same(discourse, subject, voice) or (actor is not None and actor.canonical == voice.name)
    return ClaimType.COMMITMENT_PLEDGE if is_same else None


def _may_be_same(discourse: Discourse, subject: Token, voice: Voice) -> bool:
    """Whether the pronoun in a content can be the speaker: "the ministry said it would", not "supporters say it will"."""
    last = discourse.doc[voice.end - 1] if voice.end is not None else subject
    is_plural = last.tag_ in {"NNS", "NNPS"} or last.lower_ == "they"
    return subject.lower_ in ({"they", "we"} if is_plural else {"it", "they", "he", "she", "we", "i"})


def _is_volition(clause: Token) -> bool:
    modals = load_words("modality", "future") | load_words("modality", "conditional")
    is_active = (
        clause.lemma_.lower() not in {"be", "become", "remain", "have", "need"}
        and find_child(clause, "auxpass") is None
    )
    return is_active and any(child.lower_ in modals for child in clause.children if child.dep_ == "aux")


def _read_passive(discourse: Discourse, verb: Token) -> Draft | None:
    """As in "Russia is said to plan ...", "it is believed that ...", "NATO is seen by many as ...": the agent, or nobody."""
    if find_child(verb, "auxpass") is None or verb.lemma_.lower() not in load_words("phrases", "unsaid"):
        return None
    if find_modals(verb) or find_child(verb, "neg") is not None:
        return None  # "it can be regarded as a blueprint" is what the writer thinks
    agent = find_child(verb, "agent")
    subject, clause = find_child(verb, "nsubjpass", "nsubj"), find_child(verb, "ccomp", "xcomp", "oprd")
    clause = clause or next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "as"), None)
    if clause is None or subject is None or clause.i < verb.i or subject.tag_ in {"WDT", "WP"}:
        return None
    words = [i for i in tree_range(clause) if i not in _leading(clause)]
    if subject.lower_ != "it" and clause.dep_ != "ccomp":
        words = [*tree_range(subject), *words]
    return Draft(
        words=tuple(i for i in words if agent is None or i not in tree_range(agent)),
        type=_passive_type(verb, clause),
        rule="verb_passive",
        voice=None if agent is None else find_voice(discourse, find_child(agent, "pobj")),
        cue=(verb.i,),
    )


def _passive_type(verb: Token, clause: Token) -> ClaimType | None:
    """An evaluation in "is seen as", a request in "was told to", else what the content is."""
    if clause.dep_ in {"prep", "oprd"}:
        return ClaimType.EVALUATION
    is_request = clause.dep_ == "xcomp" and verb.lemma_.lower() in {"urge", "ask", "tell"}
    return ClaimType.REQUEST_DEMAND if is_request else None


def _leading(clause: Token) -> set[int]:
    """The positions of "that" or "to" at the head of a clause."""
    return {child.i for child in clause.children if child.dep_ == "mark" or child.tag_ == "TO"}
