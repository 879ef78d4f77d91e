"""How a clause is meant: as a forecast, a duty or a judgement; whether it is hedged or negated.

A judgement is found by adding up weights of the evaluative words of a clause. Words of its core (the verb, what it says of the
subject, and the objects) count fully, the rest for a third, since "a historic agreement was signed" reports a signing.
"""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from pipeline.enumerations import ClaimType
from pipeline.extraction.clauses import find_child, tree_range
from pipeline.extraction.cues import load_words

_CORE = frozenset(
    {
        "attr",
        "acomp",
        "dobj",
        "oprd",
        "advmod",
        "amod",
        "prt",
        "dative",
        "neg",
        "ccomp",
        "xcomp",
        "prep",
        "pobj",
        "npadvmod",
        "aux",
    }
)
# "may be wise", "could serve as a model" judge what is; "could sink", "may be signed" say what is to come
_STATES = frozenset(
    {"be", "serve", "have", "mean", "seem", "look", "represent", "explain", "help", "offer", "need", "want", "know"}
)
_COPULAS = frozenset({"be", "remain", "become", "seem", "appear", "stay", "prove", "look", "sound"})


# What one word adds. No single word makes an evaluation (1.0): a judging adjective or noun needs a copula (+.5), a second
# such word, or a verb that judges with it ("gives leverage": .5 + .6); "can" and "only" need two. The values were set so
# that the plain sentences of fact in the tests (marked/facts.txt) stay below 1 and the opinions there reach it.
_ANY = frozenset({"ADJ", "ADV", "VERB", "NOUN", "PROPN", "ADP", "SCONJ", "DET", "PRON", "AUX", "INTJ"})
_WEIGHTS = (
    ("stance", _ANY, 0.8),
    ("adjectives", frozenset({"ADJ", "ADV", "VERB", "PROPN"}), 0.7),
    ("nouns", frozenset({"NOUN"}), 0.6),
    ("ability", frozenset({"AUX"}), 0.5),
    ("degree", _ANY, 0.4),
)


def find_modals(verb: Token) -> set[str]:
    """The modal verbs of a predicate, its own or shared with the conjunct before ("must lead and act")."""
    modals = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"} and child.tag_ == "MD"}
    if (
        not modals
        and verb.dep_ == "conj"
        and verb.tag_ in {"VB", "VBN"}
        and find_child(verb, "nsubj", "nsubjpass") is None
    ):
        return {child.lower_ for child in verb.head.children if child.tag_ == "MD"}
    return modals


def find_force(verb: Token) -> ClaimType | None:
    """Whether a predicate is a recommendation or a prediction by its modal, semi-modal or forecast word; else None."""
    modals = find_modals(verb)
    if modals & load_words("modality", "duty") or _is_duty(verb):
        return ClaimType.RECOMMENDATION
    if modals & load_words("modality", "conditional") and _is_advice(verb):
        return ClaimType.RECOMMENDATION
    if modals & load_words("modality", "future") or _is_forecast(verb):
        return ClaimType.PREDICTION
    if modals & load_words("modality", "conditional") and not _is_perfect(verb):
        return ClaimType.PREDICTION
    if modals & load_words("modality", "possible"):
        return _read_possible(verb, modals)
    return ClaimType.EVALUATION if _is_free(verb) else None


def _read_possible(verb: Token, modals: set[str]) -> ClaimType:
    """Tell predictions ("might lose", "may soon change") from evaluations ("may serve as a model", "may have failed")."""
    adverbs = {child.lower_ for child in verb.children if child.dep_ == "advmod"}
    if _is_perfect(verb):
        return ClaimType.EVALUATION
    stands_still = verb.lemma_.lower() in _STATES and not adverbs & load_words("modality", "future_adverbs")
    return ClaimType.EVALUATION if stands_still and "might" not in modals else ClaimType.PREDICTION


def _is_perfect(verb: Token) -> bool:
    return any(child.lemma_ == "have" and child.dep_ == "aux" for child in verb.children)


def _is_duty(verb: Token) -> bool:
    """As in "needs to act", "has to act" (and not "does not have to"), "it is time to"."""
    if verb.lemma_.lower() not in load_words("modality", "duty_verbs") or find_child(verb, "neg") is not None:
        return False
    return _has_infinitive(verb) and verb.tag_ in {"VBZ", "VBP", "VB", "MD"}


def _is_advice(verb: Token) -> bool:
    """As in "it would be better (wise, a mistake) to wait"."""
    subject = find_child(verb, "nsubj", "expl")
    is_judged = verb.lemma_ == "be" and find_child(verb, "acomp", "attr") is not None
    return is_judged and subject is not None and subject.lower_ == "it" and _find_infinitive(verb) is not None


def _find_infinitive(verb: Token) -> Token | None:
    places = [verb, *(child for child in verb.children if child.dep_ in {"acomp", "attr"})]
    found = (child for place in places for child in place.children if child.tag_ == "VB" and child.i > place.i)
    return next((child for child in found if any(word.tag_ == "TO" for word in child.children)), None)


def _is_free(verb: Token) -> bool:
    """As in "does not have to mean less": what need not be is a judgement."""
    return (
        verb.lemma_.lower() in load_words("modality", "duty_verbs")
        and find_child(verb, "neg") is not None
        and _has_infinitive(verb)
    )


def _has_infinitive(verb: Token) -> bool:
    action = find_child(verb, "xcomp")
    return action is not None and any(child.tag_ == "TO" for child in action.children)


def _is_forecast(verb: Token) -> bool:
    """As in "is expected to", "is likely to", "is going to", "it remains to be seen whether"."""
    if verb.lemma_.lower() == "remain" and any(c.dep_ == "xcomp" and c.lemma_ == "see" for c in verb.children):
        return True
    words = (
        [verb] if find_child(verb, "auxpass") is not None else [c for c in verb.children if c.dep_ in {"acomp", "oprd"}]
    )
    if any(w.lower_ in load_words("modality", "forecast") and find_child(w, "xcomp") is not None for w in words):
        return find_child(verb, "agent") is None and verb.tag_ != "VBD" and not _is_past(verb)
    return verb.lower_ == "going" and find_child(verb, "xcomp") is not None and find_child(verb, "aux") is not None


def _is_past(verb: Token) -> bool:
    return any(
        child.lower_ in {"was", "were", "had", "been"} for child in verb.children if child.dep_ in {"aux", "auxpass"}
    )


def weigh_judgement(verb: Token, words: Iterable[int]) -> float:
    """How much a clause judges: 1 or more makes it an evaluation."""
    doc, core = verb.doc, find_core(verb)
    total = _weigh_verb(verb) + _weigh_copula(verb)
    for i in words:
        if i != verb.i:
            total += _weigh_word(doc[i]) * (1.0 if i in core else 0.34)
    return total


def find_core(verb: Token) -> set[int]:
    """The indices of a verb's predicate: complements and objects with their own modifiers, one preposition deep."""
    core, queue = {verb.i}, [(verb, 0)]
    while queue:
        token, depth = queue.pop()
        for child in token.children:
            if child.dep_ in _CORE and depth < 3 and not (child.dep_ == "ccomp" and depth):
                core.add(child.i)
                queue.append((child, depth + 1))
    return core


def _weigh_verb(verb: Token) -> float:
    lemma = verb.lemma_.lower()
    if lemma in {"seem", "appear"} and not any(c.dep_ in {"xcomp", "acomp", "oprd", "ccomp"} for c in verb.children):
        return 0.0  # "the book appeared in May"
    pairs = {f"{lemma} {child.lower_}" for child in verb.children if child.i > verb.i}
    if (pairs | {lemma}) & load_words("evaluation", "verbs"):
        return 1.0
    return 0.5 if lemma in load_words("evaluation", "light_verbs") else 0.0


def _weigh_copula(verb: Token) -> float:
    """The form of an evaluation: "is", "remains" with a judging noun or adjective, or with a comparison."""
    if verb.lemma_.lower() not in _COPULAS:
        return 0.0
    said = [child for child in verb.children if child.dep_ in {"attr", "acomp", "oprd"}]
    subject = find_child(verb, "nsubj")
    if subject is not None and any(
        _weigh_word(token) for token in [subject, *_of_object(subject)] if token.pos_ == "NOUN"
    ):
        return 0.8  # "the point is to ...", "one of its advantages is that ..."
    return 0.5 if any(_weigh_word(word) for token in said for word in [token, *token.lefts]) else 0.0


def _of_object(noun: Token) -> list[Token]:
    """As in "advantages" in "one of the advantages"."""
    if noun.tag_ not in {"CD", "DT"}:
        return []
    preps = (child for child in noun.children if child.dep_ == "prep" and child.lower_ == "of")
    return [child for prep in preps for child in prep.children if child.dep_ == "pobj"]


def _weigh_word(token: Token) -> float:
    if token.tag_ in {"JJR", "JJS", "RBR", "RBS"} and token.lower_ not in {"earlier", "later", "latest"}:
        return _weigh_comparison(token)
    if token.lower_ == "too" and token.dep_ == "advmod" and token.head.pos_ in {"ADJ", "ADV"}:
        return 0.6  # "too small" judges, "France, too" does not
    if token.pos_ == "NOUN" and any(child.dep_ == "nummod" for child in token.children):
        return 0.0  # "has two pillars" counts
    found = (weight for words, parts, weight in _WEIGHTS if token.pos_ in parts and _is_listed(token, words))
    return next(found, 0.0)


def _is_listed(token: Token, name: str) -> bool:
    if name == "ability":
        return token.lower_ in load_words("modality", name)
    return (token.lemma_.lower() if name == "nouns" else token.lower_) in load_words("evaluation", name)


def _weigh_comparison(token: Token) -> float:
    """How much a comparison judges: "stronger than before" does, "a larger fleet" may, "more than 4 million" does not."""
    if token.dep_ in {"quantmod", "amod", "advmod"} and token.head.like_num:
        return 0.0
    than = next((child for child in [*token.children, *token.head.children] if child.lower_ == "than"), None)
    if than is None:
        return 0.6
    is_count = any(
        token.doc[i].like_num or token.doc[i].is_currency for i in range(than.i, min(than.i + 4, len(token.doc)))
    )
    return 0.0 if is_count else 1.0


def is_description(verb: Token) -> bool:
    """As in "it is a list of meetings", "the Act is long dead": says in the present what something is, without a count.

    Counter-examples: "the brigade was at full strength", "the sum is €3bn".
    """
    if verb.lemma_.lower() not in _COPULAS or verb.tag_ not in {"VBZ", "VBP"}:
        return False
    said = [child for child in verb.children if child.dep_ in {"attr", "acomp"}]
    return bool(said) and not any(token.like_num for child in said for token in child.subtree)


def find_type(verb: Token, words: Iterable[int]) -> ClaimType | None:
    """The type a clause has by its own form, or None for a plain statement of fact."""
    force = find_force(verb)
    if force is not None:
        return force
    return ClaimType.EVALUATION if weigh_judgement(verb, words) >= 1.0 else None


def is_hedged(doc: Doc, words: Iterable[int]) -> bool:
    """Whether anything in a clause weakens it: "may", "perhaps", "if", "in principle"."""
    marks = load_words("modality", "hedges") | load_words("modality", "conditions")
    tokens = [doc[i] for i in words]
    if any(token.lemma_.lower() in marks and not _is_other_word(token) for token in tokens):
        return True
    text = f" {' '.join(token.lower_ for token in tokens)} "
    return any(f" {phrase} " in text for phrase in load_words("modality", "hedge_phrases"))


def _is_other_word(token: Token) -> bool:
    """Tell "May" the month from the modal, and "should" as a duty from "should it fail"."""
    return token.pos_ in {"PROPN", "NOUN"} or (token.lower_ == "should" and token.dep_ == "aux" and not token.is_title)


def is_negated(verb: Token) -> bool:
    """Whether a predicate is denied: "does not", "no state has", "neither ... nor"."""
    negations = load_words("modality", "negations")
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in negations:
            return True
        if child.dep_ in {"nsubj", "nsubjpass"} and any(verb.doc[i].lower_ in negations for i in _determiners(child)):
            return True
    return False


def _determiners(noun: Token) -> list[int]:
    return [
        child.i
        for child in noun.children
        if child.dep_ in {"det", "preconj", "neg", "cc"} and child.i in tree_range(noun)
    ] + [noun.i]
