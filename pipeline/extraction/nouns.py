"""Mentions of agreements by a noun of the lexicon.

"a permanent headquarters in Paris" has beside its noun what the lexicon asks; "the committee" has not and is loose: a row only
where something happens to it. Counter-examples: "any deal", "whose protocols", "treaty law", "it is a treaty".
"""

from dataclasses import replace
from itertools import islice

from spacy.tokens import Token

from pipeline.enumerations import AgreementKind
from pipeline.extraction.actors import Actors
from pipeline.extraction.mention import AgreementMention
from pipeline.extraction.phrases import MAX_PHRASE, phrase_of
from pipeline.extraction.triggers import find_trigger, generic_words, has_needed, may_be_trigger, vague_words

INTRODUCING = {"called", "named", "known", "titled", "dubbed", "codenamed"}


def find_noun_mentions(token: Token, actors: Actors, named: set[int]) -> list[AgreementMention]:
    """The mention around a noun; two where an accession is to two blocs ("NATO or EU membership")."""
    if not may_be_trigger(token) or _is_no_mention(token, named):
        return []
    phrase = phrase_of(token)
    trigger = find_trigger(token, phrase)
    if trigger is None:
        return []
    mention = make_noun_mention(token, phrase, trigger.kind, actors)
    mention = replace(mention, loose=not has_needed(trigger, token, phrase))
    blocs = [actor.key for actor in actors.within(phrase) if not actor.is_state]
    if trigger.kind is not AgreementKind.ACCESSION or not blocs:
        return [mention]
    return [replace(mention, bloc=bloc) for bloc in dict.fromkeys(blocs)]


def make_noun_mention(token: Token, phrase: list[Token], kind: AgreementKind, actors: Actors) -> AgreementMention:
    """The mention that a noun heads: its phrase without what only hangs on it, and what the phrase says at sight.

    Args:
        token: the noun.
        phrase: by :func:`pipeline.extraction.phrases.phrase_of`.
        kind: what sort of agreement it stands for.
        actors: of the Doc.
    """
    phrase = _of_one_line(phrase, token)
    while phrase[0].i < token.i and phrase[0].pos_ in {"ADV", "CCONJ", "PUNCT"}:
        phrase = phrase[1:]
    while phrase[-1].i > token.i and _trails(phrase[-1]):
        phrase = phrase[:-1]
    determiner = phrase[0].lower_ if phrase[0].i < token.i else ""
    start = phrase[0].i + (determiner in {"the", "a", "an", "this", "that", "its", "their"})
    modifiers = [child for child in token.lefts if child.dep_ in {"amod", "compound", "poss", "nummod"}]
    rich = bool(actors.within(phrase)) or (len(modifiers) > 0 and determiner not in {"this", "that"})
    rich = rich or (determiner == "the" and _is_told_apart(token))
    definite = determiner in {"the", "this", "that", "its", "their"}
    span = (start, phrase[-1].i + 1, token.i)
    mention = AgreementMention(*span, kind, None, None, "noun", definite=definite, rich=rich)
    is_bare = token.tag_ == "NNS" and not any(child.dep_ in {"det", "poss"} for child in token.lefts)
    return replace(mention, indefinite=determiner in {"a", "an"} or is_bare)


def _is_told_apart(noun: Token) -> bool:
    """Whether a clause or a date behind a noun says which one is meant: "the treaty that regulates schools", "of 1953"."""
    for child in noun.rights:
        if child.dep_ in {"relcl", "acl"} and child.i - noun.i < 3:
            return True
        if child.dep_ == "prep" and any(
            inner.dep_ in {"pobj", "pcomp"} and inner.pos_ != "PRON" for inner in child.rights
        ):
            return True
    return False


def says_which(noun: Token) -> bool:
    """Whether a noun has words that tell its agreement from others: "the recovery fund", "a treaty on basic relations".

    Counter-examples: "a treaty", "a new agreement".
    """
    before = [child for child in noun.lefts if child.dep_ in {"amod", "compound", "poss", "nummod"}]
    return any(child.lower_ not in vague_words() for child in before) or _is_told_apart(noun)


def is_dated(noun: Token) -> bool:
    """Whether a noun bears the date of what it stands for: "the statement of November 2020", "the framework of 2023"."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
            return any(inner.ent_type_ == "DATE" for inner in child.rights)
    return False


def _trails(token: Token) -> bool:
    """What ends a phrase without belonging to it: a comma, an adverb, a date with its "on" ("the accord | on Tuesday")."""
    dated = token.dep_ == "prep" and token.i + 1 < len(token.doc) and token.nbor(1).ent_type_ in {"DATE", "TIME"}
    return token.text in {",", ";", "—"} or token.pos_ == "ADV" or token.ent_type_ in {"DATE", "TIME"} or dated


def _of_one_line(phrase: list[Token], root: Token) -> list[Token]:
    """The tokens without those beyond a line break; parsers hang the next heading on the noun before it."""
    breaks = [token.i for token in phrase if "\n" in token.text]
    first = max((i for i in breaks if i < root.i), default=-1)
    last = min((i for i in breaks if i > root.i), default=len(root.doc))
    return [token for token in phrase if first < token.i < last]


def _is_no_mention(token: Token, named: set[int]) -> bool:
    """Nouns that stand for no agreement of their own.

    "any deal" (generic), "whose protocols" (relative), "it is a treaty" (said of another), "treaty law" (before a noun), "an
    agreement called the X Treaty", "the X, a treaty of 1990" (another's apposition), a HEADLINE.
    """
    if token.dep_ == "compound" and token.head.pos_ in {"NOUN", "PROPN"}:
        return True
    generic = {"det", "amod", "predet", "poss", "nummod"}
    lefts = [child for child in token.lefts if child.dep_ in generic]
    if any(child.lower_ in generic_words() or child.tag_ in {"WDT", "WP$", "WP"} for child in lefts):
        return True
    if any(child.i in named for child in token.children if child.dep_ in {"compound", "appos"}):
        return True
    if token.dep_ == "appos" and token.head.i in named:
        return True
    return _is_predicate(token) or _is_headline(token) or _leads_to(token, named)


def _is_predicate(token: Token) -> bool:
    """As in "the initiative was the only signed agreement": said of the subject; "there is a deal" is none."""
    return token.dep_ == "attr" and not any(child.dep_ == "expl" for child in token.head.lefts)


def _is_headline(token: Token) -> bool:
    return len(token) > 3 and token.text.isupper() and any(t.text.isupper() and len(t) > 3 for t in token.lefts)


def _leads_to(token: Token, named: set[int]) -> bool:
    """Whether a noun only introduces a named agreement: "an agreement called the X Treaty", "a letter on the X"."""
    for child in token.children:
        if child.dep_ in {"acl", "relcl"} and child.lower_ in INTRODUCING:
            return any(inner.i in named for inner in islice(child.subtree, MAX_PHRASE))
        if child.dep_ == "prep" and (child.lower_ == "on" or token.lemma_ == "membership"):
            return any(inner.i in named for inner in child.children)
    return False
