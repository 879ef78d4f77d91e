"""Where a reporting verb keeps what is reported: one function for each construction that the lexicon names.

Each takes the verb and returns the words of the content (without "that", speaker or cue), or an empty list.
"""

from collections.abc import Callable

from spacy.tokens import Token

from pipeline.extraction.clauses import SUBJECTS, clause_words, find_child, find_reporter, tree_range
from pipeline.extraction.cues import find_verb_cues

_QUESTIONS = frozenset({"whether", "how", "why", "when", "where", "who", "which", "if"})


def read_clause(verb: Token) -> list[int]:
    """The clause that is reported: "X said (that) the pact will hold", "The pact, X said, will hold", "As X noted, it held"."""
    clauses = [child for child in verb.children if child.dep_ == "ccomp" and _is_statement(child, verb)]
    after = [clause for clause in clauses if clause.i > verb.i]
    if after or clauses:
        clause = (after or clauses)[0]
        words = clause_words(clause, without=_other_reports(clause, verb))
        subject = _stray_subject(clause, verb)
        return words if subject is None else [*range(subject.left_edge.i, words[0]), *words]
    if _is_aside(verb):
        return clause_words(_host(verb), without=[tree_range(verb)])
    return []


def _is_statement(clause: Token, verb: Token) -> bool:
    """Whether a complement is a clause with a subject that says something, not a question and not a neighbour sentence."""
    if find_child(clause, *SUBJECTS) is None and _stray_subject(clause, verb) is None:
        return False
    between = clause.doc[min(clause.i, verb.i) : max(clause.i, verb.i)]
    if any(token.text == ";" for token in between):
        return False
    if clause.i < verb.i and not _may_precede(clause, verb):
        return False
    first = clause.doc[clause.left_edge.i]
    return first.lower_ not in _QUESTIONS or clause.i < verb.i


def _may_precede(clause: Token, verb: Token) -> bool:
    """Whether a clause before the verb is what it reports, and not a neighbour that the parser hung on it.

    "A is weak, and B said nothing" (an object of its own), "a term on which they differ (Kyiv said 120 days)" (a relative
    clause, a bracket).
    """
    between = clause.doc[clause.i : verb.i]
    is_relative = any(token.tag_ in {"WDT", "WP"} for token in clause.doc[clause.left_edge.i : clause.left_edge.i + 2])
    return find_child(verb, "dobj") is None and not is_relative and all(token.text != "(" for token in between)


def _stray_subject(clause: Token, verb: Token) -> Token | None:
    """Ukraine in "insisted Ukraine should have a seat": the parser may take the subject for an object of "insisted"."""
    stray = find_child(verb, "dobj")
    has_modal = any(child.tag_ == "MD" for child in clause.children)
    is_near = stray is not None and verb.i < stray.i < clause.i and clause.left_edge.i == stray.right_edge.i + 1
    return stray if is_near and has_modal and find_child(clause, *SUBJECTS) is None else None


def _other_reports(clause: Token, verb: Token) -> list[range]:
    """What hangs below a content and is not part of it: the reporting clause itself, and other people's reports.

    "Critics argue the fund is too small, while supporters say it will grow": two claims.
    """
    parts = [tree_range(verb)] if verb.i in tree_range(clause) else []
    stop = next((i for i in tree_range(clause) if i > clause.i > verb.i and clause.doc[i].text == ";"), None)
    if stop is not None:
        parts.append(
            range(stop, clause.right_edge.i + 1)
        )  # what follows a semicolon is no longer in the speaker's mouth
    for child in clause.children:
        mark = find_child(child, "mark", "advmod")
        is_contrast = (
            child.dep_ == "advcl" and mark is not None and mark.lower_ in {"while", "whereas", "although", "but"}
        )
        if (is_contrast and find_verb_cues(child)) or find_reporter(child) is not None:
            parts.append(range(child.left_edge.i if is_contrast else _before(child), child.right_edge.i + 1))
    return parts


def _before(conjunct: Token) -> int:
    """Where the "and" stands that joins a conjunct."""
    marks = [child.i for child in conjunct.head.children if child.dep_ == "cc" and child.i < conjunct.i]
    return max(marks, default=conjunct.left_edge.i)


def _is_aside(verb: Token) -> bool:
    """Whether the verb's clause is put into or behind another one: "..., officials say, ..."; "as X put it"."""
    subject = find_child(verb, "nsubj")
    if subject is None or verb.head == verb or verb.head.pos_ not in {"VERB", "AUX"}:
        return False
    if verb.dep_ == "parataxis":
        return True
    mark = find_child(verb, "mark", "advmod")
    return verb.dep_ == "advcl" and mark is not None and mark.lower_ == "as" and mark.i < verb.i


def _host(verb: Token) -> Token:
    return verb.head


def read_infinitive(verb: Token) -> list[int]:
    """What the speaker will do: "X pledged to send tanks" -> send tanks."""
    action = find_child(verb, "xcomp", "advcl", "ccomp")
    if action is None or action.i < verb.i or not _has_to(action) or find_child(action, *SUBJECTS) is not None:
        return []
    # "not to attack" stays whole: without "to" it would fall apart.
    first = action.doc[action.left_edge.i]
    return [i for i in tree_range(action) if i != first.i or first.tag_ != "TO"]


def _has_to(action: Token) -> bool:
    return any(child.tag_ == "TO" for child in action.children) and action.tag_ == "VB"


def read_object_infinitive(verb: Token) -> list[int]:
    """What somebody else is to do: "X urged (called on, called for, expects) Berlin to send tanks" -> Berlin to send tanks."""
    action = next(
        (
            c
            for c in _below(verb)
            if c.dep_ in {"xcomp", "ccomp", "advcl", "acl", "pcomp"} and c.i > verb.i and _has_to(c)
        ),
        None,
    )
    if action is None:
        return []
    asked = find_child(action, "nsubj") or find_child(verb, "dobj", "dative") or _object_of_preposition(verb, action)
    if asked is None or not verb.i < asked.i < action.i:
        return []
    return list(range(asked.left_edge.i, action.right_edge.i + 1))


def _below(verb: Token) -> list[Token]:
    """Children, and what hangs on the verb's prepositions and their objects (where the parser often puts the infinitive)."""
    nodes = list(verb.children)
    for child in verb.children:
        if child.dep_ in {"prep", "dobj", "dative"} and child.i > verb.i:
            nodes += list(child.children)
            nodes += [below for pobj in child.children if pobj.dep_ == "pobj" for below in pobj.children]
    return nodes


def _object_of_preposition(verb: Token, action: Token) -> Token | None:
    for prep in verb.children:
        if prep.dep_ == "prep" and verb.i < prep.i < action.i:
            return find_child(prep, "pobj")
    return None


def read_object(verb: Token) -> list[int]:
    """The thing itself: "X pledged two billion euros" -> two billion euros."""
    goal = find_child(verb, "dobj")
    return [] if goal is None or goal.i < verb.i or goal.pos_ == "PRON" else list(tree_range(goal))


def read_gerund(verb: Token) -> list[int]:
    """The clause in -ing: "X ruled out sending troops", "X proposed creating a fund"."""
    action = next(
        (c for c in verb.children if c.dep_ in {"xcomp", "pcomp", "ccomp", "advcl"} and c.tag_ == "VBG"), None
    )
    if action is None or not 0 < action.left_edge.i - verb.i < 3:
        return []
    return list(tree_range(action))


def read_as(verb: Token) -> list[int]:
    """What something is taken for: "X sees NATO as a threat" -> NATO as a threat."""
    seen = find_child(verb, "dobj")
    if seen is None or seen.i < verb.i:
        return []
    after = [c for c in [*verb.children, *seen.children] if c.i > seen.i]
    # "as one-sided" is a prepositional phrase or, to the parser, a clause marked by "as"
    roles = [c for c in after if c.doc[c.left_edge.i].lower_ == "as" and c.dep_ in {"prep", "advcl"}]
    return list(range(seen.left_edge.i, roles[0].right_edge.i + 1)) if roles else []


def read_complement(verb: Token) -> list[int]:
    """What something is called: "X called the plan a mistake", "X considers Moscow to be hostile" -> from the object on."""
    small = find_child(verb, "ccomp")
    if small is not None and small.i > verb.i and small.tag_ != "VBG" and find_child(small, "nsubj") is not None:
        return list(tree_range(small)) if small.doc[small.left_edge.i].lower_ not in _QUESTIONS else []
    said = find_child(verb, "oprd")
    seen = find_child(verb, "dobj") or said
    if said is None or seen is None or seen.i < verb.i:
        return []
    return list(range(seen.left_edge.i, said.right_edge.i + 1))


def read_accusation(verb: Token) -> list[int]:
    """Who is blamed for what: "X accused Moscow of breaking the truce", "X blamed Berlin for it" -> from the accused on."""
    accused = find_child(verb, "dobj")
    if accused is None or accused.i < verb.i:
        return []
    preps = [
        c
        for c in [*verb.children, *accused.children]
        if c.dep_ == "prep" and c.lower_ in {"of", "for"} and c.i > accused.i
    ]
    return list(range(accused.left_edge.i, preps[0].right_edge.i + 1)) if preps else []


def read_judgement(verb: Token) -> list[int]:
    """What is praised or blamed, and why: "X hailed the pact as historic", "X praised Oslo for its patience"."""
    return read_as(verb) or read_accusation(verb)


FRAMES: dict[str, Callable[[Token], list[int]]] = {
    "clause": read_clause,
    "infinitive": read_infinitive,
    "object_infinitive": read_object_infinitive,
    "object": read_object,
    "gerund": read_gerund,
    "as": read_as,
    "complement": read_complement,
    "accusation": read_accusation,
    "judgement": read_judgement,
}


def read_preposition(verb: Token, prepositions: frozenset[str]) -> list[int]:
    """What follows a preposition: "X warned of/against a new arms race", "X called for an end of the war"."""
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in prepositions and prep.i > verb.i:
            first = find_child(prep, "pobj", "pcomp")
            return [] if first is None else list(tree_range(first))
    return []
