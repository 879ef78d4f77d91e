"""What the article's own writer judges, predicts or recommends, clause by clause.

Not every sentence is a claim of the author: plain facts are not. "Europe must rearm" (recommendation), "the pact will lapse"
(prediction), "the pact remains the best model" (evaluation) are; "the ministers met in Paris" is not. The content begins with
the clause's subject: what stands before it ("Moreover,", "If carried out well,") is not part of it.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from pipeline.enumerations import ClaimType
from pipeline.extraction.acts import is_condition
from pipeline.extraction.clauses import SUBJECTS, Draft, find_child, is_edge, tree_range
from pipeline.extraction.cues import load_words
from pipeline.extraction.modality import find_force, find_modals, find_type, is_hedged, is_negated, weigh_judgement
from pipeline.extraction.speakers import Discourse, find_narrator
from pipeline.records import AUTHOR

_SIDE_WEIGHT = 1.4  #: a subordinate clause needs more: it mostly gives the circumstances of what its sentence says
_SIDE = frozenset({"advcl", "relcl", "acl"})
_JOINED = frozenset({"conj", "parataxis", "ccomp"})


def find_opinions(discourse: Discourse, sent: Span, taken: set[int]) -> Iterator[Draft]:
    """The author's claims in a sentence, outside quotations and outside what others are said to say (``taken``)."""
    if _is_question(sent) or discourse.quoted[sent.root.i] >= 0:
        return
    clauses = _main_clauses(sent)
    found = [draft for verb in clauses if (draft := _read_clause(discourse, verb, clauses, taken)) is not None]
    found = found or [
        draft for verb in _shared(clauses) if (draft := _read_clause(discourse, verb, [], taken)) is not None
    ]
    if not found and not taken.intersection(t.i for t in clauses):
        found = _read_side_clauses(discourse, sent, taken)
    yield from _join(found)


def _is_question(sent: Span) -> bool:
    return any(token.text == "?" for token in sent[-3:])


def _main_clauses(sent: Span) -> list[Token]:
    """The verbs of the sentence that have a subject and stand side by side: "A will lapse, and B must follow; C is weak"."""
    queue, found = [sent.root], []
    while queue:
        verb = queue.pop(0)
        if verb.pos_ not in {"VERB", "AUX"}:
            continue
        subject = find_child(verb, *SUBJECTS)
        if subject is not None and subject.tag_ not in {"WP", "WDT", "WRB"}:  # "What could go wrong" is a heading
            found.append(verb)
        queue += [child for child in verb.children if _is_joined(child, verb)]
    return found


def _shared(clauses: list[Token]) -> list[Token]:
    """Second predicates of a subject: "Washington pulled back but appears to be reconsidering"."""
    return [
        c
        for verb in clauses
        for c in verb.children
        if c.dep_ == "conj" and find_child(c, *SUBJECTS) is None and c.pos_ in {"VERB", "AUX"}
    ]


def _is_joined(child: Token, verb: Token) -> bool:
    if child.dep_ not in _JOINED or find_child(child, *SUBJECTS) is None:
        return False
    if child.dep_ != "ccomp":
        return True
    # "A is weak; B must follow" is often parsed as if A were what "must follow" reports.
    between = child.doc[min(child.i, verb.i) : max(child.i, verb.i)]
    return any(token.text in {";", ":", "—"} for token in between)


def _read_clause(discourse: Discourse, verb: Token, clauses: list[Token], taken: set[int]) -> Draft | None:
    words = [i for i in _clause_range(verb) if not any(_is_inside(i, other, verb) for other in clauses)]
    free = _free_words(verb, words, taken)
    if verb.i in taken or len(free) < 3 or _is_formula(verb):
        return None
    free = _without_tail(verb, free)
    kind = find_type(verb, [i for i in free if discourse.quoted[i] < 0])
    if kind is None or (kind is ClaimType.PREDICTION and _tells_a_plan(discourse, verb, free)):
        return None
    return _draft(discourse, verb, (free, kind), "author_clause")


def _tells_a_plan(discourse: Discourse, verb: Token, words: list[int]) -> bool:
    """As in "Each battalion will count 1,000 soldiers", "Both will meet on Friday": a schedule that the author only reports.

    Counter-examples: "The pact will not survive 2030" (nobody schedules that), "If the vote fails, it will end in June".
    """
    if find_narrator(discourse, verb).name != AUTHOR or is_negated(verb) or "will" not in find_modals(verb):
        return False
    if any(child.dep_ == "advcl" and is_condition(child) for child in verb.lefts):
        return False
    return any(verb.doc[i].like_num or verb.doc[i].ent_type_ in {"DATE", "CARDINAL", "MONEY"} for i in words)


def _free_words(verb: Token, words: list[int], taken: set[int]) -> list[int]:
    """The part of a clause that nobody else is said to say: all but short reports in it, or what stands before a dash.

    "This is a revolution—so much so that, as some quipped, “...”" -> "This is a revolution".
    """
    free = [i for i in words if i not in taken]
    if len(free) >= 0.5 * len(words) and len(words) - len(free) < 4:
        return free
    first = next((i for i in words if i in taken), words[-1] + 1 if words else 0)
    dash = next((i for i in words if verb.i < i < first and verb.doc[i].text in {"—", "–", "--", ";", ":"}), None)
    if dash is not None:
        return [i for i in words if i < dash]
    return free if len(free) >= 0.5 * len(words) else []


def _is_formula(verb: Token) -> bool:
    """As in "it should be noted": the clause says nothing by itself."""
    is_passive = find_child(verb, "auxpass") is not None and verb.lemma_.lower() in load_words("phrases", "formulas")
    subject = find_child(verb, "nsubjpass", "nsubj")
    return is_passive and subject is not None and subject.lower_ == "it"


def _is_inside(i: int, other: Token, verb: Token) -> bool:
    """Whether a word belongs to another main clause that hangs below this one."""
    return other != verb and other.i in tree_range(verb) and i in tree_range(other)


def _skip_number(doc: Doc, start: int) -> int:
    """Where a clause begins behind the number of a list item: "(3) Rules must be written"."""
    first = doc[start : start + 3]
    if first.text.startswith("(") and len(first) == 3 and first[1].like_num and first[2].text == ")":
        return start + 3
    if len(first) == 3 and first[0].like_num and first[1].text in {")", "."}:
        return start + 2
    return start


def _clause_range(verb: Token) -> range:
    """From the clause's subject (or the phrase that stands in its place) to its last word."""
    subject = find_child(verb, *SUBJECTS)
    end = verb.right_edge.i + 1
    if subject is None:
        return range(verb.left_edge.i, end)
    if subject.i < verb.i:
        inverted = [c.i for c in verb.children if c.dep_ in {"aux", "auxpass"} and c.i < subject.left_edge.i]
        return range(_skip_number(verb.doc, min([*inverted, subject.left_edge.i])), end)
    fronted = next(
        (c for c in verb.children if c.dep_ in {"attr", "acomp", "expl", "prep", "advmod"} and c.i < verb.i), verb
    )
    return range(fronted.left_edge.i, end)


def _without_tail(verb: Token, words: list[int]) -> list[int]:
    """Leave out a last "and" and a relative clause behind a comma that says more than the clause it hangs on."""
    doc = verb.doc
    for i in words:
        # "This is a shift in its policy, which has long been ..., ..., ..."
        if doc[i].tag_ in {"WDT", "WP"} and doc[i - 1].text == "," and doc[i].head.dep_ == "relcl":
            rest = [j for j in words if j < i]
            if len(rest) < len(words) - len(rest):
                return rest
    while words and (doc[words[-1]].dep_ == "cc" or is_edge(doc[words[-1]])):
        words = words[:-1]
    return _over_colon(verb, words)


def _over_colon(verb: Token, words: list[int]) -> list[int]:
    """What stands behind a colon spells out the clause before it."""
    doc, after = verb.doc, (words[-1] + 1 if words else verb.i)
    if words and after < verb.sent.end and doc[after].text == ":":
        return [*words, *range(after, verb.sent.end)]
    return words


def _draft(discourse: Discourse, verb: Token, found: tuple[list[int], ClaimType], rule: str) -> Draft:
    words, kind = found
    voice = find_narrator(discourse, verb)
    if voice.name != AUTHOR and kind is ClaimType.PREDICTION and _is_own_act(verb):
        return Draft(tuple(words), ClaimType.COMMITMENT_PLEDGE, "statement_pledge", voice)
    condition = [i for i in tree_range(verb) if i < words[0]]
    hedged = is_hedged(verb.doc, words) or any(verb.doc[i].lower_ in {"if", "unless", "perhaps"} for i in condition)
    return Draft(tuple(words), kind, f"{rule}_{kind.value}", voice, hedged=hedged)


def _is_own_act(verb: Token) -> bool:
    """As in "We will send ships", "our troops will move", "neither of us will block the other"."""
    subject = find_child(verb, "nsubj", "nsubjpass")
    if subject is None or not find_modals(verb) & (
        load_words("modality", "future") | load_words("modality", "conditional")
    ):
        return False  # "we may fail" promises nothing
    own = load_words("speakers", "first_person") | {"our", "us"}
    return any(verb.doc[i].lower_ in own for i in tree_range(subject))


def _read_side_clauses(discourse: Discourse, sent: Span, taken: set[int]) -> list[Draft]:
    """The first subordinate clause that is a claim by itself: "..., as this army will be the cornerstone"."""
    for verb in sent:
        if verb.dep_ not in _SIDE or verb.pos_ not in {"VERB", "AUX"} or find_child(verb, *SUBJECTS) is None:
            continue
        words = [i for i in _clause_range(verb) if i not in taken]
        if len(words) < 4 or verb.i in taken or discourse.quoted[verb.i] >= 0:
            continue
        kind = _side_type(verb, words)
        if kind is not None:
            return [_draft(discourse, verb, (words, kind), "author_side")]
    return []


def _side_type(verb: Token, words: list[int]) -> ClaimType | None:
    mark = find_child(verb, "mark", "advmod")
    if mark is not None and mark.lower_ in {"if", "unless", "when", "whether", "until", "once", "after", "before"}:
        return None
    force = find_force(verb) if verb.dep_ == "advcl" else None
    if force is not None:
        return force
    return ClaimType.EVALUATION if weigh_judgement(verb, words) >= _SIDE_WEIGHT else None


def _join(found: list[Draft]) -> list[Draft]:
    """Neighbours of one type make one claim: "the scheme shows promise, and it can be a blueprint"."""
    joined: list[Draft] = []
    for draft in sorted(found, key=lambda d: d.words[0]):
        before = joined[-1] if joined else None
        if before is not None and before.type is draft.type and draft.words[0] - before.words[-1] < 4:
            words = tuple(range(before.words[0], draft.words[-1] + 1))
            joined[-1] = Draft(words, draft.type, before.rule, before.voice, hedged=before.hedged or draft.hedged)
        else:
            joined.append(draft)
    return joined
