"""Claims announced without a reporting verb: by "according to", a noun or an adjective.

"According to British sources, ..."; "in her view, ..."; "X's warning that ..."; "X voiced fears that ..."; "X's pledge to ...";
"X is convinced that ..."; "X is committed to ...".
"""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from pipeline.enumerations import ClaimType
from pipeline.extraction.clauses import SUBJECTS, Draft, Voice, clause_words, find_child, find_subject, tree_range
from pipeline.extraction.coreference import resolve_pronoun
from pipeline.extraction.cues import load_types, load_words
from pipeline.extraction.frames import read_infinitive
from pipeline.extraction.speakers import Discourse, can_speak, find_narrator, find_voice


def find_attributions(discourse: Discourse, sent: Span) -> Iterator[Draft]:
    """The claims of a sentence that a phrase, noun or adjective outside quotations announces."""
    for token in sent:
        if discourse.quoted[token.i] >= 0:
            continue
        draft = _read_according(discourse, token) or _read_view(discourse, token)
        draft = (
            draft or _read_noun(discourse, token) or _read_adjective(discourse, token) or _read_pledge(discourse, token)
        )
        if draft is not None:
            yield draft


def _read_according(discourse: Discourse, token: Token) -> Draft | None:
    to = find_child(token, "prep") if token.lower_ == "according" else None
    source = None if to is None else find_child(to, "pobj")
    voice = find_voice(discourse, source)
    if to is None or voice is None:
        return None
    return _draft_host(token, (token.i, to.i), voice, "according_to")


def _draft_host(phrase: Token, cue: tuple[int, ...], voice: Voice, rule: str) -> Draft | None:
    """The clause a phrase hangs on is what is claimed: all of it when the phrase opens the sentence."""
    host = phrase.head
    while host.pos_ not in {"VERB", "AUX"} and host.head != host:
        host = host.head
    if phrase.i < host.i and phrase.left_edge.i <= phrase.sent.start + 2:
        host = phrase.sent.root
    if host.dep_ == "advcl" and host.i < host.head.i:
        host = host.head  # "If, according to Kyiv, the truce holds, talks will follow": the condition is not the claim
    words = clause_words(host, without=[tree_range(phrase)])
    return Draft(tuple(words), None, rule, voice, cue) if words else None


def _read_view(discourse: Discourse, token: Token) -> Draft | None:
    """As in "In Berlin's view, ...", "in the words of one diplomat, ..."."""
    noun = find_child(token, "pobj") if token.lower_ == "in" and token.dep_ == "prep" else None
    if noun is None or noun.lemma_.lower() not in load_words("phrases", "nouns"):
        return None
    voice = _find_owner(discourse, noun)
    if voice is None or token.head.pos_ not in {"VERB", "AUX"}:
        return None
    cue = (token.i, noun.i) if noun.left_edge.i <= token.i + 2 and find_child(noun, "poss") is None else (noun.i,)
    draft = _draft_host(token, cue, voice, "in_view_of")
    return None if draft is None else replace(draft, type=ClaimType.EVALUATION)


def _find_owner(discourse: Discourse, noun: Token) -> Voice | None:
    """Whose warning it is: "X's warning", "the warning of/by/from/among X"."""
    owner = find_child(noun, "poss")
    if owner is None:
        preps = [
            c
            for c in noun.children
            if c.dep_ in {"prep", "agent"} and c.lower_ in {"of", "by", "from", "among", "within", "inside"}
        ]
        owner = find_child(preps[0], "pobj") if preps else None
    if owner is None:
        return None
    if owner.tag_ == "PRP$" and load_types("nouns").get(noun.lemma_.lower()) is ClaimType.COMMITMENT_PLEDGE:
        return (
            None  # "their pledges to spend more" takes a pledge for granted; "announced its plan to ..." has a carrier
        )
    if owner.tag_ == "PRP$":
        return _find_possessive(discourse, owner)
    return find_voice(discourse, owner) if can_speak(discourse, owner) else None


def _find_possessive(discourse: Discourse, owner: Token) -> Voice | None:
    """As in "in her view": her is whom "she" would be; "in our view" is the writer's."""
    if owner.lower_ in {"my", "our"}:
        return find_narrator(discourse, owner.head)
    return Voice(resolve_pronoun(discourse.references, owner), owner.i, owner.i + 1)


def _read_noun(discourse: Discourse, noun: Token) -> Draft | None:
    """As in "X's warning that Europe must rearm", "X voiced fears that the deal is dead", "X's pledge to send tanks"."""
    lemma = noun.lemma_.lower()
    if noun.pos_ != "NOUN" or lemma not in load_types("nouns"):
        return None
    if any(child.lower_ in {"my", "our"} for child in noun.children):
        return None  # "our threat to act": the writer's side speaks of itself
    words = _read_that(noun) or _read_to(noun, load_types("nouns")[lemma])
    voice = (_find_owner(discourse, noun) or _find_carrier(discourse, noun)) if words else None
    if voice is None or not words:
        return None
    return Draft(tuple(words), load_types("nouns")[lemma], "noun", voice, (noun.i,))


def _read_that(noun: Token) -> list[int]:
    for clause in _clauses_after(noun):
        mark = find_child(clause, "mark")
        if mark is not None and mark.lower_ == "that" and find_child(clause, *SUBJECTS) is not None:
            return clause_words(clause)
    return []


def _clauses_after(noun: Token) -> list[Token]:
    # The parser hangs "a warning to allies that ..." on the verb as often as on the noun.
    own = [c for c in noun.children if c.dep_ in {"acl", "ccomp", "relcl", "appos"}]
    shared = [c for c in noun.head.children if c.dep_ == "ccomp"] if noun.dep_ == "dobj" else []
    copula = (
        [c for c in noun.head.children if c.dep_ == "ccomp"]
        if noun.dep_ == "nsubj" and noun.head.lemma_ == "be"
        else []
    )
    return [clause for clause in own + shared + copula if clause.i > noun.i]


def _read_to(noun: Token, kind: ClaimType | None) -> list[int]:
    """Infinitives and "call for" only for nouns that commit, threaten or ask."""
    if kind in {ClaimType.COMMITMENT_PLEDGE, ClaimType.THREAT_WARNING, ClaimType.REQUEST_DEMAND}:
        for action in noun.children:
            if (
                action.dep_ in {"acl", "relcl", "xcomp"}
                and action.tag_ == "VB"
                and any(c.tag_ == "TO" for c in action.children)
            ):
                return [i for i in tree_range(action) if i not in {c.i for c in action.children if c.tag_ == "TO"}]
    if kind is ClaimType.REQUEST_DEMAND:
        wish = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "for"), None)
        return [] if wish is None else [i for i in tree_range(wish) if i != wish.i]
    return []


def _find_carrier(discourse: Discourse, noun: Token) -> Voice | None:
    """The subject of "issued a warning", "expressed hope", "there is a fear among ...": whoever carries the noun."""
    verb = noun.head
    if noun.dep_ not in {"dobj", "attr"} or verb.lemma_.lower() not in load_words("phrases", "carriers"):
        return None
    subject = find_subject(verb)
    return find_voice(discourse, subject) if can_speak(discourse, subject) else None


def _read_adjective(discourse: Discourse, token: Token) -> Draft | None:
    """As in "Officials are confident that ...", "Paris is committed to sending troops", "Berlin stands ready to ..."."""
    kind = load_types("adjectives").get(token.lower_)
    subject = find_subject(token.head) if token.dep_ in {"acomp", "oprd"} else find_child(token, "nsubjpass")
    if kind is None or subject is None or not can_speak(discourse, subject):
        return None
    words = _read_adjective_content(token, kind)
    voice = find_voice(discourse, subject) if words else None
    is_denied = find_child(token.head, "neg") is not None or find_child(token, "neg") is not None
    return Draft(tuple(words), kind, "adjective", voice, (token.i,), negated=is_denied) if voice is not None else None


def _read_adjective_content(token: Token, kind: ClaimType) -> list[int]:
    if kind is ClaimType.COMMITMENT_PLEDGE:
        aim = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "to"), None)
        return read_infinitive(token) or ([] if aim is None else [i for i in tree_range(aim) if i != aim.i])
    clauses = [c for c in [*token.children, *token.head.children] if c.dep_ == "ccomp" and c.i > token.i]
    return clause_words(clauses[0]) if clauses and find_child(clauses[0], *SUBJECTS) is not None else []


def _read_pledge(discourse: Discourse, noun: Token) -> Draft | None:
    """As in "Twenty-six countries have made formal pledges": the clause itself, where the text does not say what was promised."""
    if noun.dep_ != "dobj" or load_types("nouns").get(noun.lemma_.lower()) is not ClaimType.COMMITMENT_PLEDGE:
        return None
    verb, subject = noun.head, find_subject(noun.head)
    if (
        verb.lemma_.lower() not in {"make", "give", "offer", "issue"}
        or subject is None
        or not can_speak(discourse, subject)
    ):
        return None
    words = range(subject.left_edge.i, noun.right_edge.i + 1)
    return Draft(
        tuple(words), ClaimType.COMMITMENT_PLEDGE, "noun_light", find_voice(discourse, subject), (verb.i, noun.i)
    )
