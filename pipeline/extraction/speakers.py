"""Who utters a claim: a named entity, somebody described, the author, or nobody that the text names.

"German Defence Minister Boris Pistorius" -> Boris Pistorius; "the UK government" -> United Kingdom; "officials in Brussels"
-> the words themselves; "the minister" and "she" -> whom they stand for; "I", "we" outside quotations -> AUTHOR.
"""

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.extraction.clauses import Voice, noun_phrase
from pipeline.extraction.coreference import Actor, References, resolve_pronoun, resolve_role
from pipeline.extraction.cues import load_words
from pipeline.extraction.quotes import Quote
from pipeline.records import AUTHOR

_TIMES = frozenset({"DATE", "TIME", "MONEY", "QUANTITY", "ORDINAL"})  #: spaCy's own labels for what never speaks
#: types of entities that can say something; a place, weapon or building cannot
_ABLE = frozenset({"PERSON", "STATE", "ORG", "ALLIANCE_BLOC", "DOCUMENT", "MILITARY_UNIT_OP"})


@dataclass(frozen=True, slots=True)
class Discourse:
    """What is known of a whole text before its claims are read."""

    doc: Doc
    actors: dict[int, Actor]  #: by token
    quotes: list[Quote]
    quoted: list[int]  #: for each token the place of its quotation in ``quotes``, or -1
    references: References
    sentences: list[Span]
    sentence_of: list[int]  #: for each token the place of its sentence in ``sentences``
    statements: list[
        tuple[int, Voice]
    ]  #: from which token on the text is somebody's statement: "X said:" and a new paragraph
    signatories: (
        Voice | None
    )  #: who "we" are in the whole text: "We, the ministers of ..."; None where it is the author


def find_narrator(discourse: Discourse, verb: Token) -> Voice:
    """Who says what stands outside quotations: the author, the one whose statement is given, or the signatories as "we"."""
    place = bisect_right(discourse.statements, verb.i, key=lambda statement: statement[0])
    if place:
        return discourse.statements[place - 1][1]
    return discourse.signatories or Voice(AUTHOR)


def find_voice(discourse: Discourse, head: Token | None) -> Voice | None:
    """The speaker a subject (or any noun that stands for one) names; None where there is no such word."""
    if head is None or head.dep_ == "expl":
        return None
    if head.tag_ in {"WP", "WDT"} and head.head.dep_ == "relcl":
        head = head.head.head
    if head.pos_ == "PRON" and head.lower_ in {"i", "we", "he", "she", "it", "they"}:
        return _find_pronoun(discourse, head)
    start, end = noun_phrase(head)
    if end <= start:
        return None
    name = _find_name(discourse, head, Span(discourse.doc, start, end))
    return Voice(name, start, end)


def _find_pronoun(discourse: Discourse, pronoun: Token) -> Voice:
    if pronoun.lower_ in load_words("speakers", "first_person"):
        return find_narrator(discourse, pronoun.head)
    return Voice(resolve_pronoun(discourse.references, pronoun), pronoun.i, pronoun.i + 1)


def _find_name(discourse: Discourse, head: Token, phrase: Span) -> str:
    actors = discourse.actors
    if any(child.dep_ == "conj" and child.i < phrase.end for child in head.children):
        return phrase.text  # "France and Germany": together, not the first of them
    named = _find_person(head, actors) or actors.get(head.i)
    if named is not None and named.type in _ABLE:
        return _name_whole(phrase, named.canonical)
    if head.lemma_.lower() in load_words("speakers", "governments"):
        state = _find_state(discourse, phrase)
        if state is not None:
            return state
    return resolve_role(discourse.references, head, actors) or phrase.text


def _find_person(head: Token, actors: dict[int, Actor]) -> Actor | None:
    """The person in apposition: "Poland's foreign minister, Radosław Sikorski"."""
    for child in head.children:
        if child.dep_ == "appos" and child.i in actors and actors[child.i].type == "PERSON":
            return actors[child.i]
    return None


def _name_whole(phrase: Span, name: str) -> str:
    """All members of a body are the body: "The Members of the Security Council"; "members of the council" are some of them."""
    is_all = phrase.start > 0 and phrase.doc[phrase.start - 1].lower_ == "the"
    return name.split(" of the ", 1)[-1] if is_all and name.lower().startswith("members of the ") else name


def _find_state(discourse: Discourse, phrase: Span) -> str | None:
    found = [discourse.actors[i] for i in range(phrase.start, phrase.end) if i in discourse.actors]
    return found[0].canonical if found and found[0].type == "STATE" else None


def can_speak(discourse: Discourse, head: Token | None) -> bool:
    """Whether a subject names somebody, or a text, that can say something ("the ministry", not "the shift")."""
    if head is None or head.dep_ in {"expl", "csubj", "csubjpass"} or head.ent_type_ in _TIMES:
        return False
    if head.tag_ in {"WP", "WDT"} and head.head.dep_ == "relcl":
        return can_speak(discourse, head.head.head)
    if head.pos_ == "PRON":
        return _can_pronoun_speak(discourse, head)
    actor = discourse.actors.get(head.i)
    if actor is not None:
        return (
            actor.type in _ABLE or actor.type == "PLACE"
        )  # a place that speaks is a seat of power, or a name mistaken for one
    if head.pos_ == "PROPN" or (head.is_title and head.tag_ == "NN" and head.n_lefts == 0):
        return True  # a name that no list knows
    return is_speaker_noun(head) or _find_person(head, discourse.actors) is not None


def _can_pronoun_speak(discourse: Discourse, pronoun: Token) -> bool:
    if pronoun.lower_ == "it":
        return resolve_pronoun(discourse.references, pronoun) is not None
    return pronoun.lower_ in {
        "i",
        "we",
        "he",
        "she",
        "they",
        "who",
        "many",
        "some",
        "others",
        "few",
        "most",
        "everyone",
        "nobody",
    }


def is_speaker_noun(noun: Token) -> bool:
    """Whether the lexicon lists a noun among people, bodies or documents that speak."""
    lemma = noun.lemma_.lower()
    return any(lemma in load_words("speakers", kind) for kind in ("people", "bodies", "documents"))
