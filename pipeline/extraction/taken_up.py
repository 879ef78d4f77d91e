"""Agreements taken up again without a name or noun: by "it", or by nothing at all after a verb that cannot do without one.

* object: "The Arden Treaty is ten years old. Chile denounced it in May."
* subject of a passive: "It was signed by Norway and Chile"; of "is": "It is a memorandum between Norway and Chile"
* left unsaid: "Chile and Peru did not join", "only Norway has yet to ratify"

What is meant was spoken of last: earlier in the sentence, or in the one before, there by its subject rather than by another
word. Counter-examples: "Norway bought it" (no verb for agreements), "Chile joined the talks" (says what), "Norway said it
would sign" ("it" is Norway), a sentence with no agreement before it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Doc, Token

import models
from pipeline.extraction.mention import PRONOUN, UNSAID, AgreementMention
from pipeline.extraction.verbs import meaning_of, subjects_of

_SUBJECTS = {"nsubj", "nsubjpass"}
_SAYING_WHAT = {"dobj", "ccomp", "xcomp", "attr", "oprd", "pcomp", "dative"}


def find_taken_up(doc: Doc, mentions: Sequence[AgreementMention]) -> list[tuple[AgreementMention, AgreementMention]]:
    """Each place that takes up an agreement, as a mention, with the earlier mention that says which.

    Args:
        doc: the text.
        mentions: all others, in order.
    """
    roots = sorted((mention.root, number) for number, mention in enumerate(mentions))
    taken = {i for mention in mentions for i in range(mention.start, mention.end)}
    found = []
    for token, rule in _find_places(doc):
        meant = _find_meant(doc, token, roots, mentions) if token.i not in taken else None
        if meant is not None:
            place = AgreementMention(
                token.i, token.i + 1, token.i, meant.kind, None, None, rule, definite=True, rich=False
            )
            found.append((place, meant))
    return found


def _find_places(doc: Doc) -> Iterator[tuple[Token, str]]:
    words = _lexicon()
    for token in doc:
        if token.lower_ == "it" and _is_object_of_agreeing(token, words):
            yield token, PRONOUN
        elif token.pos_ == "VERB" and _leaves_it_unsaid(token, words):
            yield token, UNSAID


def _is_object_of_agreeing(pronoun: Token, words: dict[str, frozenset[str]]) -> bool:
    head = pronoun.head
    if pronoun.dep_ == "nsubj" and head.lemma_ == "be":
        return any(child.dep_ == "attr" and child.lemma_.lower() in words["papers"] for child in head.rights)
    while head.pos_ == "ADP" and head.head.i != head.i:
        head = head.head  # "walked out of it", "acceded to it"
    return pronoun.dep_ in {"dobj", "nsubjpass", "pobj"} and meaning_of(head) in words["objects"]


def _leaves_it_unsaid(verb: Token, words: dict[str, frozenset[str]]) -> bool:
    """Whether a verb of joining stands without what is joined, said of a subject of its own."""
    if meaning_of(verb) not in words["unsaid"] or verb.dep_ in {"amod", "acl", "relcl"}:
        return False
    if any(child.dep_ in {*_SAYING_WHAT, "auxpass", "nsubjpass"} for child in verb.children):
        return False
    behind = {child.lower_ for child in verb.rights if child.dep_ in {"prep", "agent", "prt"}}
    return not behind & words["behind"] and bool(subjects_of(verb))


def _find_meant(
    doc: Doc, token: Token, roots: Sequence[tuple[int, int]], mentions: Sequence[AgreementMention]
) -> AgreementMention | None:
    """The mention last before a place in its sentence, else the subject of the sentence before, else its last mention."""
    sentence = token.sent
    before = _between(roots, sentence.start, token.i)
    if before:
        return mentions[before[-1][1]]
    if sentence.start == 0:
        return None
    earlier = doc[sentence.start - 1].sent
    known = _between(roots, earlier.start, earlier.end)
    subject = next((number for root, number in known if doc[root].dep_ in _SUBJECTS), None)
    return mentions[known[-1][1] if subject is None else subject] if known else None


def _between(roots: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    return roots[bisect_left(roots, (start, -1)) : bisect_left(roots, (end, -1))]


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in models.load_lexicon("parties")["taken_up"].items()}
