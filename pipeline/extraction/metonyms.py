"""Capitals and palaces: the place, or the government that sits there? Decided mention by mention from its syntax.

* government: the subject of a verb ("Kyiv agreed"), a possessor ("Kyiv's armed forces"), and behind prepositions of dealing
  ("with Washington", "between Paris and London", "from Moscow")
* place: behind prepositions of place ("headquarters in Paris", "rotate to London"), before a noun ("the Paris summit",
  "the London headquarters"), in a dateline
"""

from spacy.tokens import Span, Token

MAX_CONJUNCTS = 30  #: a longer list of places is no clause about governments
_PLACE_PREPOSITIONS = {
    "in",
    "at",
    "near",
    "outside",
    "around",
    "into",
    "across",
    "via",
    "through",
    "inside",
    "throughout",
    "onto",
}
_MOTION = {
    "go", "move", "rotate", "travel", "fly", "visit", "return", "arrive", "relocate", "head", "drive", "march",
    "come", "flee", "trip", "journey", "route", "road", "ferry", "train", "flight",
}  # fmt: skip
_PLACE_NOUNS = {
    "street",
    "airport",
    "suburb",
    "outskirts",
    "mayor",
    "metro",
    "streets",
    "university",
    "hotel",
    "district",
    "centre",
    "center",
}


def means_government(span: Span) -> bool:
    """Whether a seat's name stands for the government there."""
    root = span.root
    for _ in range(MAX_CONJUNCTS):
        if root.dep_ != "conj" or root.head.i == root.i:
            break
        root = root.head
    dep, head = root.dep_, root.head
    if dep in {"nsubj", "nsubjpass", "agent", "dative"}:
        return head.pos_ in {"VERB", "AUX"}
    if dep == "poss":
        return head.lemma_.lower() not in _PLACE_NOUNS
    if dep == "pobj":
        return _preposition_means_government(head)
    return dep == "dobj" and head.lemma_ in {
        "urge",
        "ask",
        "tell",
        "press",
        "call",
        "warn",
        "push",
        "persuade",
        "blame",
        "accuse",
        "thank",
    }


def _preposition_means_government(preposition: Token) -> bool:
    word, governor = preposition.lower_, preposition.head
    if word in _PLACE_PREPOSITIONS:
        return False
    if word in {"to", "from", "of", "for"} and governor.lemma_.lower() in _MOTION:
        return False
    # "the mayor of Paris", "north of Kyiv": "of" names the place unless the noun is one a government has.
    return word not in {"of", "on", "over", "under", "above", "toward", "towards", "north", "south", "east", "west"}
